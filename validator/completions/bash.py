"""Completion for bash, from the 3.2 of macOS on."""

from __future__ import annotations

from collections.abc import Iterator

from validator.completions.option import Kind, Name, Option

_SCRIPT = """\
# bash completion: eval "$(validate --completions bash)"
_predeploy() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} word IFS=$' \\n'
    local rules="{rules}"
    COMPREPLY=()
    # bash takes --option=value apart at the sign.
    if [[ $current == "=" ]]; then
        current=
    elif [[ $before == "=" ]]; then
        before=${{COMP_WORDS[COMP_CWORD-2]}}
    fi
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        if [[ $word == "--" ]]; then
            _predeploy_files -f "$current"
            return
        fi
    done
    case $before in
{cases}
    esac
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "{options}" -- "$current"))
    else
        _predeploy_files -f "$current"
    fi
}}

_predeploy_files() {{
    local IFS=$'\\n'
    # Blanks in names and the slash behind folders; bash 3.2 does without.
    compopt -o filenames 2> /dev/null
    COMPREPLY=($(compgen "$1" -- "$2"))
}}

_predeploy_rules() {{
    local before=
    if [[ $1 == *,* ]]; then before=${{1%,*}},; fi
    compopt -o nospace 2> /dev/null
    COMPREPLY=($(compgen -P "$before" -W "$rules" -- "${{1##*,}}"))
}}

complete -F _predeploy {commands}
"""


def script(options: tuple[Option, ...], rules: tuple[Name, ...], commands: tuple[str, ...]) -> str:
    """The script that is evaluated."""
    return _SCRIPT.format(
        cases="\n".join(_cases(options)),
        options=" ".join(name for one in options for name in one.names),
        rules=" ".join(one.id for one in rules),
        commands=" ".join(commands),
    )


def _cases(options: tuple[Option, ...]) -> Iterator[str]:
    ways: dict[str, list[str]] = {}
    fixed: dict[Kind, str] = {
        "file": '_predeploy_files -f "$current"',
        "folder": '_predeploy_files -d "$current"',
        "rules": '_predeploy_rules "$current"',
        "words": ":",
    }
    for one in options:
        if one.kind == "nothing":
            continue
        words = "$rules" if one.kind == "rule" else " ".join(one.choices)
        way = fixed.get(one.kind) or f'COMPREPLY=($(compgen -W "{words}" -- "$current"))'
        ways.setdefault(way, []).extend(one.names)
    for way, names in ways.items():
        yield f"        {'|'.join(names)})"
        yield f"            {way}"
        yield "            return ;;"
