"""`index.html`: the report as one self-contained page: no script, no outside file, charts as inline SVG.

Does not live here: sentences (``narrative``) or figures (``tables``); the page prints the same blocks and cells.
"""
