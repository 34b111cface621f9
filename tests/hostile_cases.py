"""What strangers may write to keep us busy for ever: the files, where that is told, and how."""

from __future__ import annotations

import json
from itertools import pairwise

Files = dict[str, str]

GOOD = """Resources:
  Good:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !GetAtt Logs.Arn
  Logs: {Type: AWS::S3::Bucket, Properties: {BucketName: acme-hostile-good}}
"""
DEEP = 10_000
LINE = 5


def flow(destination: str, before: str = "") -> Files:
    """A flow log in Terraform; nothing but its destination, on line 5, is amiss."""
    text = (
        'resource "aws_flow_log" "a" {\n  vpc_id = "vpc-0123456789abcdef0"\n'
        '  traffic_type = "ALL"\n  log_destination_type = "s3"\n'
        f"  log_destination = {destination}\n}}\n"
    )
    return {"main.tf": text + before}


def template(destination: str, before: str = "") -> Files:
    """The same in CloudFormation; the destination is on line 9 if nothing stands before."""
    text = GOOD.replace("!GetAtt Logs.Arn", destination).replace("  Good:", "  L:")
    return {"t.yaml": text + before}


def bombed(first: str, layer: str) -> Files:
    """A template whose destination is made of aliases, each of nine of the one before."""
    names = [f"a{number}" for number in range(40)]
    lines = [f"  {names[0]}: &{names[0]} {first}"]
    for before, here in pairwise(names):
        lines.append(f"  {here}: &{here} {layer.replace('*', ', '.join([f'*{before}'] * 9))}")
    return {"t.yaml": "Metadata:\n" + "\n".join(lines) + "\n" + template("*a39")["t.yaml"]}


def doubled() -> str:
    lines = ['  a0 = "xxxxxxxxxx"']
    lines += [f'  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"' for n in range(1, 41)]
    return "locals {\n" + "\n".join(lines) + "\n}\n"


def calls(*sources: str) -> str:
    return "".join(
        f'module "m{number}" {{\n  source = "{source}"\n}}\n'
        for number, source in enumerate(sources)
    )


def stack(place: str) -> str:
    nested = f"{{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {place}}}}}"
    return f"Resources:\n  S: {nested}\n"


OUTPUT = 'output "x" {\n  value = module.m0.x\n}\n'
LOOP = "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: &a\n    - X\n    - [a]\n"
NESTED = '{"resource": {"aws_flow_log": {"a": {"log_destination": %s}}}}'

