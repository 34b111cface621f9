"""CloudFormation's functions on symbolic values.

Expected values are those of the function reference:
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Dangling, Hole, Lit, Ref, Symbol, Text
from validator.graph.values import Known, Node, Unknown

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText, Stack

HEAD = """\
Parameters:
  Name: {Type: String, Default: logs}
  Open: {Type: String}
  Subnets: {Type: CommaDelimitedList, Default: "subnet-1, subnet-2"}
Mappings:
  Stages:
    prod: {Days: 365, Names: [a, b]}
    dev: {Days: 7, Names: [a, b]}
Conditions:
  IsLogs: !Equals [!Ref Name, logs]
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Group: {Type: AWS::Logs::LogGroup}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  Vpc: {Type: AWS::EC2::VPC}
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
"""


def _read(read_text: ReadText, expression: str) -> tuple[Node, Stack]:
    lines = expression.split("\n")
    body = "\n".join("        " + line if index else line for index, line in enumerate(lines))
    stack = read_text(f"{HEAD}      ResourceId: {body}\n")
    return stack.value("Log", "ResourceId"), stack


def _pieces(node: Node) -> tuple[object, ...]:
    match node:
        case Known(value=Text(pieces=pieces)):
            return pieces
        case _:
            raise AssertionError(node)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Name", "logs"),
        ("{Ref: Name}", "logs"),
        ('!Sub "${Name}-x"', "logs-x"),
        ('!Sub "${!version} ${Name}"', "${version} logs"),
        ('!Sub ["${A}/${Name}", {A: !Ref Name}]', "logs/logs"),
        ('!Sub ["${Name}", {Name: inner}]', "inner"),
        ('!Join ["-", [a, !Ref Name, 3, true]]', "a-logs-3-true"),
        ('!Join [",", !Ref Subnets]', "subnet-1,subnet-2"),
        ('!Join ["", []]', ""),
        ("!Select [1, !Ref Subnets]", "subnet-2"),
        ('!Select ["0", [a, b]]', "a"),
        ('!Select [5, !Split [":", "arn:aws:s3:::logs"]]', "logs"),
        ("!If [IsLogs, yes-text, no-text]", "yes-text"),
        ("!FindInMap [Stages, prod, Days]", "365"),
        ("!FindInMap [Stages, none, Days, {DefaultValue: other}]", "other"),
        ("!Base64 hello", "aGVsbG8="),
        ("!Select [1, !Cidr [10.0.0.0/16, 2, 8]]", "10.0.1.0/24"),
        ("{Fn::Length: !Ref Subnets}", "2"),
    ],
)
def test_what_is_settled_is_evaluated(read_text: ReadText, expression: str, expected: str) -> None:
    node, stack = _read(read_text, expression)
    assert not stack.diagnostics
    found = node.value if isinstance(node, Known) else node
    assert (found.literal if isinstance(found, Text) else str(found)) == expected


@pytest.mark.parametrize(
    ("expression", "pieces"),
    [
        ("!Ref Bucket", (Ref("template.yaml#Bucket", "name"),)),
        ("!GetAtt Bucket.Arn", (Ref("template.yaml#Bucket", "arn"),)),
        ("!GetAtt [Bucket, Arn]", (Ref("template.yaml#Bucket", "arn"),)),
        ("!GetAtt Group.Arn", (Ref("template.yaml#Group", "every-stream"),)),
        ("!Ref Key", (Ref("template.yaml#Key", "id"),)),
        ('!Sub "${Bucket.Arn}/vpc"', (Ref("template.yaml#Bucket", "arn"), Lit("/vpc"))),
        ("!Ref AWS::AccountId", (Symbol("account"),)),
        ('!Sub "${AWS::Region}"', (Symbol("region"),)),
        ("!Ref AWS::Partition", (Symbol("partition"),)),
        ("!Ref AWS::URLSuffix", (Symbol("url-suffix"),)),
        ("!Ref AWS::StackName", (Hole("template.yaml#AWS::StackName", ""),)),
        (
            '!Select [2, !Split ["/", !Ref AWS::StackId]]',
            (Hole("template.yaml#AWS::StackId GUID", ""),),
        ),
        (
            '!Select [1, !Split ["/", !Ref AWS::StackId]]',
            (Hole("template.yaml#AWS::StackName", ""),),
        ),
        ('!Select [4, !Split [":", !Ref AWS::StackId]]', (Symbol("account"),)),
        ("!Ref Vpc", (Hole("template.yaml#Vpc", ""),)),
        ("!GetAtt Vpc.CidrBlock", (Hole("template.yaml#Vpc.CidrBlock", ""),)),
        ("!GetAtt Bucket.WebsiteURL", (Hole("template.yaml#Bucket.WebsiteURL", ""),)),
        ("!Ref Nothing", (Dangling("Nothing", ""),)),
        ("!GetAtt Nothing.Arn", (Dangling("Nothing", ""),)),
        ("!ImportValue core-vpc", (Hole("export#core-vpc", ""),)),
        ("'{{resolve:ssm:/vpc}}'", (Hole("export#SSM parameter /vpc", ""),)),
        ('!Sub "{{resolve:ssm:/${Name}}}-x"', (Hole("export#SSM parameter /logs", ""), Lit("-x"))),
        ('!Sub "${Open}-x"', (Hole("template.yaml#Open", ""), Lit("-x"))),
    ],
)
def test_what_the_deploy_settles_stays_a_piece(
    read_text: ReadText, expression: str, pieces: tuple[object, ...]
) -> None:
    node, _ = _read(read_text, expression)
    assert _pieces(node) == pieces


def test_an_open_parameter_says_how_to_give_it(read_text: ReadText) -> None:
    node, _ = _read(read_text, "!Ref Open")
    assert isinstance(node, Unknown)
    assert (node.why, node.supply) == ("parameter Open has no value", "--parameter Open=VALUE")
    assert node.key == "template.yaml#Open"


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("!FindInMap [Stages, !Ref Open, Days]", "parameter Open has no value"),
        ('!Join [",", !Ref Open]', "parameter Open has no value"),
        ("!Select [0, !GetAZs '']", "the availability zones depend on the account"),
        ('!Select [1, !Split ["-", !Ref AWS::Region]]', "the region that this is deployed to"),
        ("!Select [7, [a]]", "the list has no item 7"),
        ("!Sub ['${A}', {A: [x]}]", "a list or an object cannot be put into a text"),
    ],
)
def test_what_nobody_knows_says_why(read_text: ReadText, expression: str, why: str) -> None:
    node, _ = _read(read_text, expression)
    assert isinstance(node, Unknown)
    assert why in node.why


def test_a_mapping_that_says_the_same_under_every_key_is_known(read_text: ReadText) -> None:
    node, _ = _read(read_text, "!Select [1, !FindInMap [Stages, !Ref Open, Names]]")
    assert _pieces(node) == (Lit("b"),)


def test_split_goes_on_behind_a_piece_that_cannot_hold_the_delimiter(read_text: ReadText) -> None:
    node, _ = _read(read_text, '!Select [4, !Split [":", !Sub "a:b:c:${AWS::Region}:d"]]')
    assert _pieces(node) == (Lit("d"),)


def test_no_value_removes_a_property_and_an_item(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Conditions: {Never: !Equals [a, b]}
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties:
              LogFormat: !If [Never, x, !Ref AWS::NoValue]
              LogGroupName: !Ref "AWS::NoValue"
              Tags:
                - !If [Never, {Key: a, Value: b}, !Ref AWS::NoValue]
                - {Key: c, Value: !If [Never, d, {Ref: AWS::NoValue}]}
        """
    )
    log = stack.declared("Log")
    assert log.attribute("LogFormat") is None
    assert log.attribute("LogGroupName") is None
    assert stack.shown("Log", "Tags") == [{"Key": "c"}]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("!Foo x", "Fn::Foo is no function of CloudFormation"),
        ("{Fn::Bar: x}", "Fn::Bar is no function of CloudFormation"),
        ('!Sub "${a b}"', "is no name for Fn::Sub"),
        ("!Sub [x]", "Fn::Sub takes a text"),
        ("!If [Nope, a, b]", "there is no condition Nope"),
        ("!If [IsLogs, a]", "Fn::If takes a condition's name and two values"),
        ("!FindInMap [Nope, a, b]", "there is no mapping Nope"),
        ("!GetAtt Bucket", "Fn::GetAtt takes a resource and an attribute"),
        ("!Join [a]", "Fn::Join takes two arguments in a list"),
    ],
)
def test_what_cloudformation_refuses_is_a_diagnostic_with_its_place(
    read_text: ReadText, expression: str, message: str
) -> None:
    node, stack = _read(read_text, expression)
    (fault,) = stack.diagnostics
    assert message in fault.message
    assert (fault.span.line, fault.kind) == (HEAD.count("\n") + 1, "syntax")
    match node:
        case Known(value=Text() as words):
            assert words.literal is None
        case _:
            assert isinstance(node, Unknown)
