"""Every policy that gives a role permissions, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import ManagedPolicy, PolicyAttachment, Resource, Role, RolePolicy
from validator.aws.arn import Arn, parse_arn, split
from validator.aws.managed_policies import ALLOWED_EVERYWHERE, allowing
from validator.delivery.case import Case
from validator.delivery.lookup import ELSEWHERE, called, there
from validator.delivery.owners import owned
from validator.delivery.policies import owner_matches, parsed
from validator.delivery.resolve import resource_at, targets
from validator.delivery.sizes import Written
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Absent, Datum, Items, Known, Node, Unknown, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.model import Policy
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Permissions:
    """A role's policies.

    `open` says which further policies it may have that these files do not show, and `may_deny`
    whether one of them may hold a Deny; `spans` are the documents' own places, one a policy.
    `written` are the documents themselves, those of AWS left out.
    """

    policies: tuple[Policy, ...]
    spans: tuple[Span, ...]
    open: tuple[Open, ...]
    may_deny: bool
    written: tuple[Written, ...]


class _Gathering:
    def __init__(self, case: Case, role: Role) -> None:
        self.case = case
        self.role = role
        self.name = role.word("name")
        self.account = case.resolve.of(role.unit)(role.place.account)
        self.policies: list[Policy] = []
        self.spans: list[Span] = []
        self.open: list[Open] = []
        self.may_deny = False
        self.written: list[Written] = []
        self.seen: set[str] = set()

    def is_mine(self, value: Value[Text], by: Resource) -> Truth:
        """Whether a resource names the role: in another account, a name means another role."""
        if not there([by], self.case.resolve, None, self.account):
            return Truth.NO
        answer, fact = owner_matches(self.case, value, by.unit, self.name, self.role.address)
        if answer is Truth.MAYBE and fact is not None:
            self.open.append(fact)
        return answer

    def among(self, value: Value[Items], by: Resource) -> Truth:
        match value:
            case Absent():
                return Truth.NO
            case Unknown() as unknown:
                self.open.append(open_of(unknown))
                return Truth.MAYBE
            case Known(value=Items(items=items, rest=rest)):
                answers = [self.is_mine(_as_words(item), by) for item in items]
                if Truth.YES in answers:
                    return Truth.YES
                if rest is not None:
                    self.open.append(open_of(rest))
                    return Truth.MAYBE
                return Truth.MAYBE if Truth.MAYBE in answers else Truth.NO

    def document(self, policy: RolePolicy | ManagedPolicy) -> None:
        document = policy.document
        if (unknown := self.case.open_about(policy)) is not None:
            self.open.append(open_of(unknown))
            self.perhaps(document, policy.unit)
            return
        read = parsed(self.case, document, "identity", policy.unit)
        if read is not None:
            managed = isinstance(policy, ManagedPolicy)
            owner = policy.name_for_people
            self.policies.append(read)
            self.spans.append(document.span)
            self.written.append(Written(managed, owner, document, policy.unit))

    def perhaps(self, document: Value[Datum], unit: str) -> None:
        """Heed a document that may be one of the role's: a Deny in it would matter."""
        policy = parsed(self.case, document, "identity", unit)
        if policy is not None:
            self.may_deny |= policy.open is not None
            self.may_deny |= any(one.effect != "Allow" for one in policy.statements)

    def attached(self, arn: Value[Text], unit: str) -> None:
        match arn:
            case Absent():
                return
            case Unknown() as unknown:
                self.open.append(open_of(unknown))
            case Known(value=words, span=span):
                self._attached(words, unit, span)

    def _attached(self, words: Text, unit: str, span: Span) -> None:
        for address in targets(words):
            policy = resource_at(self.case.graph, address)
            if isinstance(policy, ManagedPolicy):
                self.managed(policy, span)
                return
        whole = self.case.resolve.of(unit)(words)
        match parse_arn(whole):
            case Arn(account=account, resource=resource):
                if account.literal == "aws":
                    self._by_aws(resource, whole, span)
                    return
                name = split(resource, "/")[-1]
                policies = called(self.case.graph, ManagedPolicy, name)
                found = there(policies, self.case.resolve, None, account)
                if len(found) == 1:
                    self.managed(found[0], span)
                    return
            case _:
                pass
        self.may_deny = True
        self.open.append(Open(f"what the attached policy {whole} allows", "", span))

    def managed(self, policy: ManagedPolicy, span: Span) -> None:
        if policy.address in self.seen:
            return
        self.seen.add(policy.address)
        if not policy.managed and isinstance(policy.document, Absent):
            what = f"what {policy.name_for_people} allows, which is looked up, not created here"
            self.may_deny = True
            self.open.append(Open(what, "", span))
            return
        self.document(policy)

    def _by_aws(self, resource: Text, whole: Text, span: Span) -> None:
        name = (resource.literal or "").partition("/")[2]
        actions = ALLOWED_EVERYWHERE.get(name)
        if actions is None:
            self.open.append(Open(f"what the AWS managed policy {whole} allows", "", span))
        elif actions:
            policy = parsed(self.case, allowing(actions, span), "identity", self.role.unit)
            if policy is not None:
                self.policies.append(policy)
                self.spans.append(span)


