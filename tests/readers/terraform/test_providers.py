"""Which account, region and partition a resource is deployed to."""

from __future__ import annotations

from typing import Any

import pytest

from validator.graph.text import Symbol, Text
from validator.readers import Settings

B = 'resource "aws_s3_bucket" "b" {\n  provider = %s\n}\n'


def place(reading: Any, text: str, name: str = "aws_s3_bucket.b", **files: str) -> list[str]:
    read = reading({"main.tf": text, **{f"{key}/main.tf": one for key, one in files.items()}})
    found = read.by_name[name].place
    return [str(one) for one in (found.account, found.region, found.partition)]


def scope(reading: Any, text: str) -> str:
    read = reading(text)
    (piece,) = read.by_name["aws_s3_bucket.b"].place.account.pieces
    assert isinstance(piece, Symbol)
    return piece.scope


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('resource "aws_s3_bucket" "b" {}\n', ["${account}", "${region}", "${partition}"]),
        (
            'provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_s3_bucket" "b" {}\n',
            ["${account}", "eu-west-1", "aws"],
        ),
        (
            'provider "aws" {\n  region = "cn-north-1"\n}\nresource "aws_s3_bucket" "b" {}\n',
            ["${account}", "cn-north-1", "aws-cn"],
        ),
        (
            'variable "r" {\n  default = "us-gov-west-1"\n}\n'
            'provider "aws" {\n  region = var.r\n}\n'
            'resource "aws_s3_bucket" "b" {}\n',
            ["${account}", "us-gov-west-1", "aws-us-gov"],
        ),
        (
            'provider "aws" {\n  region = "eu-west-1"\n  alias = "x"\n}\n' + B % "aws.x",
            ["${account}", "eu-west-1", "aws"],
        ),
        (
            'provider "aws" {\n  region = "eu-west-1"\n}\n'
            'resource "aws_s3_bucket" "b" {\n  region = "us-east-2"\n}\n',
            ["${account}", "us-east-2", "aws"],
        ),
        (
            'provider "aws" {\n  alias = "x"\n  assume_role {\n'
            '    role_arn = "arn:aws:iam::111111111111:role/deploy"\n  }\n}\n' + B % "aws.x",
            ["111111111111", "${region}", "${partition}"],
        ),
        (
            'provider "aws" {\n  allowed_account_ids = ["222222222222"]\n}\n'
            'resource "aws_s3_bucket" "b" {}\n',
            ["222222222222", "${region}", "${partition}"],
        ),
    ],
)
def test_place(text: str, expected: list[str], reading: Any) -> None:
    assert place(reading, text) == expected


def test_the_same_credentials_are_the_same_account(reading: Any) -> None:
    assert scope(reading, 'provider "aws" {\n  profile = "p"\n}\n' + B % "aws") == ""
    alias = 'provider "aws" {\n  alias = "x"\n  region = "eu-west-1"\n}\n'
    assert scope(reading, alias + B % "aws.x") == ""
    both = 'provider "aws" {\n  profile = "p"\n}\n'
    both += 'provider "aws" {\n  alias = "x"\n  profile = "p"\n}\n'
    assert scope(reading, both + B % "aws.x") == ""


def test_other_credentials_may_be_another_account(reading: Any) -> None:
    profile = 'provider "aws" {\n  alias = "x"\n  profile = "other"\n}\n'
    assert scope(reading, profile + B % "aws.x") == "provider.aws.x"
    role = 'variable "r" {}\nprovider "aws" {\n  alias = "x"\n'
    role += "  assume_role {\n    role_arn = var.r\n  }\n}\n"
    assert scope(reading, role + B % "aws.x") == "provider.aws.x"
    assert scope(reading, B % "aws.nobody") == "provider.aws.nobody"


def test_modules_take_their_callers_providers(reading: Any) -> None:
    providers = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
    providers += 'provider "aws" {\n  alias = "x"\n  region = "us-east-1"\n}\n'
    inner = 'resource "aws_s3_bucket" "b" {}\n' + B.replace('"b"', '"c"') % "aws.peer"
    call = 'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.x\n    aws.peer = aws\n'
    call += "  }\n}\n"
    name = "module.m.aws_s3_bucket"
    assert place(reading, providers + call, f"{name}.b", m=inner)[1] == "us-east-1"
    assert place(reading, providers + call, f"{name}.c", m=inner)[1] == "eu-west-1"
    plain = 'module "m" {\n  source = "./m"\n}\n'
    assert place(reading, providers + plain, f"{name}.b", m=inner)[1] == "eu-west-1"


def test_caller_identity_of_another_provider_is_another_account(reading: Any) -> None:
    text = 'provider "aws" {\n  alias = "x"\n  profile = "other"\n}\n'
    text += 'data "aws_caller_identity" "x" {\n  provider = aws.x\n}\n'
    text += 'resource "aws_s3_bucket" "b" {\n  bucket = data.aws_caller_identity.x.account_id\n}\n'
    node = reading(text).node("aws_s3_bucket.b", "bucket")
    assert node.value == Text((Symbol("account", "provider.aws.x"),))


def test_a_provider_chosen_by_an_expression_may_be_any(reading: Any) -> None:
    text = 'provider "aws" {\n  region = "eu-west-1"\n}\n' + B % 'aws.by["x"]'
    assert place(reading, text) == ["${account}", "${region}", "${partition}"]
    assert scope(reading, text) == 'provider.aws.aws.by["x"]'
    inner = 'resource "aws_s3_bucket" "b" {}\n'
    text = 'provider "aws" {\n  region = "eu-west-1"\n}\nmodule "m" {\n  source = "./m"\n'
    text += '  providers = {\n    aws = aws.by["x"]\n  }\n}\n'
    assert place(reading, text, "module.m.aws_s3_bucket.b", m=inner)[1] == "${region}"


def test_what_is_supplied_settles_the_default_provider_only(reading: Any) -> None:
    text = 'variable "r" {}\nprovider "aws" {\n  region = var.r\n}\n'
    text += 'provider "aws" {\n  alias = "x"\n  profile = "other"\n}\n'
    text += 'resource "aws_s3_bucket" "b" {}\n' + B.replace('"b"', '"c"') % "aws.x"
    read = reading(text, Settings(account="111111111111", region="eu-west-1"))
    default = read.by_name["aws_s3_bucket.b"].place
    other = read.by_name["aws_s3_bucket.c"].place
    assert (default.account.literal, default.region.literal) == ("111111111111", "eu-west-1")
    assert (other.account.literal, other.region.literal) == (None, None)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ('profile = "audit"', 'profile = "audit"', True),
        ('profile = "audit"', 'profile = "prod"', False),
        ('profile = "audit"', "", False),
        ("profile = var.one", "profile = var.one", True),
        ("profile = var.one", "profile = var.other", False),
    ],
)
def test_aliases_that_take_the_same_credentials_share_an_account(
    reading: Any, first: str, second: str, same: bool
) -> None:
    """Also where the root module configures no default one."""
    text = f"""
provider "aws" {{
  alias  = "use1"
  region = "us-east-1"
  {first}
}}
provider "aws" {{
  alias  = "sae1"
  region = "sa-east-1"
  {second}
}}
variable "one" {{}}
variable "other" {{}}
resource "aws_s3_bucket" "a" {{
  provider = aws.use1
}}
resource "aws_s3_bucket" "b" {{
  provider = aws.sae1
}}
"""
    read = reading(text)
    a, b = (read.by_name[f"aws_s3_bucket.{name}"].place for name in "ab")
    assert (a.account == b.account) is same
    assert (str(a.region), str(b.region)) == ("us-east-1", "sa-east-1")
