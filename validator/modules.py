"""Which Terraform folder calls which, told from bytes alone, and which of them are root modules."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from validator.scan import Folder, Scan


class Modules:
    """The call graph of local modules over what a scan has seen."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._calls: dict[str, tuple[str, ...]] = {}
        self._reached: dict[str, frozenset[str]] = {}

    def calls(self, name: str) -> tuple[str, ...]:
        """The folders that a folder calls as modules, wherever they lie below the root."""
        if name not in self._calls:
            found: dict[str, None] = {}
            folder = self._scan.folder(name)
            for source in folder.calls if folder else ():
                place = posixpath.normpath(posixpath.join(name, source))
                if not self._scan.files.inside(place):
                    self._scan.complain(name, f"module source {source} lies outside the repository")
                    continue
                called = self._scan.folder(place)
                if called is not None and called.name != name:
                    found[called.name] = None
            self._calls[name] = tuple(found)
        return self._calls[name]

    def reached(self, name: str) -> frozenset[str]:
        """A folder and all that it calls, directly or through others."""
        if name not in self._reached:
            seen = {name}
            queue = [name]
            while queue:
                for called in self.calls(queue.pop()):
                    if called not in seen:
                        seen.add(called)
                        queue.append(called)
            self._reached[name] = frozenset(seen)
        return self._reached[name]

    def roots(self, names: Iterable[str]) -> list[str]:
        """Those of some folders that no other of them calls; of a ring of calls, the first."""
        ordered = sorted(names)
        called = {one for name in ordered for one in self.calls(name)}
        roots = [name for name in ordered if name not in called]
        covered = {one for root in roots for one in self.reached(root)}
        for name in ordered:
            if name not in covered:
                roots.append(name)
                covered |= self.reached(name)
        return sorted(roots)

    def relevant(self, root: str) -> bool:
        """Whether a flow log is written in a root module or in a module that it reaches."""
        return any(folder.flow_log for folder in self.folders(root))

    def folders(self, root: str) -> list[Folder]:
        """The folders that a root module is made of."""
        found = (self._scan.folder(name) for name in sorted(self.reached(root)))
        return [folder for folder in found if folder is not None]
