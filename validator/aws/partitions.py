"""AWS partitions: which regions they hold, and the domain of their services.

<https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>
"""

from __future__ import annotations

_REGIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-isob-": "aws-iso-b",
    "us-iso-": "aws-iso",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
_DOMAINS = {
    "aws": "amazonaws.com",
    "aws-us-gov": "amazonaws.com",
    "aws-cn": "amazonaws.com.cn",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
    "aws-eusc": "amazonaws.eu",
}
PARTITIONS = tuple(_DOMAINS)


def partition_of(region: str) -> str:
    """The partition that a region belongs to."""
    for start, partition in _REGIONS.items():
        if region.startswith(start):
            return partition
    return "aws"


def domain_of(partition: str) -> str | None:
    """The domain of a partition's services; None if it is not known here."""
    return _DOMAINS.get(partition)
