"""Floor 0: what is promised. Contracts, rules, indicators, reference lists, findings, ledger, gates.

Imports nothing of ours; ingestion, reporting and orchestration stand on it.
"""
