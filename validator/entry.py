"""The door to the command. Nothing is imported here that takes time: Ctrl-C may come at once."""

import gc

from validator.ending import heed


def main() -> int:
    """Run the command in a process of its own; gives back the exit code."""
    heed()
    from validator.cli import main as run

    code = run()
    # The process ends: what was read is not searched for garbage once more before it does.
    gc.freeze()
    return code
