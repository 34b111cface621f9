"""Two policies of one bucket, of which one exists only if something unknown says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.delivery.bucket_templates import (
    BUCKET,
    Tree,
    allow,
    deny,
    document,
    reported,
    template,
    terraform,
)
from validator.outcomes import Verdict

GOOD = document(allow())
DENIES = document(allow(), deny())
OTHER = document(allow(Resource=f"{BUCKET}/private/*"))

RIVAL = """
variable "strict" {{
  type = bool
}}
resource "aws_s3_bucket_policy" "rival" {{
  count  = var.strict ? 1 : 0
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({document})
}}
"""


@pytest.mark.parametrize(
    ("sure", "rival", "verdict"),
    [
        (GOOD, GOOD, Verdict.WILL_WORK),
        # The last one that is written is the one that counts.
        (GOOD, DENIES, Verdict.CANNOT_TELL),
        (GOOD, OTHER, Verdict.CANNOT_TELL),
        (DENIES, GOOD, Verdict.MAY_FAIL),
        (DENIES, DENIES, Verdict.WILL_FAIL),
    ],
)
def test_a_policy_that_may_take_the_place_of_another(
    tree: Tree, sure: Any, rival: Any, verdict: Verdict
) -> None:
    name, text = terraform(sure)
    [delivery] = reported(tree, name, text + RIVAL.format(document=json.dumps(rival))).deliveries
    assert delivery.verdict is verdict
    if verdict is Verdict.CANNOT_TELL:
        assert [(fact.fact, fact.supply) for fact in delivery.open] == [
            ("variable strict has no value", "--var strict=VALUE")
        ]


@pytest.mark.parametrize(
    ("rival", "verdict"), [(DENIES, Verdict.MAY_FAIL), (OTHER, Verdict.MAY_FAIL)]
)
def test_in_a_stack_each_case_is_judged(tree: Tree, rival: Any, verdict: Verdict) -> None:
    name, text = template(GOOD)
    whole = json.loads(text)
    whole["Parameters"] = {"Strict": {"Type": "String"}}
    whole["Conditions"] = {"IsStrict": {"Fn::Equals": [{"Ref": "Strict"}, "yes"]}}
    whole["Resources"]["Rival"] = {
        "Type": "AWS::S3::BucketPolicy",
        "Condition": "IsStrict",
        "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": rival},
    }
    [delivery] = reported(tree, name, json.dumps(whole)).deliveries
    assert delivery.verdict is verdict
