"""Changes that respect the structure of a text so far that it gets past the parser, and others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\w+|\s+|.', re.S)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_OPEN = {"{": "}", "[": "]", "(": ")"}

MOST = 30_000
"""Characters; what grows further is cut, as length by itself is tested elsewhere."""

NUMBERS = ("0", "-1", "1e9", "1e400", "-0.0", "2147483648", "9" * 25, "0x1F", "007", "1.5", "NaN")
# fmt: off
WORDS = (
    "null", "true", "{}", "[]", '""', "~", "*", "<<", "*a", "&a ", "!Ref ", "!Sub ", "!GetAtt ",
    "!If ", "each.key", "each.value", "count.index", "self", "path.module", "terraform.workspace",
    "for x in ", " ? ", " : ", "...", "=>", "${", "%{ for a in b ~}", "%{ endif }", "<<-EOT\n",
    "EOT\n", "$${", "%%{", '\\"', "\\u0000", "\\ud800", "/*", "*/", "//", "#", "\t", "- ",
    "try(", "can(", "merge(", "jsonencode(", "jsondecode(", "file(", "templatefile(", "range(",
    "lookup(", "format(", "regex(", "replace(", "setproduct(", "for_each = ", "count = ",
    "dynamic ", "lifecycle {", "provider = ", "depends_on = [", "sensitive = true",
    "Fn::ForEach::X", "Fn::Transform", "AWS::NoValue", "AWS::LanguageExtensions", "${AWS::Region}",
    "{{resolve:ssm:x}}", "Condition", "DependsOn", "DeletionPolicy", "Parameters", "Mappings",
    "../..", "/etc/passwd", "arn:aws:s3:::", "arn::::::", ":::::", "${aws:username}", "?" * 9,
)
ODD = (
    "\0", "\ufeff", "\r", "\r\n", "\x1b[31m", "\u202e", "\u2028", "\x85", "\x7f", "\U000e0041",
    "ﬁ", "İ", "\u0131", "ß", "\u0301", "😀", "\U0010ffff", "\xa0", "\u200b", "٣", "²", "\x0c",
)
# fmt: on

Change = Callable[[str, Random, Sequence[str]], str]


def mutated(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """A text with a few changes; `seeds` are what pieces may come from."""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 5, 8))):
        text = chance.choice(CHANGES)(text, chance, seeds)[:MOST]
    return text


def _stretch(text: str, chance: Random, most: int = 200) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.randint(0, most))


def _block(text: str, chance: Random) -> tuple[int, int]:
    """A line with the bracket that it opens, up to where that closes; else some lines."""
    starts = [found.end() for found in re.finditer(r"[{\[(]", text)]
    if not starts:
        return _stretch(text, chance)
    at = chance.choice(starts)
    opened, depth, end = text[at - 1], 1, at
    while end < len(text) and depth:
        depth += (text[end] == opened) - (text[end] == _OPEN[opened])
        end += 1
    return (text.rfind("\n", 0, at) + 1 if chance.random() < 0.7 else at - 1), end


def _lines(text: str, chance: Random) -> tuple[int, int]:
    """A line, with those below it that are indented deeper."""
    lines = text.splitlines(keepends=True) or [""]
    first = chance.randrange(len(lines))
    depth = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and len(lines[last]) - len(lines[last].lstrip()) > depth:
        last += 1
    start = sum(map(len, lines[:first]))
    return start, start + sum(map(len, lines[first:last]))


def _piece(text: str, chance: Random) -> tuple[int, int]:
    return chance.choice((_block, _lines, _lines, _stretch))(text, chance)


def _splice(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """A piece of another text, in place of one of this or beside it."""
    other = chance.choice(seeds)
    start, end = _piece(other, chance)
    here, until = _piece(text, chance)
    return text[:here] + other[start:end] + text[until if chance.random() < 0.6 else here :]


def _repeat(text: str, chance: Random, seeds: Sequence[str]) -> str:
    start, end = _piece(text, chance)
    return text[:end] + text[start:end] * chance.choice((1, 1, 2, 20)) + text[end:]


def _drop(text: str, chance: Random, seeds: Sequence[str]) -> str:
    start, end = _piece(text, chance)
    return text[:start] + text[end:]


def _swap(text: str, chance: Random, seeds: Sequence[str]) -> str:
    tokens = _TOKEN.findall(text)
    if len(tokens) < 2:
        return text
    a, b = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    tokens[a], tokens[b] = tokens[b], tokens[a]
    return "".join(tokens)


def _token(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """A token becomes another: one of these texts, a telling word, or something odd."""
    tokens = _TOKEN.findall(text)
    if not tokens:
        return chance.choice(WORDS)
    at = chance.randrange(len(tokens))
    kind = chance.random()
    if kind < 0.5:
        others = _TOKEN.findall(chance.choice(seeds)) or [""]
        new = chance.choice(others)
    elif kind < 0.85:
        new = chance.choice(WORDS)
    else:
        new = chance.choice(ODD)
    tokens[at] = new if chance.random() < 0.7 else tokens[at] + new
    return "".join(tokens)


def _inside(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """Something into a quoted text, or instead of it."""
    found = list(re.finditer(r'"((?:[^"\\\n]|\\.)*)"', text))
    if not found:
        return text
    one = chance.choice(found)
    at = chance.randint(one.start() + 1, one.end() - 1)
    until = chance.choice((at, one.end() - 1))
    return text[:at] + chance.choice(chance.choice((WORDS, ODD, NUMBERS))) + text[until:]


def _number(text: str, chance: Random, seeds: Sequence[str]) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(NUMBERS) + text[one.end() :]


def _nest(text: str, chance: Random, seeds: Sequence[str]) -> str:
    start, end = _stretch(text, chance, 60)
    before, after = chance.choice(
        (("[", "]"), ("{a=", "}"), ("(", ")"), ('"${', '}"'), ("{a: ", "}"), ('{"a":', "}"))
    )
    times = chance.choice((1, 2, 5, 60, 300))
    return text[:start] + before * times + text[start:end] + after * times + text[end:]


def _odd(text: str, chance: Random, seeds: Sequence[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) * chance.choice((1, 1, 3)) + text[at:]


def _indent(text: str, chance: Random, seeds: Sequence[str]) -> str:
    start, end = _lines(text, chance)
    return text[:start] + " " * chance.choice((1, 2, 4)) + text[start:end] + text[end:]


def _whole(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """What an editor may do to a whole file."""
    match chance.randrange(6):
        case 0:
            return text.replace("\n", "\r\n")
        case 1:
            return "\ufeff" + text
        case 2:
            return text.replace("  ", "\t")
        case 3:
            return text[: chance.randrange(len(text) + 1)]
        case 4:
            return text.rstrip("\n")
        case _:
            return text.replace("\n", "\r")


CHANGES: tuple[Change, ...] = (
    *(_splice, _splice, _splice, _repeat, _drop, _swap, _token, _token, _token, _inside, _inside),
    *(_number, _nest, _odd, _indent, _whole),
)
