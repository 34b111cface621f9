"""Which partition a delivery is for, where neither region nor settings say it.

Only what is written can tell it: literal ARNs, each text and each document with one vote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from tests.delivery.partition_templates import ACCOUNT, CN, GOV, KEY_ID, LANGUAGES, MAKE, Words
from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

if TYPE_CHECKING:
    from tests.conftest import Tree

PLACES = {
    "bucket": ("destination", "objects", "acl", "source", "key"),
    "group": ("destination", "role", "trust", "resource", "context", "root"),
}
USABLE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": name}, "Action": "kms:*", "Resource": "*"}
        for name in ("delivery.logs.amazonaws.com", "logs.cn-north-1.amazonaws.com")
    ],
}


def judged(
    tree: Tree, language: str, to: str, written: Mapping[str, str], settings: Settings
) -> Report:
    """The report of one delivery; the key that an ARN names exists elsewhere."""
    key = f"arn:{written.get('key', 'aws')}:kms:cn-north-1:{ACCOUNT}:key/{KEY_ID}"
    top = tree(
        {
            language: json.dumps(MAKE[to](Words(language, written))),
            "key.json": json.dumps(USABLE),
            "existing.toml": f'[[existing]]\nkey = "{key}"\npolicy = "key.json"\n',
        }
    )
    report = run([top], Options(settings, existing=("existing.toml",)), working=top)
    assert report.diagnostics == ()
    return report


def blamed(report: Report) -> list[tuple[str, str]]:
    """The rule of each finding, and its words that speak of a partition."""
    found: list[tuple[str, str]] = []
    for one in report.findings:
        said = [one.message, *(hop.note for hop in one.evidence)]
        found.append((one.rule, " ".join(words for words in said if "partition" in words)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partition", [CN, GOV, "aws"])
@pytest.mark.parametrize(("to", "place"), [(to, one) for to in PLACES for one in PLACES[to]])
def test_one_place_alone_tells_the_partition(
    tree: Tree, language: str, to: str, place: str, partition: str
) -> None:
    report = judged(tree, language, to, {place: partition}, Settings(account=ACCOUNT))
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partition", [CN, GOV])
@pytest.mark.parametrize("to", PLACES)
def test_all_places_tell_one_partition(tree: Tree, language: str, to: str, partition: str) -> None:
    written = dict.fromkeys(PLACES[to], partition)
    report = judged(tree, language, to, written, Settings(account=ACCOUNT))
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


BUCKET = "bucket-policy-refuses-log-delivery"
MALFORMED = "flow-log-destination-malformed"
KEY = "key-cannot-encrypt-logs"
GROUP_KEY = "log-group-key-refuses-cloudwatch-logs"
TRUST = "role-lacks-flow-logs-trust"
WRITE = "role-may-not-write-logs"
REST_CN = "partition aws, the rest of this delivery is of aws-cn"
REST_AWS = "partition aws-cn, the rest of this delivery is of aws"
NOT_CN, NOT_AWS = "in partition aws, not aws-cn", "in partition aws-cn, not aws"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("to", "written", "rule", "words"),
    [
        # Two statements of one document: one vote each, and nobody writes aws-cn by mistake.
        ("bucket", {"objects": CN, "acl": "aws"}, BUCKET, NOT_CN),
        ("bucket", {"objects": "aws", "acl": CN}, BUCKET, NOT_CN),
        ("bucket", {"objects": CN, "source": "aws"}, BUCKET, NOT_CN),
        # A literal destination against the policy, one vote each.
        ("bucket", {"destination": "aws", "objects": CN}, MALFORMED, REST_CN),
        ("bucket", {"destination": CN, "objects": "aws"}, BUCKET, NOT_CN),
        # The key votes as well.
        ("bucket", {"key": CN, "source": "aws"}, BUCKET, NOT_CN),
        ("bucket", {"key": "aws", "objects": CN}, KEY, REST_CN),
        ("bucket", {"key": CN, "objects": "aws", "destination": "aws"}, KEY, REST_AWS),
        ("bucket", {"destination": CN, "objects": "aws", "key": "aws"}, MALFORMED, REST_AWS),
        # The documents of a role and of the log group's key, one vote each.
        ("group", {"trust": CN, "resource": "aws"}, WRITE, NOT_CN),
        ("group", {"trust": "aws", "resource": CN}, TRUST, NOT_CN),
        ("group", {"context": CN, "resource": "aws"}, WRITE, NOT_CN),
        ("group", {"context": "aws", "resource": CN}, GROUP_KEY, NOT_CN),
        ("group", {"context": CN, "trust": "aws", "resource": "aws"}, GROUP_KEY, NOT_AWS),
        ("group", {"trust": CN, "context": "aws", "resource": "aws"}, TRUST, NOT_AWS),
        ("group", {"group-key": "aws", "resource": CN}, KEY, REST_CN),
        ("group", {"destination": "aws", "trust": CN}, MALFORMED, REST_CN),
        ("group", {"role": "aws", "trust": CN}, "flow-log-role-malformed", REST_CN),
        (
            "group",
            {"role": CN, "trust": "aws", "resource": "aws"},
            "flow-log-role-malformed",
            REST_AWS,
        ),
        ("stream", {"destination": "aws", "cross": CN, "resource": CN}, MALFORMED, REST_CN),
        (
            "stream",
            {"destination": CN, "cross": CN, "resource": "aws"},
            "cross-account-role-lacks-permission",
            NOT_CN,
        ),
        (
            "stream",
            {"destination": CN, "cross": "aws", "resource": CN},
            "flow-log-role-malformed",
            REST_CN,
        ),
    ],
)
def test_the_fewer_are_blamed_and_aws_where_they_are_even(
    tree: Tree, language: str, to: str, written: dict[str, str], rule: str, words: str
) -> None:
    report = judged(tree, language, to, written, Settings(account=ACCOUNT))
    [(found, said)] = blamed(report)
    assert (found, words) == (rule, words if words in said else said)
    # AWS adds to a bucket's policy what it lacks, and the next apply takes it away.
    verdict = Verdict.MAY_FAIL if rule == BUCKET else Verdict.WILL_FAIL
    assert [one.verdict for one in report.deliveries] == [verdict]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "settings",
    [
        Settings(account=ACCOUNT, region="cn-north-1"),
        Settings(account=ACCOUNT, partition=CN),
        Settings(account=ACCOUNT, region="cn-north-1", partition=CN),
    ],
)
@pytest.mark.parametrize(
    ("to", "place", "rule"),
    [("bucket", "objects", BUCKET), ("bucket", "source", BUCKET), ("group", "resource", WRITE)],
)
def test_what_is_given_outweighs_every_vote(
    tree: Tree, language: str, to: str, place: str, rule: str, settings: Settings
) -> None:
    report = judged(tree, language, to, {place: "aws"}, settings)
    [(found, said)] = blamed(report)
    assert (found, NOT_CN in said) == (rule, True)
    assert judged(tree, language, to, {place: CN}, settings).findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_arn_of_another_partition_than_the_one_given(tree: Tree, language: str) -> None:
    settings = Settings(account=ACCOUNT, region="cn-north-1")
    for to, place, rule in (
        ("bucket", "destination", MALFORMED),
        ("bucket", "key", KEY),
        ("group", "group-key", KEY),
        ("group", "role", "flow-log-role-malformed"),
    ):
        report = judged(tree, language, to, {place: "aws"}, settings)
        [(found, said)] = blamed(report)
        assert found == rule
        assert "partition aws, this is deployed to aws-cn" in said
