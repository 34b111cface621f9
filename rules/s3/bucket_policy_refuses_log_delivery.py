"""The bucket policy does not let log delivery in.

## Why delivery fails

Log delivery writes to the bucket as the service `delivery.logs.amazonaws.com`, and only the bucket
policy can allow that: `s3:PutObject` on the keys that this flow log writes
(`[FOLDER/]AWSLogs/ACCOUNT/...`, or `AWSLogs/aws-account-id=ACCOUNT/...` with Hive-compatible
prefixes) and `s3:GetBucketAcl` on the bucket. A grant for another account, folder, layout, region
or service does not count.

If the bucket belongs to the same account, AWS appends the missing statements when it creates the
flow log. The template does not hold them, so the next apply or stack update of the policy removes
them again and delivery stops. If AWS may not append (another account's bucket, or a policy with
`NotAction` or `NotPrincipal`), creating the flow log fails.

## How to fix

Write both statements into the bucket policy of the template, and let the flow log depend on it.

## Source

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>,
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html>
"""

from __future__ import annotations

from validator.delivery.words import access_denied, corrected, failing
from validator.findings import Aws, Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(
    id="bucket-policy-refuses-log-delivery",
    name="Bucket policy does not let log delivery in",
    severity=Severity.ERROR,
    predicts="Access Denied for LogDestination",
    when="deploy",
    grade="documented",
)


def check(graph: Graph) -> Findings:
    """Look at every delivery whose bucket policy allows too little."""
    for delivery, need in failing(graph, "bucket-policy", "refuses"):
        denied = access_denied(need.subject)
        action = need.facts["action"]
        keys = need.facts["keys"]
        keys = f" on {keys}*" if keys and action == "s3:PutObject" else ""
        message = f"the policy of bucket {need.subject} does not allow log delivery {action}{keys}"
        if need.why:
            message = f"log delivery may not write to bucket {need.subject}: {need.why}"
        if need.when == "next-apply":
            text = (
                f"{denied} (at once, if the deployer may not change the policy); else AWS adds "
                "its statements, the next apply removes them, and delivery reports: Access error"
            )
            aws = Aws(text, "next-apply")
        else:
            aws = Aws(denied, "deploy")
        yield RULE.finding(
            delivery.flow_log.address,
            need.span,
            message,
            fix=corrected(need) or f"add to the policy:\n{need.facts['fix']}",
            evidence=need.evidence,
            severity=Severity.WARNING if action == "s3:GetBucketAcl" else None,
            aws=aws,
            fault=f"{need.subject} {action}",
            edits=need.edits,
        )
