"""From a gated build to an edition: export of marts, manifest, the swap, and the way back (verify, reissue, trace).

Does not live here: what the public files look like. `reporting.public.write_public(database, folder, facts)` writes
bao-cao.docx, phu-luc.xlsx, index.html, data/, datapackage.json and data-dictionary.html into `folder`, from the
report models of `database`; `facts` is `reporting.publication.facts.EditionFacts`.
"""