def _of_policy(policy: RolePolicy) -> tuple[Value[Text], ...]:
    return (policy.role, *_items(policy.roles))


def _of_managed(policy: ManagedPolicy) -> tuple[Value[Text], ...]:
    return _items(policy.roles)


def _of_attachment(attachment: PolicyAttachment) -> tuple[Value[Text], ...]:
    return (attachment.role, attachment.role_name, *_items(attachment.roles))


def _items(value: Value[Items]) -> tuple[Value[Text], ...]:
    match value:
        case Absent() | Unknown():
            return (value,)
        case Known(value=Items(items=items, rest=rest)):
            return (*map(_as_words, items), *(() if rest is None else (rest,)))


def permissions(case: Case, role: Role) -> Permissions:
    """Everything that gives a role permissions, wherever it is written."""
    resolve = case.resolve
    key = ("permissions", resolve.partition, resolve.unit, resolve.about)
    return case.once(role, key, lambda: _permissions(case, role))


def _permissions(case: Case, role: Role) -> Permissions:
    gathering = _Gathering(case, role)
    name, address = gathering.name, role.address
    for policy in owned(case.graph, RolePolicy, _of_policy, name, address):
        answers = (
            gathering.is_mine(policy.role, policy),
            gathering.among(policy.roles, policy),
        )
        if Truth.YES in answers:
            gathering.document(policy)
        elif Truth.MAYBE in answers:
            gathering.perhaps(policy.document, policy.unit)
    for managed in owned(case.graph, ManagedPolicy, _of_managed, name, address):
        if gathering.among(managed.roles, managed) is Truth.YES:
            gathering.managed(managed, managed.span)
    for arn in _each(role.managed_policies, gathering):
        gathering.attached(arn, role.unit)
    for attachment in owned(case.graph, PolicyAttachment, _of_attachment, name, address):
        attached = (
            gathering.is_mine(attachment.role, attachment),
            gathering.is_mine(attachment.role_name, attachment),
            gathering.among(attachment.roles, attachment),
        )
        if Truth.YES not in attached:
            continue
        if (unknown := case.open_about(attachment)) is not None:
            gathering.open.append(open_of(unknown))
            continue
        gathering.attached(attachment.policy_arn, attachment.unit)
        for arn in _each(attachment.policy_arns, gathering):
            gathering.attached(arn, attachment.unit)
    if not role.managed:
        what = f"the policies of {role.name_for_people}, which is looked up, not created here"
        gathering.open.append(Open(what, ELSEWHERE, role.span))
    return Permissions(
        tuple(gathering.policies),
        tuple(gathering.spans),
        tuple(dict.fromkeys(gathering.open)),
        gathering.may_deny,
        tuple(gathering.written),
    )


def boundary_of(case: Case, role: Role, words: Text) -> Policy | None:
    """The policy that a permissions boundary names, if its document is at hand."""
    gathering = _Gathering(case, role)
    gathering.attached(Known(words, role.span), role.unit)
    return gathering.policies[0] if len(gathering.policies) == 1 and not gathering.open else None


def _each(value: Value[Items], gathering: _Gathering) -> Iterator[Value[Text]]:
    match value:
        case Absent():
            return
        case Unknown() as unknown:
            gathering.open.append(open_of(unknown))
        case Known(value=Items(items=items, rest=rest)):
            if rest is not None:
                gathering.open.append(open_of(rest))
            for item in items:
                yield _as_words(item)


def _as_words(node: Node) -> Value[Text]:
    match node:
        case Known(value=Text() as words, span=span, trail=trail):
            return Known(words, span, trail)
        case Known(span=span, trail=trail):
            return Unknown("this is no text", span, trail)
        case Unknown():
            return node
