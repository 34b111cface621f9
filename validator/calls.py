"""Who calls whom, and who is called by nobody: of Terraform modules and of nested stacks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable


class Calls(ABC):
    """A graph of calls between names."""

    def __init__(self) -> None:
        self._reached: dict[str, frozenset[str]] = {}

    @abstractmethod
    def calls(self, name: str) -> tuple[str, ...]:
        """What one name calls, itself left out."""

    def reached(self, name: str) -> frozenset[str]:
        """A name and all that it calls, directly or through others."""
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
        """Those of some names that no other of them calls; of a ring of calls, the first."""
        ordered = sorted(names)
        called = {one for name in ordered for one in self.calls(name)}
        roots = [name for name in ordered if name not in called]
        covered = {one for root in roots for one in self.reached(root)}
        for name in ordered:
            if name not in covered:
                roots.append(name)
                covered |= self.reached(name)
        return sorted(roots)
