"""What a report says is kept to the length of a message: a stranger's name may be a megabyte long.

Addresses stay whole, since they tell one thing from another.
"""

from __future__ import annotations

from validator.findings import Aws, Diagnostic, Evidence, Finding
from validator.graph.text import MAX_SHOWN, brief
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Hop
from validator.records import replace

MAX_FIX = 50_000
"""Characters. A fix may hold a whole policy, of at most 20 KB for a bucket and 32 KB for a key."""


def brief_finding(found: Finding) -> Finding:
    """The finding, with whatever is too long cut."""
    aws = found.aws
    long = (
        max(len(found.message), len(found.fix or "") - MAX_FIX) > MAX_SHOWN
        or (aws is not None and len(aws.text) > MAX_SHOWN)
        or any(len(words) > MAX_SHOWN for words in found.when)
        or any(len(one.note) > MAX_SHOWN for one in found.evidence)
    )
    if not long:
        return found
    return replace(
        found,
        message=brief(found.message),
        aws=None if aws is None else Aws(brief(aws.text), aws.when),
        fix=None if found.fix is None else found.fix[:MAX_FIX],
        when=tuple(map(brief, found.when)),
        evidence=tuple(Evidence(one.span, brief(one.note)) for one in found.evidence),
    )


def brief_delivered(told: Delivered) -> Delivered:
    """The delivery, with whatever is too long cut."""
    return replace(
        told,
        destination=brief(told.destination),
        alias=brief(told.alias),
        open=tuple(Open(brief(one.fact), brief(one.supply), one.span) for one in told.open),
        path=tuple(map(_hop, told.path)),
    )


def brief_diagnostic(told: Diagnostic) -> Diagnostic:
    """The diagnostic, with a message that is too long cut."""
    return replace(told, message=brief(told.message)) if len(told.message) > MAX_SHOWN else told


def _hop(hop: Hop) -> Hop:
    if max(len(hop.name), len(hop.why), len(hop.id)) <= MAX_SHOWN:
        return hop
    from hashlib import sha256  # loads all of OpenSSL

    name = sha256(hop.id.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(hop, name=brief(hop.name), why=brief(hop.why), id=name)
