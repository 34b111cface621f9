"""Terraform: a root module's folder to declared resources.

The files are sliced into blocks (`hcl`), the blocks that matter parsed, their expressions evaluated
when a rule asks (`evaluate`, with the types of `cty` and the functions of `functions`).
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from validator.aws import returned
from validator.files import Files
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit

if TYPE_CHECKING:
    from validator.readers.terraform.config import Config
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.run import Run

_RECURSION = 12_000


def read(unit: Unit, files: Files, settings: Settings) -> Read:
    """What a root module and all modules that it calls declare."""
    from validator.readers.terraform.dependencies import Dependencies
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.reach import gaps_with_reach
    from validator.readers.terraform.run import Run
    from validator.readers.terraform.sources import Loader, Static
    from validator.readers.terraform.states import Handed, taken
    from validator.readers.terraform.variables import given
    from validator.readers.terraform.versions import latest_aws_provider, least_aws_provider

    # Expressions lead to other expressions; `evaluate.MAX_DEPTH` ends that long before this.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    run = Run(unit, files, settings)
    loader = Loader(run)
    config = loader.config(unit.path)
    static = Static(loader, config)
    unplanned = _follow_plan(run, config)
    root = Module(run, static, config, given=given(run))
    resources: list[Declared] = []
    by_name: dict[str, list[str]] = {}
    absent = _gather(root, resources, by_name)
    if run.budget.steps < 0:
        run.report(config.span, "evaluating this module takes too many steps", "limit")
        run.gap("evaluating this module takes too many steps", config.span)
    dependencies = Dependencies(static, by_name, unit.path)
    world = World(
        unit=unit.path,
        resources=tuple(resources),
        dependencies=dependencies,
        gaps=gaps_with_reach(root, dependencies),
        exports=cache(lambda: Handed(root)),
        imports=cache(lambda: taken(root, resources)),
        unset=cache(lambda: _unset(root)),
        aws_provider=cache(lambda: least_aws_provider(root, loader)),
        latest_aws_provider=cache(lambda: latest_aws_provider(root, loader)),
        absent=tuple(absent),
    )
    diagnostics = tuple(sorted(run.diagnostics))
    return Read((world,), diagnostics, len(loader.configs), unplanned)


def _follow_plan(run: Run, config: Config) -> tuple[Diagnostic, ...]:
    """Let the plan beside the sources settle what they leave open; else, why it does not."""
    if not run.settings.plan:
        return ()
    from validator.readers.plan.beside import beside

    plan = beside(run.files, run.settings)
    if isinstance(plan, Diagnostic):
        return (plan,)
    names = [
        f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}"
        for mode, type_, name in config.resources
        if mode != "ephemeral"
    ]
    misfit = plan.misfit(names, config.calls)
    if misfit:
        span = Span(run.settings.plan, 1, 1, 1, 2)
        return (Diagnostic(span, f"this is no plan of {run.unit.path}: {misfit}", "config"),)
    run.follow(plan)
    return ()


def _unset(root: Module) -> tuple[str, ...]:
    if root.run.plan is not None:
        return ()  # whoever made the plan gave them all
    return tuple(
        name
        for name, declared in sorted(root.config.variables.items())
        if name not in root.given
        and declared.block is not None
        and "default" not in declared.body.attributes
    )


def _gather(
    root: object, resources: list[Declared], by_name: dict[str, list[str]]
) -> list[tuple[str, Span]]:
    """Every instance of every resource of the vocabulary, in written order.

    Gives back the types and places of those that have none, and of calls (without a type).
    """
    from validator.readers.terraform.absent_modules import flow_logs_of_absent
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.resource import ResourceInstance, declare

    assert isinstance(root, Module)
    absent: list[tuple[str, Span]] = []
    queue = [root]
    while queue and not root.run.full:
        module = queue.pop(0)
        for which in module.config.resources:
            mode, type_, name = which
            if (
                mode == "ephemeral"
                or returned("terraform", type_, managed=mode == "resource") is None
            ):
                continue
            instances = module.expansion(which).instances
            if not instances:
                absent.append((type_, module.config.resources[which].span))
            for instance in instances:
                if isinstance(instance.value, ResourceInstance):
                    found = declare(instance.value)
                    resources.append(found)
                    base = f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}"
                    by_name.setdefault(module.static.named(base), []).append(found.address)
        for name, call in module.config.calls.items():
            children = module.children(name)
            if not children:
                absent.append(("", call.span))
                if module.static.child(name) is None:
                    resources.extend(flow_logs_of_absent(module, name))
            queue.extend(children)
    return absent
