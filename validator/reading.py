"""The units of a run to their worlds, and those of others that hold what they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from validator.brevity import brief_diagnostic
from validator.bystanders import Wanted, may_hold, wanted
from validator.config import Options
from validator.crashes import OURS, Crashes
from validator.discover import Found
from validator.elsewhere import Sought, named_elsewhere
from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.graph import Graph, Others
from validator.graph.imports import linked
from validator.graph.span import whole
from validator.graph.world import Gap, World
from validator.readers import Read, Unit, reader
from validator.records import replace
from validator.steps import Step


class Reading:
    """What a run reads. What goes wrong is put among some diagnostics."""

    def __init__(
        self,
        files: Files,
        options: Options,
        found: Found,
        diagnostics: list[Diagnostic],
        step: Step,
    ) -> None:
        self.worlds: dict[str, tuple[World, ...]] = {}
        self._diagnostics = diagnostics
        self._crashes = Crashes(diagnostics, debug=options.debug)
        self._unplanned: list[Diagnostic] = []
        self._files = files
        self._options = options
        self._found = found
        self._step = step

    def read(self) -> None:
        """Fill `worlds`: those of the units to judge, then those of what they name."""
        for unit in self._stepwise("reading", self._found.units):
            self.worlds[unit.path] = self._read(unit)
        roots = [unit for unit in self._found.units if unit.kind == "terraform"]
        if len(self._unplanned) >= len(roots):
            # The plan of none of them; that of one is not that of another.
            self._diagnostics.extend(dict.fromkeys(self._unplanned))
        self._read_existing()
        self._read_bystanders()
        self._link()

    def everything(self) -> list[World]:
        """Every world that was read."""
        return [world for several in self.worlds.values() for world in several]

    def _stepwise(self, what: str, units: Sequence[Unit]) -> Iterator[Unit]:
        for number, unit in enumerate(units, 1):
            self._step(what, unit.path, number, len(units))
            yield unit

    def _link(self) -> None:
        """Put what units export where others import it."""
        rest = iter(self._linked())
        self.worlds = {
            unit: tuple(islice(rest, len(several))) for unit, several in self.worlds.items()
        }

    def _linked(self) -> list[World]:
        everything = self.everything()
        # Values are evaluated on demand: this is the readers again.
        with self._crashes.door("reading what is imported"):
            return linked(everything)
        return everything

    def _read(self, unit: Unit, *, planned: bool = True) -> tuple[World, ...]:
        """The worlds of a unit; of one that cannot be read nothing is known: it is a gap."""
        try:
            settings = self._options.settings_of(self._files.absolute(unit.path))
            if not planned:
                settings = replace(settings, plan="")
            read: Read = reader(unit.kind)(unit, self._files, settings)
        except Unreadable as error:
            self._diagnostics.append(Diagnostic(whole(unit.path), str(error), "unreadable"))
            return (_gap(unit.path, str(error)),)
        except Exception as error:  # the door to the readers: nothing else goes through
            self._crashes.note(unit.path, f"reading this {OURS}", error)
            return (_gap(unit.path, "this unit could not be read"),)
        self._diagnostics.extend(map(brief_diagnostic, read.diagnostics))
        self._unplanned.extend(read.unplanned)
        return read.worlds or (World(unit.path, ()),)

    def _read_existing(self) -> None:
        """Read what a person tells of resources that exist already."""
        options = self._options
        if options.existing or options.told:
            from validator.readers.existing import read_existing, world

            read = [(name, partial(read_existing, name)) for name in options.existing]
            if options.told:
                name = options.told[0].span.file
                read.append((name, partial(world, name, options.told)))
            for name, reads in read:
                self.worlds[name] = (_gap(name, "this could not be read"),)
                with self._crashes.door("reading this", name):
                    told, faults = reads(self._files, options.accounts)
                    self.worlds[name] = (told,)
                    self._diagnostics.extend(faults)

    def _read_bystanders(self) -> None:
        """Read the units that hold what others name, and what these name in turn."""
        sought = self._named_elsewhere()
        known = sought
        # Only now is the rest of the repository looked for.
        waiting = list(self._found.bystanders()) if sought else []
        while waiting and sought:
            what = wanted(sought)
            called = [unit for unit in waiting if self._may_hold(unit, what)]
            for unit in self._stepwise("reading what others name", called):
                self.worlds[unit.path] = self._read(unit, planned=False)
            waiting = [unit for unit in waiting if unit.path not in self.worlds]
            sought = self._named_elsewhere() - known
            known |= sought

    def _may_hold(self, unit: Unit, what: Wanted) -> bool:
        with self._crashes.door("looking for what others name", unit.path):
            return may_hold(unit, what, self._found, self._files)
        return True

    def _named_elsewhere(self) -> Sought:
        sought: Sought = frozenset()
        everything = self._linked()
        others = Others(everything)
        for world in everything:
            with self._crashes.door("reading this", world.unit):
                sought |= named_elsewhere(Graph(world, others))
        return sought


def _gap(name: str, why: str) -> World:
    return World(name, (), gaps=(Gap(name, why, whole(name)),))
