"""What a run is asked: the command line, and below it the configuration."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from validator.config import BASELINE, Options
from validator.configuration import Misconfigured
from validator.configuration.find import candidates, chosen, passed_over
from validator.globs import Globs
from validator.readers import Given, Settings
from validator.records import replace

if TYPE_CHECKING:
    from validator.configuration.read import Configuration

_ACCOUNT: Final = re.compile(r"\d{12}")


class Usage(Exception):
    """A bad option; the message says which, for a person."""


class Asked(NamedTuple):
    """The options of a run, and the configuration that is in them.

    `passed_over` are configurations that are not heeded, since they are not above all paths.
    """

    options: Options
    configuration: Configuration | None
    passed_over: Sequence[str]


def asked(given: Namespace) -> Asked:
    """The options of a run; what only the configuration says is put into `given` too.

    Raises `Usage` and `Misconfigured`.
    """
    if "" in given.paths:
        raise Usage("a PATH is empty")
    try:
        working = Path.cwd()
    except OSError as error:
        raise Usage(f"the working folder cannot be used: {error.strerror}") from None
    paths = [Path(path) for path in given.paths]
    try:
        configuration, ignored = _configuration(given, paths, working)
    except Misconfigured:
        _settle(given, None)
        raise
    _settle(given, configuration)
    options = Options() if configuration is None else configuration.options
    select, ignore = _ids(given.select), _ids(given.ignore)
    options = replace(
        options,
        baseline=_baseline(given, configuration, options.baseline),
        write_baseline=given.write_baseline is not None,
        unknown_fails=given.strict or given.unknown == "fail",
        settings=_settings(given, options.accounts),
        # Who selects rules at the command line has chosen.
        select=select or options.select,
        ignore=ignore if select else ignore | options.ignore,
        rules=tuple(folder(one) for one in given.rules),
        exclude=(*options.exclude, *_exclude(given.exclude, working)),
        existing=_files("--existing", given.existing),
        heed_ignores=not given.no_ignores,
        require_reason=given.require_reason,
        today=given.today or "",
        cfn_lint=given.cfn_lint,
        debug=given.debug,
    )
    return Asked(_with_rules(options, select | ignore, configuration), configuration, ignored)


def _settle(given: Namespace, configuration: Configuration | None) -> None:
    """Put in what the command line leaves to the configuration."""
    given.fail_on = given.fail_on or (configuration and configuration.fail_on) or "warning"
    given.unknown = given.unknown or (configuration and configuration.unknown) or "report"
    if given.strict is None:
        given.strict = configuration is not None and configuration.strict
    if given.require_reason is None:
        given.require_reason = configuration is not None and configuration.options.require_reason


def _configuration(
    given: Namespace, paths: Sequence[Path], working: Path
) -> tuple[Configuration | None, Sequence[str]]:
    if given.no_config:
        return None, ()
    if given.config is not None:
        _files("--config", [given.config])
        found = [chosen(given.config, working)]
        over: Sequence[str] = ()
    else:
        found = list(candidates(paths, working))
        over = passed_over(paths, working)
    if not found:
        return None, over
    from validator.configuration.read import read

    return read(found, paths, working, _hints), over


def _hints() -> dict[str, str]:
    """What to say of options that are no keys."""
    from validator.arguments import parser
    from validator.toml.schema import schema

    options = [name for action in parser()._actions for name in action.option_strings]
    keys = schema()["properties"]
    alone = {
        name.removeprefix("--"): f"{name} is an option of the command line alone"
        for name in options
        # Of `--var-file`, the key `var-files` was meant.
        if name.startswith("--") and f"{name[2:]}s" not in keys
    }
    why = "rules are programs, and a configuration loads no code: give --rules DIR"
    return {**alone, "rules": why}


def _baseline(given: Namespace, configuration: Configuration | None, configured: str) -> str:
    """The shown name of the baseline; the one to be written stands beside the configuration."""
    name, target = given.baseline, given.write_baseline
    if target is not None and given.diff:
        raise Usage("--diff writes nothing: it does not go with --write-baseline")
    if name is not None and not Path(name).is_file() and target is None:
        raise Usage(f"--baseline {name}: there is no such file; --write-baseline writes it")
    if target:
        if Path(target).is_dir():
            raise Usage(f"--write-baseline {target}: this is a folder; give paths before options")
        if name is not None and os.path.realpath(name) != os.path.realpath(target):
            raise Usage("--baseline and --write-baseline name two files; one is enough")
        name = target
    if name is None and target is not None and not configured:
        beside = "" if configuration is None else configuration.document.name
        name = os.path.join(os.path.dirname(beside), BASELINE)  # noqa: PTH118, PTH120
    return configured if name is None else Path(os.path.relpath(name)).as_posix()


def _with_rules(
    options: Options, asked: frozenset[str], configuration: Configuration | None
) -> Options:
    """The options with every rule under its own id. Raises `Usage` and `Misconfigured`."""
    named = () if configuration is None else configuration.named
    names = asked.union(one.id for one in named)
    if not names:
        return options
    from validator.packs import load, shipped

    # Loading the rules takes a moment: the names of their files tell most of it.
    if names <= shipped():
        return options

    packs = load(options.rules, debug=options.debug)
    for name in sorted(asked):
        if packs.find(name) is None:
            raise Usage(packs.lacking(name))
    if configuration is not None:
        lacking = [one for one in named if packs.find(one.id) is None]
        if lacking:
            fault = configuration.document.fault
            raise Misconfigured(fault(one.span, packs.lacking(one.id)) for one in lacking)

    def own(ids: frozenset[str]) -> frozenset[str]:
        return frozenset(found.rule.id for id_ in ids if (found := packs.find(id_)))

    return replace(
        options,
        select=own(options.select),
        ignore=own(options.ignore),
        never_ignore=own(options.never_ignore),
        path_ignores=tuple((globs, own(ids)) for globs, ids in options.path_ignores),
        severity={
            found.rule.id: level
            for id_, level in options.severity.items()
            if (found := packs.find(id_))
        },
    )


def _settings(given: Namespace, accounts: Mapping[str, str]) -> Settings:
    return Settings(
        variables=_supplied(given.variables),
        workspace=given.workspace,
        parameters=_supplied(given.parameters),
        account=_account(given.account, accounts),
        region=given.region,
        partition=given.partition,
        plan="".join(_files("--plan", [given.plan] if given.plan else [])),
    )


def _account(written: str, accounts: Mapping[str, str]) -> str:
    if not written or _ACCOUNT.fullmatch(written):
        return written
    if written not in accounts:
        from validator.near import get_close_matches

        near = get_close_matches(written, accounts, 1)
        needed = "12 digits are needed, or a name in [accounts] of the configuration"
        hint = f"did you mean {near[0]}?" if near else needed
        raise Usage(f"--account {written}: {hint}")
    return accounts[written]


def _supplied(given: Sequence[tuple[str, str]]) -> tuple[Given, ...]:
    """Files and values in the order given; `--var` and `--parameter` have an `=` in them."""
    found: list[Given] = []
    for option, written in given:
        if option.endswith("-file"):
            found += _files(option, [written])
            continue
        name, equals, value = written.partition("=")
        if not equals or not name.strip():
            raise Usage(f"{option} {written}: NAME=VALUE is needed")
        found.append((name.strip(), value))
    return tuple(found)


def _files(option: str, names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if not os.path.isfile(name):  # noqa: PTH113
            raise Usage(f"{option} {name}: there is no such file")
    return tuple(Path(os.path.relpath(name)).as_posix() for name in names)


def folder(name: str) -> Path:
    """A folder of `--rules`. Raises `Usage`."""
    if not os.path.isdir(name):  # noqa: PTH112
        raise Usage(f"--rules {name}: there is no such folder")
    return Path(name)


def _exclude(patterns: Sequence[str], working: Path) -> tuple[Globs, ...]:
    return (Globs(os.path.realpath(working), tuple(patterns)),) if patterns else ()


def _ids(given: Sequence[str]) -> frozenset[str]:
    return frozenset(name for one in given for part in one.split(",") if (name := part.strip()))
