"""A configuration that says everything, and what is asked with one."""

from __future__ import annotations

import pytest

from validator.arguments import parser
from validator.asked import Asked, asked
from validator.config import Options
from validator.configuration import Misconfigured

ID = "111122223333"


def ask(*arguments: str) -> Asked:
    return asked(parser().parse_args(arguments))


def options(*arguments: str) -> Options:
    return ask(*arguments).options


def used(*arguments: str) -> str:
    """The file that is the configuration."""
    configuration = ask(*arguments).configuration
    return "" if configuration is None else configuration.document.name


def wrong(*arguments: str) -> list[str]:
    with pytest.raises(Misconfigured) as raised:
        ask(*arguments)
    return [
        f"{one.span.file}:{one.span.line}:{one.span.column} {one.message}"
        for one in raised.value.diagnostics
    ]


WHOLE = """\
select = ["flow-log-role-missing", "bucket-key-id-not-arn"]
ignore = ["flow-log-duplicate"]
never-ignore = ["bucket-key-id-not-arn"]
require-reason = true
baseline = "known.json"
fail-on = "error"
unknown = "fail"
strict = true
exclude = ["legacy", "live/old/*"]
account = "prod"
region = "eu-west-1"
partition = "aws"
workspace = "blue"
var-files = ["conf/all.tfvars"]
vars = { size = 3, names = ["a", "${b}"], text = "x", on = true, deep = { a = { b = 1.5 } } }
parameter-files = ["conf/all.json"]
parameters = { Size = 3, Names = ["a", "b"], Text = "x", On = true, Part = 1.5 }

[path-ignores]
"sandbox/*" = ["flow-log-role-missing"]

[severity]
flow-log-role-missing = "warning"
flow-log-quota = "off"

[accounts]
prod = "111122223333"
logs = "444455556666"

[[deploy]]
paths = ["live/dev"]
account = "logs"
region = "us-east-1"
partition = "aws"
workspace = "green"
vars.size = 4
var-files = ["conf/dev.tfvars"]
parameters.Size = 4
parameter-files = ["conf/dev.json"]

[[existing]]
bucket = "central"
account = "logs"
"""
