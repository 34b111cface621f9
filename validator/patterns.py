"""Regular expressions that never go back, in every version of Python that this runs on."""

from __future__ import annotations


def possessive(body: str, times: str = "*") -> str:
    """The pattern of a body as often as it goes, never given back: no exponential time, no memory.

    Before Python 3.11.5 such a group ends where its last, failing try got to, not where that
    began. A last branch that fails at once brings it back.
    <https://github.com/python/cpython/issues/106052>
    """
    return f"(?:{body}|(?!)){times}+"
