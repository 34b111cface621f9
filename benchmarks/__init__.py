"""How long `validate` takes and what it needs, beside other tools: `make bench`.

`corpora` writes what is measured, `tools` knows what is run, `measure` runs it, `tables` shows it.
Nothing here is installed with the command, and no test depends on the clock.
"""
