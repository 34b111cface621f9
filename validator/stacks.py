"""Which template nests which, told from bytes alone, and which of them are deployed themselves."""

from __future__ import annotations

import posixpath

from validator.calls import Calls
from validator.scan import Scan


class Stacks(Calls):
    """The nesting of local templates over what a scan has seen."""

    def __init__(self, scan: Scan) -> None:
        super().__init__()
        self._scan = scan
        self._nested: dict[str, tuple[str, ...]] = {}

    def calls(self, name: str) -> tuple[str, ...]:
        """The templates that one nests, wherever they lie below the root."""
        if name not in self._nested:
            folder = posixpath.dirname(name)
            written = self._scan.nested.get(name, ())
            places = [self._scan.files.name(posixpath.join(folder, one)) for one in written]
            self._nested[name] = tuple(
                dict.fromkeys(
                    place
                    for place in places
                    if place != name
                    and self._scan.files.inside(place)
                    and self._scan.look_at_template(place)
                )
            )
        return self._nested[name]

    def relevant(self, root: str) -> bool:
        """Whether a flow log is written in a template or in one that it nests."""
        return any(self._scan.templates[one] for one in self.reached(root))
