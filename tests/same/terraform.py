"""Changes to Terraform that mean nothing."""

from __future__ import annotations

import re
from random import Random

from tests.same.files import Change, Files, own
from tests.same.hcl import Item, edited, items, past_blank, past_expression, walk
from tests.same.terraform_json import as_json
from tests.same.terraform_values import META, wrapped


def shuffled(files: Files, chance: Random) -> Files:
    """The blocks of every file in another order."""
    changed = dict(files)
    for name in own(files):
        pieces = [_piece(files[name], one) for one in items(files[name])]
        chance.shuffle(pieces)
        changed[name] = "".join(pieces)
    return changed


def _piece(text: str, one: Item) -> str:
    # What stands behind the block on its last line belongs to it.
    end = text.find("\n", one.end)
    return text[one.start : one.end].strip("\n") + (text[one.end : end] if end >= 0 else "") + "\n"


def spread(files: Files, chance: Random) -> Files:
    """Every block in a file of its own."""
    changed = {name: text for name, text in files.items() if name not in own(files)}
    for name in own(files):
        for number, one in enumerate(items(files[name])):
            changed[f"{chance.randrange(10**6)}-{name[:-3]}-{number}.tf"] = _piece(files[name], one)
    return changed


def gathered(files: Files, chance: Random) -> Files | None:
    """All files of a module in one."""
    if len(own(files)) < 2:
        return None
    changed = {name: text for name, text in files.items() if name not in own(files)}
    return {**changed, "all.tf": "\n".join(files[name] for name in own(files))}


def renamed(files: Files, chance: Random) -> Files:
    """Resources and data sources, locals and module calls with other names."""
    texts = {name: files[name] for name in own(files)}
    names: set[tuple[str, str]] = set()
    for text in texts.values():
        for one in items(text):
            if one.name in ("resource", "data"):
                names.add((re.escape(one.labels[0]), one.labels[1]))
            elif one.name == "module":
                names.add(("module", one.labels[0]))
            elif one.name == "locals":
                names |= {("local", inner.name) for inner in one.body or ()}
    new = f"zz{chance.randrange(100)}"
    for kind, name in names:
        for file, text in texts.items():
            text = re.sub(rf"\b({kind})\.{re.escape(name)}(?![\w-])", rf"\1.{name}_{new}", text)
            if kind != "local":
                text = re.sub(
                    rf'^((?:resource |data )?"?{kind}"?) "{re.escape(name)}"',
                    rf'\1 "{name}_{new}"',
                    text,
                    flags=re.M,
                )
            texts[file] = text
    for file, text in texts.items():
        edits = [
            (inner.head, inner.head + len(inner.name), f"{inner.name}_{new}")
            for one in items(text)
            if one.name == "locals"
            for inner in one.body or ()
        ]
        texts[file] = edited(text, edits)
    return {**files, **texts}


def formatted(files: Files, chance: Random) -> Files:
    """Other white space, more comments, a mark at the beginning, lines that end as on Windows."""
    changed = dict(files)
    for name in own(files):
        text = files[name]
        edits: list[tuple[int, int, str]] = []
        for *_, one in walk(items(text)):
            if one.body is None and chance.random() < 0.5:
                comment = chance.choice((" /* x = { */ ", "\t", "   "))
                edits.append((one.head + len(one.name), one.inner[0], f"\t={comment}"))
            if chance.random() < 0.3:
                line = chance.choice(("\n", '# resource "a" "b" {\n', "// }\n", '/* " */\n'))
                edits.append(
                    (one.head, one.head, line)
                    if "\n" in text[one.start : one.head]
                    else (0, 0, line)
                )
        text = edited(text, edits)
        if chance.random() < 0.3 and "<<" not in text:
            text = text.replace("\n", "\r\n")
        changed[name] = chance.choice(("", "", "\ufeff")) + text
    return changed


UNRELATED = (
    'resource "aws_vpc" "unrelated" {\n  cidr_block = "10.99.0.0/16"\n}\n',
    'resource "aws_s3_bucket" "unrelated" {\n  bucket = "unrelated-7d1f"\n}\n',
    'resource "aws_instance" "unrelated" {\n  count = var.unrelated\n  ami   = "ami-1"\n}\n'
    'variable "unrelated" {\n  default = 1\n}\n',
    'resource "aws_iam_role" "unrelated" {\n  name               = "unrelated-7d1f"\n'
    '  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow",'
    ' Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })\n}\n',
    'data "aws_ami" "unrelated" {\n  owners = ["self"]\n}\noutput "unrelated" {\n'
    "  value = data.aws_ami.unrelated.id\n}\n",
    'resource "random_id" "unrelated" {\n  byte_length = 4\n}\n'
    'resource "aws_sqs_queue" "unrelated" {\n  name = "x-${random_id.unrelated.hex}"\n}\n',
)


