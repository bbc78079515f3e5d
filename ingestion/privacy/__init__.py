"""The search for people where none may be: every file of a home is opened by its type and read for ids and names.

Lives here: who is known (``persons.py``), what a file says (``texts.py``), the search (``search.py``), controls that
must be found (``controls.py``), the walk over a home (``audit.py``). Nothing here prints what it found, only where.
"""
