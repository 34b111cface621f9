"""What a reader makes of a unit: its worlds, their resources as declared, and what is unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from validator.graph.addresses import address
from validator.graph.span import Span
from validator.graph.text import Symbol, Text
from validator.graph.values import Known, Node, Unknown
from validator.records import dataclass, field

Language = Literal["terraform", "cloudformation"]

_ACCOUNT = Text((Symbol("account"),))
_REGION = Text((Symbol("region"),))
_PARTITION = Text((Symbol("partition"),))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource is deployed to; symbols until somebody says.

    `role` is the ARN of the role that the deploy tool takes on for it, empty if it names none.
    """

    account: Text = _ACCOUNT
    region: Text = _REGION
    partition: Text = _PARTITION
    role: Text = Text(())


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A resource as a template declares it, before anything is made of it.

    `unit` is the root module's folder or the template's path, `name` what a person calls the
    resource inside it: `module.net.aws_flow_log.this["a"]`, or the logical ID. `managed` is
    False for what exists elsewhere and is only looked up. `attribute` evaluates one top-level
    attribute or nested block on demand (blocks as `Items` of `Fields`); None means that it is
    not written. `span` is that of the block or of the resource's key, `exists` is unknown for a
    resource whose count or condition is open. `ignores` tells of an attribute whether the
    deploy tool leaves changes that others made to it as they are, `unclear` is set if its
    source leaves that out. `alias` is the name that a generator of templates noted beside a
    name of its own making (`Network/Vpc/FlowLog` by the CDK). `fresh` says whether the deploy makes
    it anew, None if nobody tells. `calls` are the places of the module calls or nested stacks that
    it comes by, the outermost first. `unread` is set for what stands for resources that nobody
    can write out, those of a module that is not here: each of its attributes is unknown.
    """

    language: Language
    type: str
    unit: str
    name: str
    span: Span
    exists: Known[bool] | Unknown
    attribute: Callable[[str], Node | None]
    place: Place = Place()
    managed: bool = True
    ignores: Callable[[str], bool] = field(default=lambda _: False)
    alias: str = ""
    unclear: Unknown | None = None
    fresh: bool | None = None
    calls: tuple[Span, ...] = ()
    unread: Unknown | None = None

    @property
    def address(self) -> str:
        """Unique across the units of a run."""
        return address(self.unit, self.name)


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a unit that could not be read: what it may declare is unknown, not missing.

    `touches` tells whether that part may know of a resource, by its address and its literal name
    if it has one, an empty one if AWS makes it up: a module that is given neither cannot attach a
    policy to it.
    """

    unit: str
    why: str
    span: Span
    supply: str = ""
    touches: Callable[[str, str | None], bool] = field(
        default=lambda address, name: True, compare=False
    )


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One unit under one consistent assignment of what its conditions leave open.

    `when` says the assignment in words (`IsProd is true`), empty if nothing is open.
    `dependencies` gives the addresses that one address surely waits for, one hop, whatever kind
    of thing stands between (a timer, a module, a data source). `exports` are the values that it
    hands to other units, by name; `imports` the names that its resources take from others, each a
    `Hole` whose key is `EXPORT` and the name (see `validator.graph.imports`). `together` names the
    units that are surely deployed to the same account and region, perhaps this one among them.
    `unset` are the variables of a Terraform root module that must be given and are not: it is a
    module that others call, or one whose values stand elsewhere. `aws_provider` is the lowest major
    version of Terraform's AWS provider that it can run with, and where that is said;
    `latest_aws_provider` the highest. `absent` are the types and places of resources that are
    written and not deployed in this world, since a count or a condition says so; the type of a
    module call is empty.
    """

    unit: str
    resources: tuple[Declared, ...]
    dependencies: Callable[[str], frozenset[str]] = field(default=lambda _: frozenset())
    gaps: tuple[Gap, ...] = ()
    when: tuple[str, ...] = ()
    exports: Callable[[], Mapping[str, Node]] = field(default=dict[str, Node])
    imports: Callable[[], frozenset[str]] = field(default=frozenset[str])
    together: frozenset[str] = frozenset()
    unset: Callable[[], tuple[str, ...]] = field(default=tuple[str, ...])
    aws_provider: Callable[[], tuple[int, Span] | None] = field(default=lambda: None)
    latest_aws_provider: Callable[[], tuple[int, Span] | None] = field(default=lambda: None)
    absent: tuple[tuple[str, Span], ...] = ()
