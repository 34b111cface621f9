"""A report made by hand, so that reporters are tested without readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from validator.findings import Aws, Diagnostic, Evidence, Finding, Ignored, Severity
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Hop, Verdict
from validator.report import Style, sarif
from validator.reports import Counts, Report

FLOW = """\
resource "aws_flow_log" "main" {
  log_destination_type = "s3"

  log_destination      = aws_s3_bucket.logs.arn
}"""
BUCKET = """\
resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  rule {
    kms_master_key_id = aws_kms_key.logs.key_id # here
  }
}"""


@pytest.fixture
def report() -> Report:
    sources = {"infra/flow.tf": FLOW, "infra/bucket.tf": BUCKET}
    key = Span("infra/bucket.tf", 3, 25, 3, 48)
    flow = Span("infra/flow.tf", 1, 1, 5, 2)
    main = "infra#aws_flow_log.main"
    acme = Span("infra/bucket.tf", 1, 1, 5, 2)
    why = "this is the ID of aws_kms_key.logs"
    way = (
        Hop("source", "VPC", "aws_vpc.main", flow, "VPC infra#aws_vpc.main.id"),
        Hop("destination", "bucket", "acme", acme, "infra#aws_s3_bucket.logs"),
        Hop("policy", "bucket policy", "written by AWS", acme, "infra#aws_s3_bucket.logs#policy"),
        Hop("key", "key", "aws_kms_key.logs", key, "infra#aws_kms_key.logs", "bad", why),
    )
    finding = Finding(
        rule="bucket-key-id-not-arn",
        severity=Severity.ERROR,
        message="the bucket's default key is a key ID",
        address=main,
        span=key,
        aws=Aws("LogDestination acme is undeliverable", "delivery"),
        fix="kms_master_key_id = aws_kms_key.logs.arn",
        evidence=(
            Evidence(key, "gives an ID; delivery needs the ARN"),
            Evidence(Span("infra/flow.tf", 4, 26, 4, 48), "this flow log writes here"),
            Evidence(Span("infra/flow.tf", 2, 26, 2, 30), "as objects in S3"),
        ),
        when=("IsProd is true",),
    )
    ignored = Finding(
        rule="flow-log-bucket-missing",
        severity=Severity.WARNING,
        message="nothing in these files creates bucket other",
        address="infra#aws_flow_log.other",
        span=Span("infra/flow.tf", 4, 3, 4, 18),
        ignored=Ignored(
            "another team's", "2030-01-31", "comment", Span("infra/flow.tf", 4, 50, 4, 60)
        ),
    )
    return Report(
        deliveries=(
            Delivered(main, flow, "s3", "acme", Verdict.WILL_FAIL, path=way),
            Delivered("infra#aws_flow_log.other", flow, "s3", "other", Verdict.MAY_FAIL),
            Delivered(
                'infra#module.a.aws_flow_log.b["x"]',
                flow,
                "unknown",
                "${var.where}",
                Verdict.CANNOT_TELL,
                (Open("variable where has no value", "--var where=VALUE", flow),),
            ),
            Delivered(
                "flow.yaml#Log",
                Span("flow.yaml", 7, 3, 7, 6),
                "s3",
                "b",
                Verdict.WILL_WORK,
                alias="Net/Vpc/Log",
            ),
        ),
        findings=(finding, ignored),
        diagnostics=(Diagnostic(Span("broken.tf", 4, 2, 4, 3), "a { is not closed", "syntax"),),
        counts=Counts(5, 2, 1),
        sources={name: tuple(text.split("\n")) for name, text in sources.items()},
    )


Contract = Callable[[str, str], Any]
Log = Callable[..., Any]


@pytest.fixture
def log(contract: Contract) -> Log:
    """A report as a log that keeps every rule."""

    def rendered(report: Report, **style: Any) -> Any:
        return contract("sarif", sarif.render(report, Style(**style)))

    return rendered
