"""`bao-cao.docx`: the report in the exact format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Does not live here: what is said (``narrative``) or which figures stand in a table (``tables``).
"""
