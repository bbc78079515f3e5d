"""The sample season: a province that does not exist, its files as officers send them, and the truth about it.

Lives here: the world (people, posts, decisions), the workbooks and registers it sends, planted faults, the truth files.
Does not live here: reading those files. Nothing here calls our reader, our SQL or the recount.
"""
