"""What officers really do to files: kinds D001–D270 of the dossier, planted one by one and written down.

Lives here: the planting of faults into returns and registers that were perfect, with the findings they must cause.
Does not live here: the world (it is not touched by any fault) and the finding of faults.
"""
