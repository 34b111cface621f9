"""What the AWS managed policies that people attach to flow-log roles allow.

Only statements that bear on CloudWatch Logs are kept; none of these policies denies anything.
<https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html> (2026-09)
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.graph.text import text
from validator.graph.values import Datum, Entry, Fields, Items, Known

ALLOWED_EVERYWHERE: dict[str, tuple[str, ...]] = {
    "AdministratorAccess": ("*",),
    "CloudWatchFullAccess": ("logs:*",),
    "CloudWatchFullAccessV2": ("logs:*",),
    "CloudWatchLogsFullAccess": ("logs:*",),
    "CloudWatchLogsReadOnlyAccess": (
        "logs:Describe*",
        "logs:Get*",
        "logs:List*",
        "logs:StartQuery",
        "logs:StopQuery",
        "logs:TestMetricFilter",
        "logs:FilterLogEvents",
    ),
    "CloudWatchAgentServerPolicy": (
        "logs:PutLogEvents",
        "logs:PutRetentionPolicy",
        "logs:DescribeLogStreams",
        "logs:DescribeLogGroups",
        "logs:CreateLogStream",
        "logs:CreateLogGroup",
    ),
    "service-role/AWSLambdaBasicExecutionRole": (
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ),
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs": (
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
        "logs:GetLogEvents",
        "logs:FilterLogEvents",
    ),
    "AmazonS3FullAccess": (),
    "AmazonS3ReadOnlyAccess": (),
    "AmazonEC2FullAccess": (),
    "AmazonEC2ReadOnlyAccess": (),
    "AmazonVPCFullAccess": (),
    "AmazonSSMManagedInstanceCore": (),
}
"""By name and path: the actions allowed on `*`."""


def allowing(actions: tuple[str, ...], span: Span) -> Known[Datum]:
    """The document of such a policy, as if it stood where the policy is attached."""

    def known(value: Datum) -> Known[Datum]:
        return Known(value, span)

    def entry(key: str, value: Datum) -> Entry:
        return Entry(text(key, span), known(value), span)

    statement = Fields(
        (
            entry("Effect", text("Allow", span)),
            entry("Action", Items(tuple(known(text(action, span)) for action in actions))),
            entry("Resource", text("*", span)),
        )
    )
    return known(
        Fields((entry("Version", text("2012-10-17", span)), entry("Statement", statement)))
    )
