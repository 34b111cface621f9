"""Which Terraform folder calls which, told from bytes alone, and which of them are root modules."""

from __future__ import annotations

import posixpath

from validator.calls import Calls
from validator.scan import Folder, Scan


class Modules(Calls):
    """The call graph of local modules over what a scan has seen."""

    def __init__(self, scan: Scan) -> None:
        super().__init__()
        self._scan = scan
        self._calls: dict[str, tuple[str, ...]] = {}

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

    def relevant(self, root: str) -> bool:
        """Whether a flow log is written in a root module or in a module that it reaches."""
        return any(folder.flow_log for folder in self.folders(root))

    def folders(self, root: str) -> list[Folder]:
        """The folders that a root module is made of."""
        found = (self._scan.folder(name) for name in sorted(self.reached(root)))
        return [folder for folder in found if folder is not None]
