"""Completion for fish."""

from __future__ import annotations

from validator.completions.option import Name, Option


def script(options: tuple[Option, ...], rules: tuple[Name, ...], commands: tuple[str, ...]) -> str:
    """The script that is sourced."""
    shown = [
        "# fish completion: validate --completions fish | source",
        "function __predeploy_rules",
        *(f"    printf '%s\\t%s\\n' {one.id} {_quoted(one.words)}" for one in rules),
        "end",
    ]
    command, *others = commands
    shown += [f"complete -c {command} {_option(one)}" for one in options]
    shown += [f"complete -c {other} -w {command}" for other in others]
    return "\n".join(shown) + "\n"


def _option(option: Option) -> str:
    names = [f"-l {one[2:]}" if one.startswith("--") else f"-s {one[1:]}" for one in option.names]
    return f"{' '.join(names)} -d {_quoted(option.help)}{_value(option)}"


def _value(option: Option) -> str:
    match option.kind:
        case "nothing":
            return ""
        case "choice":
            return f" -x -a {_quoted(' '.join(option.choices))}"
        case "file":
            return " -r -F"
        case "folder":
            return " -x -a '(__fish_complete_directories)'"
        case "rule":
            return " -x -a '(__predeploy_rules)'"
        case "rules":
            return " -x -a '(__fish_complete_list , __predeploy_rules)'"
        case "words":
            return " -x"


def _quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