UNREAD: dict[str, tuple[Files, str, str]] = {
    "brackets": (flow("(" * DEEP + '"x"' + ")" * DEEP), "main.tf:5", "nested more than 100 deep"),
    "lists": (flow("[" * DEEP + "]" * DEEP), "main.tf:5", "nested more than 100 deep"),
    "objects": (flow("{a=" * DEEP + "1" + "}" * DEEP), "main.tf:5", "nested more than 100 deep"),
    "calls": (flow("upper(" * DEEP + '"x"' + ")" * DEEP), "main.tf:5", "nested more than 100 deep"),
    "blocks": (flow('"x"\n' + "a {\n" * DEEP + "}\n" * DEEP), "main.tf:105", "more than 100 deep"),
    "templates": (
        flow('"${' * DEEP + '"x"' + '}"' * DEEP),
        "main.tf:5",
        "nested more than 100 deep",
    ),
    "signs": (flow("!" * DEEP + "true"), "main.tf:5", "more than 100 signs in a row"),
    "operators": (flow("1 + " * DEEP + "1"), "main.tf:5", "more than 500 operators in a row"),
    "JSON of Terraform": (
        {"x.tf.json": NESTED % ("[" * DEEP + "]" * DEEP)},
        "x.tf.json:1",
        "more than 100 deep",
    ),
    "JSON of CloudFormation": (
        {
            "t.json": json.dumps({"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}}})[:-3]
            + ', "Properties": '
            + "[" * DEEP
            + "]" * DEEP
            + "}}}"
        },
        "t.json:1",
        "nested too deeply",
    ),
    "YAML in brackets": (template("[" * DEEP + "]" * DEEP), "t.yaml:9", "nested too deeply"),
    "YAML in dashes": (
        template("\n        " + "- " * DEEP + "x"),
        "t.yaml:10",
        "nested too deeply",
    ),
    "YAML in functions": (
        template("!Join ['', [" * DEEP + "x" + "]]" * DEEP),
        "t.yaml:9",
        "nested too deeply",
    ),
    "a plan": (
        {
            "plan.json": '{"format_version": "1.2", "x": "aws_flow_log", "planned_values": '
            + "[" * 20_000
            + "]" * 20_000
            + "}"
        },
        "plan.json:1",
        "nested too deeply",
    ),
    "instances": (
        {"main.tf": flow('"x"')["main.tf"].replace("{\n", "{\n  count = 1000000000\n", 1)},
        "main.tf:2",
        "instances",
    ),
    "a module that calls itself": (
        {"main.tf": flow("module.m0.x")["main.tf"] + calls("./")},
        "main.tf:7",
        "module.m0 calls a module that it is part of",
    ),
    "modules in a ring": (
        {
            "main.tf": flow("module.m0.x")["main.tf"] + calls("./b"),
            "b/main.tf": calls("../c") + OUTPUT,
            "c/main.tf": calls("../b") + OUTPUT,
        },
        "c/main.tf:1",
        "calls a module that it is part of",
    ),
    "modules that multiply": (
        {
            "main.tf": calls("./m0"),
            **{f"m{n}/main.tf": calls(f"../m{n + 1}", f"../m{n + 1}") for n in range(40)},
            "m40/main.tf": flow('"x"')["main.tf"],
        },
        "m9/main.tf:",
        "more than 2000 modules",
    ),
    "a stack in itself": (
        {"t.yaml": stack("./t.yaml") + "  L: {Type: AWS::EC2::FlowLog}\n"},
        "t.yaml:2",
        "nests itself",
    ),
    "stacks in a ring": (
        {
            "t.yaml": stack("./u.yaml") + "  L: {Type: AWS::EC2::FlowLog}\n",
            "u.yaml": stack("./t.yaml"),
        },
        "u.yaml:2",
        "nests itself",
    ),
    "loops of CloudFormation in a ring": (
        {"t.yaml": LOOP + "    - Fn::ForEach::B: *a\n      'L${X}': {Type: AWS::EC2::FlowLog}\n"},
        "t.yaml:6",
        "nested more than 10 deep",
    ),
}
OPEN: dict[str, tuple[Files, str, str]] = {
    "a text that doubles": (
        flow("local.a40", doubled()),
        "main.tf:",
        "is longer than 1048576 characters",
    ),
    "a long range": (
        flow('join("", range(1000000000))'),
        "main.tf:5",
        "range gives more than 1024 numbers",
    ),
    "a product of sets": (
        flow('join("", [for x in setproduct(range(999), range(999), range(999)) : x[0]])'),
        "main.tf:5",
        "this has more than 200000 parts",
    ),
    "loops in loops": (
        flow(
            'join("", flatten([for x in range(999) : [for y in range(999) : '
            '[for z in range(999) : "a"]]]))'
        ),
        "main.tf:5",
        "takes more than 500000 steps",
    ),
    "a long list as JSON, again and again": (
        flow(
            'join("", [for x in range(600) : jsonencode(local.a)])',
            "locals {\n  a = range(1000)\n}\n",
        ),
        "main.tf:5",
        "takes more than 500000 steps",
    ),
    "a pattern that explodes": (
        flow('regex("^(a+)+$", "' + "a" * 5000 + '!")'),
        "main.tf:5",
        "does not match",
    ),
    "locals in a ring": (
        flow("local.a", "locals {\n  a = local.b\n  b = local.a\n}\n"),
        "main.tf:5",
        "refers to itself",
    ),
    "a module that takes what it gives": (
        {
            "main.tf": flow("module.m.y")["main.tf"]
            + 'module "m" {\n  source = "./m"\n  x      = module.m.y\n}\n',
            "m/main.tf": 'variable "x" {}\noutput "y" {\n  value = var.x\n}\n',
        },
        "main.tf:5",
        "refers to itself",
    ),
    "conditions in a ring": (
        template("!If [A, a, b]", "Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\n"),
        "t.yaml:9",
        "leads back to itself",
    ),
    "functions in functions": (
        template("!If [A, x, " * 300 + "y" + "]" * 300, "Conditions: {A: !Equals [a, b]}\n"),
        "t.yaml:9",
        "levels deep",
    ),
    "a template that renders itself": (
        {**flow('templatefile("t.tftpl", {})'), "t.tftpl": '${templatefile("t.tftpl", {})}'},
        "main.tf:5",
        "a template cannot render another",
    ),
    "a file of the machine": (
        flow('file("/etc/passwd")'),
        "main.tf:5",
        "differs from machine to machine",
    ),
    "a template of the machine": (
        flow('templatefile("/etc/passwd", {})'),
        "main.tf:5",
        "differs from machine to machine",
    ),
    "a file above": (
        flow('file("../../../../../../../../etc/passwd")'),
        "main.tf:5",
        "outside the repository",
    ),
    "a module above": (
        {"main.tf": flow("module.m0.x")["main.tf"] + calls("../../../../../../../../etc")},
        "main.tf:",
        "is not here",
    ),
    "aliases that multiply": (bombed("[x, x]", "[*]"), "t.yaml:41", "this is no text"),
}
