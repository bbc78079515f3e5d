"""Floor 1: from report models to the published edition (docx, xlsx, html, marts, manifest).

Printed tables read `rpt_` models only; no Dagster, no inbox.
"""
