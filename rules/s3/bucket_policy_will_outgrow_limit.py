"""What AWS adds to the bucket policy for each flow log takes it over the limit.

## Why delivery fails

When a flow log is created whose writes the bucket policy does not allow yet, log delivery adds a
statement for that flow log's folder and account. Past 20 KB (20,480 bytes) it cannot add another
one, and creating the flow log fails. Flow logs that share bucket, folder, account and region add
nothing, and neither does one whose writes are allowed already.

It is an error if the limit is passed even in the shortest form that AWS documents (one more ARN in
a statement), and a warning if it is passed in the form seen today (one more statement).

## How to fix

Grant the whole bucket to log delivery in the template's own policy (`arn:aws:s3:::BUCKET/*`): then
AWS adds nothing.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>,
<https://docs.aws.amazon.com/general/latest/gr/s3.html>
"""

from __future__ import annotations

from validator.aws.facts import BUCKET_POLICY_BYTES
from validator.delivery.words import failing, severity
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-will-outgrow-limit",
    name="AWS's own additions take the bucket policy over 20 KB",
    severity=Severity.ERROR,
    predicts="LogDestinationPermissionIssueException",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at the flow log at which each bucket's policy passes the limit."""
    for delivery, need in failing(graph, "policy-size", "outgrows"):
        size = int(need.facts["bytes"])
        number = need.facts["flow_logs"]
        more = "1 further statement" if number == "1" else f"{number} further statements"
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            f"with {more} AWS grows the policy of bucket {need.subject} "
            f"to about {size:,} bytes, the limit is {BUCKET_POLICY_BYTES:,}",
            fix="allow log delivery s3:PutObject on the whole bucket in the template's own policy",
            evidence=need.evidence,
            severity=severity(need),
            fault=need.subject,
        )
