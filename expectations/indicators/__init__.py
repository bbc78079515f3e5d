"""One file per indicator of the plan: what it asks, how it is counted, in which readings.

`ct01.yml` … `ct07.yml` are the source; `load` reads them, `export` renders the two CSV files dbt seeds.
Targets and parameters are dated lists in `expectations/reference`.
"""