def beside(files: Files, chance: Random) -> Files:
    """Resources that have nothing to do with it."""
    name = f"zz{chance.randrange(10**6)}"
    some = "".join(chance.sample(UNRELATED, chance.randint(1, 3)))
    return {**files, f"{name}.tf": some.replace("unrelated", name)}


def counted(files: Files, chance: Random) -> Files:
    """Resources as the one instance of many."""
    texts = {name: files[name] for name in own(files)}
    blocks = [one for text in texts.values() for one in items(text) if one.name == "resource"]
    named = [one.labels for one in blocks]
    single = [
        one.labels
        for one in blocks
        if not {"count", "for_each"} & {inner.name for inner in one.body or ()}
        and named.count(one.labels) == 1
    ]
    for type_, name in chance.sample(single, min(len(single), chance.choice((1, 2, 9)))):
        many, key = chance.choice((("count = 1", "[0]"), ('for_each = toset(["k"])', '["k"]')))
        for file, text in texts.items():
            text = re.sub(
                rf"(?<![\w.]){type_}\.{re.escape(name)}(?![\w-])(?!\[)", rf"\g<0>{key}", text
            )
            text = re.sub(
                rf'^resource "{type_}" "{re.escape(name)}" \{{',
                rf"\g<0>\n  {many}\n",
                text,
                flags=re.M,
            )
            texts[file] = text
    return {**files, **texts}


def dynamic(files: Files, chance: Random) -> Files | None:
    """Blocks that an expression makes."""
    changed = dict(files)
    for name in own(files):
        text = files[name]
        edits: list[tuple[int, int, str]] = []
        for *above, one in walk(items(text)):
            inside = above and above[0].name in ("resource", "data") and len(above) == 1
            if inside and one.body is not None and one.name not in META and chance.random() < 0.7:
                body = text[one.inner[0] : one.inner[1]]
                head = f'dynamic "{one.name}" {{\n for_each = [1]\n content {{'
                edits.append((one.head, one.end, f"{head}{body}\n}}\n}}"))
        changed[name] = edited(text, edits)
    return None if changed == dict(files) else changed


def moved(files: Files, chance: Random) -> Files | None:
    """All but the providers in a module that the root calls."""
    if any(name.endswith((".toml", ".tfvars", ".tfvars.json")) for name in files):
        return None
    if any(name.startswith("zz/") for name in files):
        return None
    root: list[str] = []
    arguments: list[str] = []
    locks = {name: text for name, text in files.items() if name.startswith(".terraform")}
    changed = {f"zz/{name}": text for name, text in files.items()} | locks
    for name in own(files):
        text = files[name]
        for one in reversed(items(text)):
            if one.name in ("provider", "terraform", "variable"):
                root.append(text[one.head : one.end] + "\n")
            if one.name == "provider":
                changed[f"zz/{name}"] = text = text[: one.head] + text[one.end :]
            if one.name == "variable":
                arguments.append(f"  {one.labels[0]} = var.{one.labels[0]}\n")
            if one.name == "provider" and any(inner.name == "alias" for inner in one.body or ()):
                return None
            if one.name in ("moved", "import", "removed"):
                return None
    if any("path.root" in text or "path.cwd" in text for text in files.values()):
        return None
    call = chance.choice(("", "  count = 1\n", '  for_each = { a = "b" }\n'))
    if call and any("provider " in text for text in changed.values()):
        call = ""
    module = f'module "zz" {{\n  source = "./zz"\n{call}{"".join(arguments)}}}\n'
    return {**changed, "main.tf": "".join([*root, module])}


def stated(files: Files, chance: Random) -> Files | None:
    """The statements of policies in another order."""
    changed = dict(files)
    for name in own(files):
        text = files[name]
        edits: list[tuple[int, int, str]] = []
        for found in re.finditer(r"\bStatement\s*=\s*\[", text):
            places = _items_of_list(text, found.end())
            if len(places) > 1 and not text.startswith("for ", places[0][0]):
                edits += _exchanged(text, places, chance)
        for *_, one in walk(items(text)):
            body = [inner for inner in one.body or () if inner.name == "statement"]
            edits += _exchanged(text, [(inner.head, inner.end) for inner in body], chance)
        changed[name] = edited(text, edits)
    return None if changed == dict(files) else changed


def _items_of_list(text: str, at: int) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    while text[at := past_blank(text, at)] != "]":
        end = past_expression(text, at)
        places.append((at, end))
        at = past_blank(text, end)
        at += text[at] == ","
    return places


def _exchanged(
    text: str, places: list[tuple[int, int]], chance: Random
) -> list[tuple[int, int, str]]:
    order = chance.sample(places, len(places))
    return [(*place, text[slice(*other)]) for place, other in zip(places, order, strict=True)]


CHANGES: tuple[Change, ...] = (
    *(shuffled, spread, gathered, renamed, formatted, beside, wrapped, wrapped, wrapped),
    *(counted, dynamic, moved, as_json, stated),
)
