"""What people and the AWS command line tell beside templates, to begin from."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json

GRANT = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"Service": "delivery.logs.amazonaws.com"},
  "Action": ["s3:PutObject", "s3:GetBucketAcl"],
  "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
  "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}]}
"""

EXISTING = (
    """# what is there
[[existing]]
bucket = "acme-logs"
account = "111122223333"
policy = "policy.json"
encryption = "AES256"

[[existing]]
bucket = "arn:aws:s3:::other-logs"
policy = "none"
kms-key = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
""",
    """[[existing]]
key = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
policy = "policy.json"

[[existing]]
role = "arn:aws:iam::111122223333:role/svc/flow"
trust = "policy.json"
policies = ["policy.json", "policy.json"]

[[existing]]
log-group = "/vpc"
region = "eu-west-1"
kms-key = "none"

[[existing]]
stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow"
tags = { LogDeliveryEnabled = "true" }
""",
    """[[existing]]
role = "flow"
trust = "role.json"
policies = []
attached = ["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"]
boundary = "none"

[[existing]]
roles = "role.json"

[[existing]]
log-groups = "print.json"

[[existing]]
flow-logs = "print.json"
account = "111122223333"
region = "eu-west-1"
created-elsewhere = true

[[existing]]
stream = "flow"
source = "print.json"
tags = "print.json"

[[existing]]
bucket = "acme-logs"
policy = "print.json"
encryption = "print.json"

[[existing]]
organization = "o-a1b2c3d4e5"
accounts = ["111122223333"]
path = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"
""",
)

TOLD = (
    *("none", "policy.json", "print.json", "role.json", "known.json", "nowhere.json", "e.toml"),
    *("AES256", "aws:kms", "aws:kms:dsse", "DirectPut", "KinesisStreamAsSource", "MSKAsSource"),
    *("111122223333", "edge", "eu-west-1", "cn-north-1", "aws-cn", "acme-logs", "alias/x", "flow"),
    *("arn:aws:iam::111122223333:role/svc/flow", "arn:aws:s3:::acme-logs", "/vpc", "o-a1b2c3d4e5"),
    *("arn:aws:iam::aws:policy/CloudWatchLogsFullAccess", "arn:aws:iam::111122223333:policy/p"),
    *(
        "error",
        "warning",
        "info",
        "off",
        "never",
        "report",
        "fail",
        "ignore",
        "all",
        "*",
        "**/*.tf",
    ),
    *(
        "flow-log-bucket-missing",
        "bucket-policy-refuses-log-delivery",
        "flow-log-quota",
        "malformed-ignore",
    ),
)
"""What tables may well say."""

IGNORES = (
    "# predeploy: ignore[flow-log-bucket-missing] the platform team creates this bucket",
    "// predeploy:ignore[flow-log-bucket-missing, bucket-policy-refuses-log-delivery]",
    "/* predeploy: ignore[role-may-not-write-logs] until 2030-01-01 */",
    "# predeploy: ignore[] # predeploy: ignore[*] # predeploy: ignore[a[b]] x",
    "# predeploy: ignore[flow-log-bucket-missing] until=2030-12-31: -- why",
    "# predeploy: ignore[flow-log-bucket-missing] until=2020-02-29 # tfsec:ignore:x",
    "# predeploy: ignore[flow-log-bucket-mising,unused-ignore, malformed-ignore] until=2030-02-30",
    "# predeploy: ignroe[flow-log-bucket-missing] # predeploy: ignore flow-log-bucket-missing",
    "/* predeploy: ignore[flow-log-destination-missing]\n * predeploy: ignore[cannot-tell] x\n */",
)

METADATA = tuple(
    json.dumps(one, indent=1)
    for one in (
        {
            "predeploy": {
                "ignore": [
                    {"rule": "flow-log-bucket-missing", "reason": "why", "until": "2030-12-31"},
                    {"rule": ["flow-log-quota", "flow-log-bucket-mising"], "until": "2020-01-01"},
                ]
            },
            "//": [
                "predeploy: ignore[flow-log-bucket-missing] the platform team creates this bucket",
                "predeploy: ignore[flow-log-quota] until=2030-12-31",
            ],
        },
        {"predeploy": {}, "//": "predeploy: ignore[unused-ignore, E3012] # x"},
        {"predeploy": {"ignores": [], "ignore": "x"}, "//": "predeploy: ignore x"},
    )
)
"""`Metadata` of a resource or template, and `//` of Terraform's JSON, in one."""

