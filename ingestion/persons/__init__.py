"""One person over workbooks, registers and years: who may be the same, what a human decided, what follows from it.

Lives here: what each counted row says of a person (``sightings.py``), pairs of identities that may be one person
(``candidates.py``), one identity under two names (``conflicts.py``), decisions and what they add up to
(``decisions.py``). Names and numbers stay in the vault; what leaves it are identity keys, files, sheets and rows.
"""
