"""Bucket names, on the edges of <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>."""

from __future__ import annotations

import pytest

from validator.aws.facts import bucket_name_fault

GOOD = [
    "abc",
    "a" * 63,
    "docexamplebucket1",
    "log-delivery-march-2020",
    "my-hosted-content",
    "docexamplewebsite.com",
    "www.docexamplewebsite.com",
    "1.2.3",
    "1.2.3.4.5",
    "a--b",
]
BAD = [
    "ab",
    "a" * 64,
    "doc_example_bucket",
    "DocExampleBucket",
    "doc-example-bucket-",
    "-doc-example",
    "doc..example",
    "192.168.5.4",
    "xn--bucket",
    "sthree-bucket",
    "amzn-s3-demo-bucket",
    "bucket-s3alias",
    "bucket--ol-s3",
    "bucket.mrap",
    "bucket--x-s3",
    "bucket--table-s3",
    "bücher",
    "a b",
    "",
]


@pytest.mark.parametrize("name", GOOD)
def test_names_that_s3_takes(name: str) -> None:
    assert bucket_name_fault(name) is None


@pytest.mark.parametrize("name", BAD)
def test_names_that_s3_refuses(name: str) -> None:
    assert bucket_name_fault(name)
