"""Units to deliveries and findings; a crash anywhere below ends here, as a diagnostic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from validator.brevity import brief_delivered, brief_finding
from validator.config import Options
from validator.crashes import OURS, Crashes, named
from validator.delivery import Delivery, all_unjudged, deliveries, unjudged
from validator.discover import Found
from validator.files import Files
from validator.findings import Check, Diagnostic, Finding
from validator.graph.graph import Graph, Others
from validator.graph.span import Span, whole
from validator.graph.world import World
from validator.outcomes import Delivered
from validator.processes import shared
from validator.reading import Reading
from validator.records import replace
from validator.rule_file import Loaded, aside, line_in
from validator.soundness import MOST, faulty_finding
from validator.steps import Step, silent
from validator.worlds import Judged, apart, merged

Outcome: TypeAlias = tuple[list[Delivered], list[Finding], list[Diagnostic]]
"""What came of a unit."""


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
        self._crashes = Crashes(self.diagnostics, debug=options.debug)
        self._reading = Reading(files, options, found, self.diagnostics, step)
        self._options = options
        self._rules = rules
        self._found = found
        self._step = step

    @property
    def worlds(self) -> Mapping[str, tuple[World, ...]]:
        """What was read of each unit, once `judge` has done so."""
        return self._reading.worlds

    def judge(self) -> tuple[list[Delivered], list[Finding]]:
        """The deliveries and findings of every unit."""
        self._reading.read()
        others = Others(self._reading.everything())
        delivered: list[Delivered] = []
        findings: list[Finding] = []
        for one, several, told in self._outcomes(partial(self._outcome, others)):
            delivered.extend(one)
            findings.extend(several)
            self.diagnostics.extend(told)
        return delivered, findings

    def _outcomes(self, outcome: Callable[[int], Outcome]) -> Iterable[Outcome]:
        numbers = range(len(self._found.units))
        # What a rule of somebody else remembers from unit to unit, or prints, stays in order.
        if self._options.debug or not all(one.ours for one in self._rules):
            return map(outcome, numbers)
        return shared(outcome, numbers)

    def _outcome(self, others: Others, number: int) -> Outcome:
        unit = self._found.units[number]
        self._step("judging", unit.path, number + 1, len(self._found.units))
        before = len(self.diagnostics)
        judged = [self._judge(world, others) for world in self.worlds[unit.path]]
        one, several = apart(judged)
        with self._crashes.door("merging the cases", unit.path):
            one, several = merged(judged)
        told = self.diagnostics[before:]
        del self.diagnostics[before:]
        return one, several, told

    def deliveries(self) -> Iterator[tuple[Delivery, tuple[str, ...]]]:
        """Every delivery of the units in question in every world, once `judge` has read them.

        A world whose judging fails has none: `judge` said so.
        """
        others = Others(self._reading.everything())
        for unit in self._found.units:
            for world in self.worlds[unit.path]:
                judged: tuple[Delivery, ...] = ()
                with self._crashes.door("judging this", world.unit):
                    judged = deliveries(Graph(world, others))
                for delivery in judged:
                    yield delivery, world.when

    def _judge(self, world: World, others: Others) -> Judged:
        graph = Graph(world, others)
        try:
            return self._judged(graph)
        finally:
            graph.memo.clear()  # which holds the graph: garbage that takes long to be found

    def _judged(self, graph: Graph) -> Judged:
        world = graph.home
        found: list[tuple[Delivery, ...]] = []
        with self._crashes.door("judging this", world.unit):
            found.append(deliveries(graph))
        if not found:
            # What they are may be known still.
            with self._crashes.door("looking for flow logs", world.unit):
                return Judged(world.when, all_unjudged(graph), ())
            return Judged(world.when, (), ())
        told: set[int] = set()
        judged = found[0]
        for one in judged:
            if one.crash is not None and id(one.crash) not in told:
                told.add(id(one.crash))
                words = f"judging {one.flow_log.name_for_people} {OURS}"
                self._crashes.note(world.unit, words, one.crash)
        delivered = tuple(map(self._told, judged))
        findings: list[Finding] = []
        for loaded in self._rules:
            if loaded.check is not None:
                findings.extend(self._check(loaded, loaded.check, graph))
        return Judged(world.when, delivered, tuple(findings))

    def _told(self, delivery: Delivery) -> Delivered:
        flow_log = delivery.flow_log
        with self._crashes.door(f"telling of {flow_log.name_for_people}", flow_log.unit):
            return brief_delivered(delivery.delivered)
        return unjudged(flow_log)

    def _check(self, loaded: Loaded, check: Check, graph: Graph) -> Iterable[Finding]:
        unit = graph.home.unit
        try:
            with aside(loaded):
                found: list[object] = list(islice(check(graph), MOST + 1))
        except (Exception, SystemExit) as error:  # the door to the rules
            self._rule_failed(loaded, unit, named(error), error)
            return ()
        findings = [one for one in found if isinstance(one, Finding)]
        if loaded.ours:
            if len(found) > MOST:
                message = f"{loaded.rule.id} finds more than {MOST:,} here; these are the first"
                self.diagnostics.append(Diagnostic(whole(unit), message, "limit"))
            return map(brief_finding, findings[:MOST])
        if len(found) > MOST:
            self._rule_failed(loaded, unit, f"it finds more than {MOST:,}")
            return ()
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
            self._crashes.note(unit, f"{words} here", error or TypeError(why))
            return
        if error is not None and self._options.debug:
            import traceback

            traceback.print_exception(error)
        line = 1 if error is None else line_in(Path(loaded.file), error)
        place = Span(loaded.file, line, 1, line, 1)
        self.diagnostics.append(Diagnostic(place, f"{words} on {unit}: {why}", "rule"))
