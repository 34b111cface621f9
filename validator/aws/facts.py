"""Numbers and names that AWS states, each with the page and the month it was read."""

from __future__ import annotations

import re

READ = "2026-09"
"""The month in which the pages behind this package were last read."""

LOG_DELIVERY = "delivery.logs.amazonaws.com"
"""The service that writes flow logs to S3 and Firehose, also in China.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html> (2026-09)
"""

FLOW_LOGS = "vpc-flow-logs.amazonaws.com"
"""The service that assumes the role of a flow log to CloudWatch Logs.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html> (2026-09)
"""

BUCKET_POLICY_BYTES = 20_480
"""The largest bucket policy, 20 KB; not adjustable.

<https://docs.aws.amazon.com/general/latest/gr/s3.html> (2026-09)
"""

BUCKET_POLICY_FACTOR = 0.872
"""AWS normalises a bucket policy before it counts; this part of the minified size is left.

Measured near the limit by the authors of <https://github.com/FogSecurity/aws-size>, not documented.
"""

TRUST_POLICY_CHARACTERS = 2_048
"""The largest trust policy, without white space; can be raised on request.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html> (2026-09)
"""

TRUST_POLICY_CHARACTERS_AT_MOST = 8_192
"""How far the quota for trust policies can be raised (same page)."""

MANAGED_POLICY_CHARACTERS = 6_144
"""The largest managed policy, without white space (same page)."""

INLINE_POLICIES_CHARACTERS = 10_240
"""The sum of a role's inline policies, without white space (same page)."""

KEY_POLICY_BYTES = 32_768
"""The largest key policy.

<https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html> (2026-09)
"""

FLOW_LOGS_OF_ONE_RESOURCE = 250
"""How many flow logs one network interface, subnet, VPC or gateway may have.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html> (2026-09)
"""

_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}", re.ASCII)
_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")


def bucket_characters_fault(part: str) -> str | None:
    """Which characters of a part of a name no bucket's name can have, or None."""
    odd = sorted({c for c in part if not re.fullmatch(r"[a-z0-9.-]", c)})
    return f"a bucket name may not contain {' '.join(odd)}" if odd else None


def bucket_name_fault(name: str) -> str | None:
    """Why no bucket can have this name, or None.

    <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html> (2026-09)
    """
    if not 3 <= len(name) <= 63:
        return f"a bucket name has 3 to 63 characters, this one has {len(name)}"
    if (fault := bucket_characters_fault(name)) is not None:
        return fault
    if not _BUCKET_NAME.fullmatch(name):
        return "a bucket name begins and ends with a letter or a digit"
    if ".." in name:
        return "a bucket name may not contain two dots in a row"
    if _ADDRESS.fullmatch(name):
        return "a bucket name may not look like an IP address"
    for start in _STARTS:
        if name.startswith(start):
            return f"a bucket name may not begin with {start}"
    for end in _ENDS:
        if name.endswith(end):
            return f"a general purpose bucket's name may not end with {end}"
    return None


LOG_GROUP_CLASSES = ("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")
"""What class a log group may have, in capital letters; without one it is the first.

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""For how many days a log group may keep events; without a number it keeps them for good.

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
(2026-09)
"""

ENCRYPTION_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")
"""What a bucket's default encryption may be.

<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html> (2026-09)
"""

_STREAM_NAME = re.compile(r"[A-Za-z0-9_.-]*", re.ASCII)


def stream_name_fault(name: str) -> str | None:
    """Why no delivery stream can have this name, or None.

    <https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html>
    (2026-09)
    """
    return _name_fault("a delivery stream's", name, 64, _STREAM_NAME)


def _name_fault(whose: str, name: str, most: int, allowed: re.Pattern[str]) -> str | None:
    if not 1 <= len(name) <= most:
        return f"{whose} name has 1 to {most} characters, this one has {len(name)}"
    if not allowed.fullmatch(name):
        odd = sorted({c for c in name if not allowed.fullmatch(c)})
        return f"{whose} name may not contain {' '.join(map(repr, odd))}"
    return None


_LOG_GROUP_NAME = re.compile(r"[A-Za-z0-9_/.#-]*", re.ASCII)


def log_group_name_fault(name: str) -> str | None:
    """Why no log group can have this name, or None.

    <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
    (2026-09)
    """
    if (fault := _name_fault("a log group's", name, 512, _LOG_GROUP_NAME)) is not None:
        return fault
    if name.startswith("aws/"):
        return "a log group's name may not begin with aws/"
    return None
