"""What counts as a CloudFormation template, by content alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from validator.readers.cloudformation.sniff import looks_like_template, mentions, nested_templates

TEMPLATES = {
    "yaml": b"Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n",
    "yaml crlf": b"Resources:\r\n  A:\r\n    Type: AWS::X::Y\r\n",
    "yaml bom": b"\xef\xbb\xbfResources:\n  Log:\n    Type: AWS::EC2::FlowLog\n",
    "indented": b"# indented\n\n  Resources:\n    Log:\n      Type: 'AWS::EC2::FlowLog'\n",
    "document start": b"---\nResources:\n  Log: {Type: AWS::EC2::FlowLog}\n",
    "comment and directive": b"%YAML 1.1\n# x\n--- # y\nResources:\n A: {Type: AWS::A::B}\n",
    "quoted": b'"Resources":\n  \'Log\':\n    "Type": "AWS::EC2::FlowLog"\n',
    "json": b'{\n  "Resources": {\n    "Log": {"Type": "AWS::EC2::FlowLog"}\n  }\n}\n',
    "minified": b'{"Description":"x","Resources":{"Log":{"Type":"AWS::EC2::FlowLog"}}}',
    "tabs": b'{\t"Resources":\t{"Topic": {"Type":\t"AWS::SNS::Topic"}}}',
    "flow style": b"{Resources: {Log: {Type: AWS::EC2::FlowLog}}}",
    "flow style with comments": b"# x\n{\n# y: {\n'Resources': # z\n{A: {Type: AWS::A::B}}}",
    "flow style document": b"---\n{Resources: {Log: {Type: AWS::EC2::FlowLog}}}\n",
    "macro only": b"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: []\n",
    "broken below": b"Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n   Properties:\n  x: [\n",
    "broken json": b'{"Resources": {"Log": {"Type": "AWS::EC2::FlowLog",,}}}',
    "json behind others": b'{"A": [{"x": "{\\"}"}, 1], "Resources" : {"L": {"Type": "AWS::A::B"}}}',
    "json written twice": b'{"Resources": [], "Resources": {"L": {"Type": "AWS::A::B"}}}',
    "deep json": b'{"Resources": {"L": {"Type": "AWS::A::B", "P": ' + b"[" * 100_000,
}

OTHERS = {
    "empty": b"",
    "serverless": b"service: x\nresources:\n  Resources:\n    B:\n      Type: AWS::S3::Bucket\n",
    "kubernetes": b"kind: Deployment\nspec:\n  Resources:\n    limits: {}\n",
    "prose": b"Resources: see the wiki\n",
    "config rule": b'{"resourceType": "AWS::S3::Bucket", "Resources": []}',
    "terraform": b'{"resource": {"aws_x": {"y": {"body": "{\\"Resources\\": {}}"}}}}',
    "json written last": b'{"Resources": {"L": {"Type": "AWS::A::B"}}, "Resources": []}',
    "json escaped last": b'{"Resources": {"L": {"Type": "AWS::A::B"}}, "\\u0052esources": []}',
    "json inside": b'{"A": {"Resources": {"L": {"Type": "AWS::A::B"}}}}',
    "json inside a list": b'{"A": [{"b": 1}, {"Resources": {"L": {"Type": "AWS::A::B"}}}]}',
    "json in a comment": b'{\n# , "Resources": {\n"Type": "AWS::A::B"}',
    "list": b'[{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}]',
    "yaml list": b"---\n- name: a\n  Resources:\n    A: {Type: AWS::S3::Bucket}\n",
    "list in the margin": b"- a\nResources:\n  A: {Type: AWS::S3::Bucket}\n",
    "nested": b'{"tree": {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}}',
    "binary": b"\x00\x01Resources\x00Type: AWS::",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_recognised(name: str) -> None:
    assert looks_like_template(TEMPLATES[name])


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_not_templates(name: str) -> None:
    assert not looks_like_template(OTHERS[name])


def test_mentions_looks_for_any_of_the_types() -> None:
    assert mentions(TEMPLATES["minified"], ("AWS::S3::Bucket", "AWS::EC2::FlowLog"))
    assert not mentions(TEMPLATES["tabs"], ("AWS::S3::Bucket", "AWS::EC2::FlowLog"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"      TemplateURL: stacks/network.yaml\n", ("stacks/network.yaml",)),
        (b"      TemplateURL: ./a.yml # why\r\n      TemplateURL: './a.yml'\n", ("./a.yml",)),
        (b'{"TemplateURL":"../b.template"}', ("../b.template",)),
        (
            b'"Metadata": {"aws:asset:path": "C.nested.template.json", "x": 1}',
            ("C.nested.template.json",),
        ),
        (b"Properties: {Location: app.json}", ("app.json",)),
        (b"TemplateURL: https://s3.amazonaws.com/x/y.yaml\n", ()),
        (b"TemplateURL: !Sub x-${AWS::Region}.yaml\n", ()),
        (b"TemplateURL: !Ref Url\n", ()),
        (b"TemplateURL: /absolute.yaml\n", ()),
        (b"Location: Berlin\n", ()),
        (b"TemplateURL: " + b"a" * 200_000 + b"\n", ()),
    ],
)
def test_nested_templates_are_found_where_they_are_local(
    written: bytes, expected: tuple[str, ...]
) -> None:
    assert nested_templates(written) == expected


def test_sniffing_imports_no_yaml() -> None:
    code = "import sys, validator.readers.cloudformation.sniff; print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
