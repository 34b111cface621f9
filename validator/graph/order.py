"""What the deploy surely finishes before it starts something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class Order:
    """All that an address waits for, however many hops away; `dependencies` gives one hop."""

    def __init__(self, dependencies: Callable[[str], frozenset[str]]) -> None:
        self._dependencies = dependencies
        # By the identity of what is waited for directly; the sets are kept, so it stays theirs.
        self._waits: dict[int, tuple[dict[str, None], list[frozenset[str]]]] = {}

    def waits_for(self, address: str, other: str) -> bool:
        """Whether `other` is surely finished before `address` is started."""
        return other != address and other in self._behind(address)

    def waited_for(self, address: str) -> Iterator[str]:
        """What is surely finished before `address` is started, nearest first."""
        return (one for one in self._behind(address) if one != address)

    def _behind(self, address: str) -> Mapping[str, None]:
        """What an address waits for; worked out once for all that wait for the same directly."""
        direct = self._dependencies(address)
        found = self._waits.get(id(direct))
        if found is None:
            seen: dict[str, None] = {}
            known = {id(direct)}
            queue = [direct]
            for several in queue:
                for reached in several:
                    if reached in seen:
                        continue
                    seen[reached] = None
                    more = self._dependencies(reached)
                    if id(more) not in known:
                        known.add(id(more))
                        queue.append(more)
            found = self._waits[id(direct)] = (seen, queue)
        return found[0]
