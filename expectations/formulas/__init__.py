"""The rules of a contract as spreadsheet formulas, so that the form itself says what gate 1 would say (M8).

Lives here: one SQL predicate → one Excel expression, and which rules cannot become one.
Does not live here: the rules (``contracts/``, ``rules/``), where a formula stands on a sheet (``ingestion/template``).

A formula claims only what it can know: where a cell is not of its column's kind (a day as text, an id with spaces)
it says nothing, and gate 1, which reads more ways of writing, decides. What no formula can see: that a number is shown
as a day, and text in an old encoding. Neither can be typed into the form; pasted in, gate 1 finds it.
"""