NAMING = """[[existing]]
role = "arn:aws:iam::111122223333:role/svc/flow"
trust = "print.json"
policies = ["print.json"]
attached = "print.json"
boundary = "print.json"
[[existing]]
roles = "print.json"
[[existing]]
log-groups = "print.json"
[[existing]]
flow-logs = "print.json"
[[existing]]
stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow"
source = "print.json"
tags = "print.json"
[[existing]]
bucket = "acme-logs"
policy = "print.json"
encryption = "print.json"
[[existing]]
key = "11111111-2222-3333-4444-555555555555"
policy = "print.json"
"""
"""Every table with every file that it may name, all of them the same one."""

_ROLE = "arn:aws:iam::111122223333:role/svc/flow"
_DOCUMENT = json.loads(GRANT)

PRINTS = tuple(
    json.dumps(one, indent=1)
    for one in (
        {
            "Policy": GRANT,
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": "arn:aws:kms:eu-west-1:111122223333:key/1",
                        },
                        "BucketKeyEnabled": True,
                    }
                ]
            },
            "Tags": [{"Key": "LogDeliveryEnabled", "Value": "true"}],
            "DeliveryStreamDescription": {"DeliveryStreamType": "DirectPut"},
            "logGroups": [
                {
                    "logGroupName": "/vpc",
                    "arn": "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc:*",
                    "kmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1",
                    "logGroupClass": "STANDARD",
                }
            ],
            "FlowLogs": [
                {
                    "FlowLogId": "fl-1",
                    "ResourceId": "vpc-1",
                    "LogDestinationType": "s3",
                    "LogDestination": "arn:aws:s3:::acme-logs",
                    "TrafficType": "ALL",
                    "LogFormat": "${version} ${srcaddr}",
                    "DeliverLogsStatus": "SUCCESS",
                    "MaxAggregationInterval": 600,
                    "DestinationOptions": {"FileFormat": "plain-text"},
                }
            ],
        },
        {
            "Role": {
                "RoleName": "flow",
                "Path": "/svc/",
                "Arn": _ROLE,
                "AssumeRolePolicyDocument": _DOCUMENT,
                "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::aws:policy/x"},
            },
            "PolicyDocument": _DOCUMENT,
            "PolicyVersion": {"Document": _DOCUMENT},
            "AttachedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"}],
            "RoleDetailList": [
                {
                    "RoleName": "flow",
                    "Path": "/svc/",
                    "Arn": _ROLE,
                    "AssumeRolePolicyDocument": _DOCUMENT,
                    "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": _DOCUMENT}],
                    "AttachedManagedPolicies": [{"PolicyName": "w", "PolicyArn": "arn:x"}],
                }
            ],
            "Policies": [
                {
                    "Arn": "arn:x",
                    "PolicyVersionList": [{"Document": _DOCUMENT, "IsDefaultVersion": True}],
                }
            ],
        },
    )
)

PRINT, ROLE = PRINTS
"""One file that several commands might have printed together, and one of those about roles."""

CONFIGURATIONS = (
    """# what we deploy
fail-on = "error"
unknown = "fail"
strict = true
require-reason = false
exclude = ["examples", "**/test/*.tf"]
select = ["flow-log-bucket-missing", "bucket-policy-refuses-log-delivery"]
account = "central"
region = "eu-west-1"

[accounts]
central = "111122223333"
edge = "444455556666"

[severity]
flow-log-bucket-missing = "info"
flow-log-quota = "off"

[path-ignores]
"legacy/**" = ["role-may-not-write-logs"]

[[deploy]]
paths = ["."]
account = "edge"
partition = "aws"
workspace = "prod"
vars = { name = "x", many = [1, true, { a = 1.5 }] }
parameters = { Name = "abc", Many = ["a", 2], Number = 3 }

[[existing]]
bucket = "acme-logs"
account = "111122223333"
policy = "policy.json"
encryption = "AES256"
""",
    """ignore = ["flow-log-quota"]
never-ignore = ["flow-log-bucket-missing"]
baseline = "known.json"
vars.name = 'x'
parameters.Name = \"\"\"a
b\"\"\"
existing = [{ key = "alias/x", policy = "policy.json" }, { organization = "o-a1b2c3d4e5" }]
""",
)

BASELINES = (
    """{"predeploy-baseline": 1, "findings": [
{"address": ".#aws_flow_log.a", "rule": "flow-log-bucket-missing", "severity": "warning", \
"fingerprint": "2d9a240bb98d9c4b", "message": "nothing here creates bucket acme-logs"},
{"address": ".#aws_flow_log.g", "rule": "cannot-tell", "severity": "info", \
"fingerprint": "fb44ff4e6929d2af", "count": 3, "message": "it has no role"}
]}
""",
)
