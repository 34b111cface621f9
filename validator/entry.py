"""The door to the command. Nothing is imported here that takes time: Ctrl-C may come at once."""

import gc
import signal


def main() -> int:
    """Run the command in a process of its own; gives back the exit code."""
    # Nothing is there to be undone yet, and `typing` alone takes longer to import than all before.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from validator.ending import heed

    heed()
    from validator.cli import main as run

    code = run()
    # The process ends: what was read is not searched for garbage once more before it does.
    gc.freeze()
    return code
