"""The form workbook that is sent out: what a blank or prefilled form looks like and how it is written.

Lives here: contract → pages of a form (``pages.py``), its appearance (``styles.py``, ``writer.py``), prefilling.
Does not live here: reading a form that came back (``ingestion/workbook``), what a field means (the contracts).
"""
