"""The printed tables: one function per table from the publishable `Report` to cells, one registry of annexes.

Every surface (docx, xlsx, html, data) prints these same cells, so a figure cannot differ between them.
Does not live here: how a page, sheet or section looks, or what is withheld (``disclosure`` has done that before).
"""
