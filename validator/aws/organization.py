"""Organisations, as far as an account tells which one it belongs to.

<https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
"""

from __future__ import annotations

from validator.aws.fields import items, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class Organization(Resource):
    """The organisation of the account that creates it, or that looks it up.

    `accounts` and `path` are told by a person only: which accounts, and where they lie in it.
    """

    spellings = (
        terraform("aws_organizations_organization"),
        terraform_data("aws_organizations_organization"),
        cloudformation("AWS::Organizations::Organization"),
    )
    returns = {
        "terraform": {"id": "id"},
        "cloudformation": {"Ref": "id", "Id": "id"},
    }

    id = words(terraform="id")
    accounts = items(terraform="accounts")
    path = words(terraform="path")
