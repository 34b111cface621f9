"""Twice as much in one file is twice the work: counted in lines of code that run, not in seconds.

Loops over what was written are seen in this way, which calls of functions do not show.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from validator.arguments import parser
from validator.asked import asked
from validator.delivery import lookup
from validator.engine import run

Written = Mapping[str, str]


def flow_log(destination: object, **more: object) -> dict[str, Any]:
    properties = {
        "ResourceId": "vpc-0123456789abcdef0",
        "ResourceType": "VPC",
        "TrafficType": "ALL",
        "LogDestinationType": "s3",
        "LogDestination": destination,
    }
    return {"Type": "AWS::EC2::FlowLog", **more, "Properties": properties}


def stack(**sections: object) -> Written:
    return {"stack.json": json.dumps(sections)}


def ignore(reason: int) -> dict[str, Any]:
    return {
        "predeploy": {"ignore": [{"rule": "flow-log-bucket-missing", "reason": f"r{reason}"}] * 2}
    }


def missing(size: int) -> dict[str, Any]:
    return {f"L{n}": flow_log(f"arn:aws:s3:::acme-{n}") for n in range(size)}


def aliases(size: int) -> Written:
    """Each flow log has a provider of its own."""
    text = "".join(
        f"""
provider "aws" {{
  alias  = "a{n}"
  region = "eu-west-1"
}}
resource "aws_flow_log" "l{n}" {{
  provider             = aws.a{n}
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}}
"""
        for n in range(3 * size)
    )
    return {"main.tf": text}


def names_of_sub(size: int) -> Written:
    """A text with many names of its own."""
    names = {f"v{n}": "x" for n in range(10 * size)}
    text = "".join(f"${{{name}}}" for name in names)
    return stack(Resources={"L": flow_log({"Fn::Sub": [text, names]})})


def open_keys_of_a_mapping(size: int) -> Written:
    """Each flow log looks up a key that is open."""
    keys = {f"eu-west-{n}": {"arn": "arn:aws:s3:::acme"} for n in range(size)}
    found = {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "arn"]}
    return stack(Mappings={"M": keys}, Resources={f"L{n}": flow_log(found) for n in range(size)})


def ignores_of_all(size: int) -> Written:
    """Every ignore speaks for every finding."""
    several = [one for n in range(size) for one in ignore(n)["predeploy"]["ignore"]]
    return stack(Metadata={"predeploy": {"ignore": several}}, Resources=missing(size))


def comments_for_all(size: int) -> Written:
    """Every comment speaks for every finding."""
    comment = "# predeploy: ignore[flow-log-bucket-missing] why\n"
    resources = "".join(f"  {name}: {json.dumps(one)}\n" for name, one in missing(size).items())
    return {"stack.yaml": f"{comment * size}Resources:\n{resources}"}


def ignores_that_nothing_needs(size: int) -> Written:
    """Each flow log works, and has an ignore."""
    bucket = {"Fn::GetAtt": ["Bucket", "Arn"]}
    logs = {f"L{n}": flow_log(bucket, Metadata=ignore(n)) for n in range(3 * size)}
    return stack(Resources={"Bucket": {"Type": "AWS::S3::Bucket"}, **logs})


def ignored_folders(size: int) -> Written:
    """Each finding may lie in each of many folders."""
    patterns = "".join(f'"old{n}/**" = ["flow-log-bucket-missing"]\n' for n in range(size))
    return {**stack(Resources=missing(size)), "predeploy.toml": f"[path-ignores]\n{patterns}"}


def lines(folder: Path, written: Written) -> int:
    """How many lines run while a folder is judged."""
    folder.mkdir()
    (folder / ".git").mkdir()
    for name, text in written.items():
        (folder / name).write_text(text)
    os.chdir(folder)
    options = asked(parser().parse_args([])).options
    count = 0

    def traced(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        run([Path()], options)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "write",
    [
        *(aliases, names_of_sub, open_keys_of_a_mapping, ignores_of_all),
        *(comments_for_all, ignores_that_nothing_needs, ignored_folders),
    ],
    ids=lambda write: write.__name__,
)
def test_twice_as_much_is_twice_the_work(
    write: Callable[[int], Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # What was perhaps meant is only looked for among so many names.
    monkeypatch.setattr(lookup, "MAX_COMPARED", 0)
    lines(tmp_path / "warm", write(2))
    one, two, four = (lines(tmp_path / f"n{size}", write(size)) for size in (20, 40, 80))
    assert four - two <= 2.15 * (two - one)
