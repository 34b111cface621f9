"""Units to deliveries and findings; a crash anywhere below ends here, as a diagnostic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from validator.brevity import brief_delivered, brief_diagnostic, brief_finding
from validator.config import Options
from validator.delivery import Delivery, deliveries
from validator.discover import Found
from validator.elsewhere import named_elsewhere
from validator.files import Files, Unreadable
from validator.findings import Check, Delivered, Diagnostic, Finding
from validator.graph.graph import Gap, Graph, Others, World
from validator.graph.imports import linked
from validator.graph.span import Span
from validator.packs import Loaded, aside, line_in
from validator.readers import Read, Settings, Unit, reader
from validator.records import replace
from validator.soundness import MOST, faulty_finding
from validator.steps import Step, silent
from validator.worlds import Judged, merged

_JUDGING = "judging this failed, which is a bug of ours"


class Judge:
    """One run over its units; `diagnostics` holds what went wrong so far."""

    def __init__(
        self,
        files: Files,
        options: Options,
        rules: Sequence[Loaded],
        found: Found,
        step: Step = silent,
    ) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.worlds: dict[str, tuple[World, ...]] = {}
        self._unplanned: list[Diagnostic] = []
        self._files = files
        self._options = options
        self._rules = rules
        self._found = found
        self._step = step

    def judge(self) -> tuple[list[Delivered], list[Finding]]:
        """The deliveries and findings of every unit; `worlds` then holds what was read."""
        for unit in self._stepwise("reading", self._found.units):
            self.worlds[unit.path] = self._read(unit, self._settings(unit))
        roots = [unit for unit in self._found.units if unit.kind == "terraform"]
        if len(self._unplanned) >= len(roots):
            # The plan of none of them; that of one is not that of another.
            self.diagnostics.extend(dict.fromkeys(self._unplanned))
        self._read_existing()
        self._read_bystanders()
        self._link()
        others = Others(self._everything())
        delivered: list[Delivered] = []
        findings: list[Finding] = []
        for unit in self._stepwise("judging", self._found.units):
            judged = [self._judge(world, others) for world in self.worlds[unit.path]]
            one, several = merged(judged)
            delivered.extend(one)
            findings.extend(several)
        return delivered, findings

    def deliveries(self) -> Iterator[tuple[Delivery, tuple[str, ...]]]:
        """Every delivery of the units in question in every world, once `judge` has read them.

        A world whose judging fails has none: `judge` said so.
        """
        others = Others(self._everything())
        for unit in self._found.units:
            for world in self.worlds[unit.path]:
                try:
                    judged = deliveries(Graph(world, others))
                except Exception as error:  # the door to the deliveries
                    self._crash(world.unit, _JUDGING, error)
                    continue
                for delivery in judged:
                    yield delivery, world.when

    def _stepwise(self, what: str, units: Sequence[Unit]) -> Iterator[Unit]:
        for number, unit in enumerate(units, 1):
            self._step(what, unit.path, number, len(units))
            yield unit

    def _everything(self) -> list[World]:
        return [world for several in self.worlds.values() for world in several]

    def _link(self) -> None:
        """Put what units export where others import it."""
        rest = iter(self._linked())
        self.worlds = {
            unit: tuple(islice(rest, len(several))) for unit, several in self.worlds.items()
        }

    def _linked(self) -> list[World]:
        everything = self._everything()
        try:
            return linked(everything)
        except Exception as error:  # values are evaluated on demand: the readers again
            self._crash(".", "reading what is imported failed, which is a bug of ours", error)
            return everything

    def _settings(self, unit: Unit) -> Settings:
        return self._options.settings_of(self._files.absolute(unit.path))

    def _read(self, unit: Unit, settings: Settings) -> tuple[World, ...]:
        """The worlds of a unit; of one that cannot be read nothing is known: it is a gap."""
        try:
            read: Read = reader(unit.kind)(unit, self._files, settings)
        except Unreadable as error:
            self.diagnostics.append(Diagnostic(_place(unit), str(error), "unreadable"))
            return (_gap(unit, str(error)),)
        except Exception as error:  # the door to the readers: nothing else goes through
            self._crash(unit.path, "reading this failed, which is a bug of ours", error)
            return (_gap(unit, "this unit could not be read"),)
        self.diagnostics.extend(map(brief_diagnostic, read.diagnostics))
        self._unplanned.extend(read.unplanned)
        return read.worlds or (World(unit.path, ()),)

    def _read_existing(self) -> None:
        """Read what a person tells of resources that exist already."""
        options = self._options
        if options.existing or options.told:
            from validator.readers.existing import read_existing, world

            read = [
                (name, read_existing(name, self._files, options.accounts))
                for name in options.existing
            ]
            if options.told:
                name = options.told[0].span.file
                read.append((name, world(name, options.told, self._files, options.accounts)))
            for name, (told, faults) in read:
                self.worlds[name] = (told,)
                self.diagnostics.extend(faults)

    def _read_bystanders(self) -> None:
        """Read the units that hold what others name, and what these name in turn."""
        words = self._named_elsewhere()
        known = words
        # Only now is the rest of the repository looked for.
        waiting = list(self._found.bystanders()) if words else []
        while waiting and words:
            called = [unit for unit in waiting if self._found.mentions(unit, words)]
            waiting = [unit for unit in waiting if unit not in called]
            for unit in self._stepwise("reading what others name", called):
                self.worlds[unit.path] = self._read(unit, replace(self._settings(unit), plan=""))
            words = self._named_elsewhere() - known
            known |= words

    def _named_elsewhere(self) -> frozenset[bytes]:
        words: frozenset[bytes] = frozenset()
        everything = self._linked()
        others = Others(everything)
        for world in everything:
            try:
                words |= named_elsewhere(Graph(world, others))
            except Exception as error:  # values are evaluated on demand: the readers again
                self._crash(world.unit, "reading this failed, which is a bug of ours", error)
        return words

    def _judge(self, world: World, others: Others) -> Judged:
        graph = Graph(world, others)
        try:
            return self._judged(graph)
        finally:
            graph.memo.clear()  # which holds the graph: garbage that takes long to be found

    def _judged(self, graph: Graph) -> Judged:
        world = graph.home
        try:
            judged = deliveries(graph)
            delivered = tuple(brief_delivered(delivery.delivered) for delivery in judged)
        except Exception as error:  # the door to the deliveries
            self._crash(world.unit, _JUDGING, error)
            return Judged(world.when, (), ())
        for one in judged:
            if one.crash is not None:
                words = f"judging {one.flow_log.name_for_people} failed, which is a bug of ours"
                self._crash(world.unit, words, one.crash)
        findings: list[Finding] = []
        for loaded in self._rules:
            if loaded.check is not None:
                findings.extend(self._check(loaded, loaded.check, graph))
        return Judged(world.when, delivered, tuple(findings))

    def _check(self, loaded: Loaded, check: Check, graph: Graph) -> Iterable[Finding]:
        unit = graph.home.unit
        try:
            with aside(loaded):
                found: list[object] = list(islice(check(graph), MOST + 1))
        except (Exception, SystemExit) as error:  # the door to the rules
            self._rule_failed(loaded, unit, f"{type(error).__name__}: {error}", error)
            return ()
        if len(found) > MOST:
            self._rule_failed(loaded, unit, f"it finds more than {MOST:,}")
            return ()
        findings = [one for one in found if isinstance(one, Finding)]
        if loaded.ours:
            return map(brief_finding, findings)
        for one in found:
            fault = faulty_finding(one, loaded.rule, unit)
            if fault:
                self._rule_failed(loaded, unit, fault)
                return ()
        return [brief_finding(replace(one, help=one.help or loaded.help)) for one in findings]

    def _rule_failed(
        self, loaded: Loaded, unit: str, why: str, error: BaseException | None = None
    ) -> None:
        """Note that a rule fails in a unit: at the unit if it is ours, else where it is written."""
        words = f"the rule {loaded.rule.id} failed"
        if loaded.ours:
            self._crash(unit, f"{words} here", error or TypeError(why))
            return
        if error is not None and self._options.debug:
            _print(error)
        line = 1 if error is None else line_in(Path(loaded.file), error)
        place = Span(loaded.file, line, 1, line, 1)
        self.diagnostics.append(Diagnostic(place, f"{words} on {unit}: {why}", "rule"))

    def _crash(self, where: str, what: str, error: BaseException) -> None:
        """Note a bug of ours."""
        if self._options.debug:
            _print(error)
        words = f"{what}: {type(error).__name__}: {error}".removesuffix(": ")
        self.diagnostics.append(Diagnostic(Span(where, 1, 1, 1, 1), words, "internal"))


def _print(error: BaseException) -> None:
    import traceback

    traceback.print_exception(error)


def _gap(unit: Unit, why: str) -> World:
    return World(unit.path, (), gaps=(Gap(unit.path, why, _place(unit)),))


def _place(unit: Unit) -> Span:
    return Span(unit.path, 1, 1, 1, 1)
