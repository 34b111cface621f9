"""Log delivery: from where, to where, through whom, and what must hold for it to work."""
