"""The text of the annual report: which sentence of `wording/vi.yml` is said when, as blocks that docx and html print.

Sentences come from figures of the publishable `Report` only. What needs a person's judgement is a placeholder block,
never invented prose. Does not live here: the wording itself, or how a block looks.
"""
