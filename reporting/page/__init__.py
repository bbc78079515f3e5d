"""`index.html`: the report as one page that needs nothing else, for screens of any width, for paper, for screen readers.

Does not live here: what is said (``narrative``), which figures stand in a table (``tables``) or are withheld.
"""
