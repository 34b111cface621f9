"""IAM: may this principal do that? Answered in three values, with the statements that decide."""

from validator.policy.decide import decide, decide_role
from validator.policy.document import parse, unknown_policy
from validator.policy.json_text import parse_json
from validator.policy.model import Policy, Statement
from validator.policy.question import (
    ANYTHING,
    Anything,
    ContextValue,
    Decision,
    Fault,
    Outcome,
    Part,
    Pattern,
    PolicyKind,
    Principal,
    Request,
    Traced,
)

__all__ = [
    "ANYTHING",
    "Anything",
    "ContextValue",
    "Decision",
    "Fault",
    "Outcome",
    "Part",
    "Pattern",
    "Policy",
    "PolicyKind",
    "Principal",
    "Request",
    "Statement",
    "Traced",
    "decide",
    "decide_role",
    "parse",
    "parse_json",
    "unknown_policy",
]
