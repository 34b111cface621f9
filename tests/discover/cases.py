"""Small files, and what a look at them finds."""

from __future__ import annotations

from pathlib import Path

from validator.discover import Found, discover, files_for
from validator.globs import Globs

FLOW = 'resource "aws_flow_log" "a" {}\n'
BUCKET = 'resource "aws_s3_bucket" "a" {}\n'
TEMPLATE = "Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n"
OTHER_TEMPLATE = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n"


def look(*paths: str, exclude: tuple[str, ...] = ()) -> Found:
    given = [Path(path) for path in paths]
    return discover(given, files_for(given), (Globs(str(Path.cwd()), exclude),))


def units(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [unit.path for unit in look(*paths, exclude=exclude).units]


def said(*paths: str) -> list[tuple[str, str]]:
    return [(one.span.file, one.message) for one in look(*paths).diagnostics]


def calling(*sources: str) -> str:
    return "".join(f'module "m{n}" {{\n  source = "{one}"\n}}\n' for n, one in enumerate(sources))
