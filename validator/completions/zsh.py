"""Completion for zsh: evaluated, or as a file `_predeploy` in `$fpath`."""

from __future__ import annotations

from validator.completions.option import Name, Option

_SCRIPT = """\
#compdef {commands}
# zsh completion: eval "$(validate --completions zsh)" behind compinit

_predeploy_rules() {{
    local -a rules=(
{rules}
    )
    _describe rule rules "$@"
}}

_predeploy() {{
    _arguments -s -S \\
{options}
        '*:file or folder:_files'
}}

if [[ $funcstack[1] == _predeploy ]]; then
    _predeploy "$@"
else
    compdef _predeploy {commands}
fi
"""


def script(options: tuple[Option, ...], rules: tuple[Name, ...], commands: tuple[str, ...]) -> str:
    """The script that is evaluated."""
    named = [" " * 8 + _quoted(f"{one.id}:{_plain(one.words, ':')}") for one in rules]
    specs = [f"        {spec} \\" for one in options for spec in _specs(one)]
    return _SCRIPT.format(
        rules="\n".join(named), options="\n".join(specs), commands=" ".join(commands)
    )


def _specs(option: Option) -> list[str]:
    """One `_arguments` spec a name; the short one and the long one exclude each other."""
    value = _value(option)
    others = "" if option.repeated else f"({' '.join(option.names)})"
    words = _plain(option.help, ":[]")
    # The sign says that a value may also stand behind an equals sign.
    return [
        _quoted(
            f"{'*' if option.repeated else others}{name}"
            f"{'=' if value and name.startswith('--') else ''}[{words}]{value}"
        )
        for name in option.names
    ]


def _value(option: Option) -> str:
    head = f":{_plain(option.metavar, ':').lower()}:"
    match option.kind:
        case "nothing":
            return ""
        case "choice":
            return f"{head}({' '.join(option.choices)})"
        case "file":
            return f"{head}_files"
        case "folder":
            return f"{head}_files -/"
        case "rule":
            return f"{head}_predeploy_rules"
        case "rules":
            return f"{head}_sequence _predeploy_rules"
        case "words":
            return f"{head} "


def _plain(words: str, special: str) -> str:
    return "".join(f"\\{one}" if one in special + "\\" else one for one in words)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "'\\''") + "'"
