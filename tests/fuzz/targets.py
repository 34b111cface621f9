"""What is fuzzed: for each kind of input, what to begin with, how to change it, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.fuzz import around, seeds, told
from tests.fuzz.check import judge
from tests.fuzz.meter import Meter
from tests.fuzz.mutate import Change, mutated
from tests.fuzz.tomls import toml_mutated
from tests.fuzz.trees import tree_mutated
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of input. `tree` says in which files a text stands, and among which others."""

    name: str
    seeds: Callable[[], Sequence[str]]
    change: Change
    tree: Callable[[str], Mapping[str, str]]
    arguments: Sequence[str] = ()

    def judge(self, text: str, meter: Meter) -> None:
        """Raises `Broken` if something does not hold or `meter` is passed, and whatever crashes."""
        judge(self.tree(text), self.arguments, meter)

    def made(self, chance: Random) -> str:
        """A new input."""
        return self.change(chance.choice(self.seeds()), chance, self.seeds())


_HERE = ("--account", "111122223333", "--region", "eu-west-1")
_TELL = ("--existing", "e.toml", *_HERE)
_toml = toml_mutated(told.TOLD)

TARGETS = {
    one.name: one
    for one in (
        Target("terraform", seeds.terraform, mutated, lambda text: {"main.tf": text}),
        Target(
            "terraform-json",
            seeds.terraform_json,
            tree_mutated,
            lambda text: {"main.tf.json": text},
        ),
        Target("module", seeds.modules, mutated, around.called),
        Target("template-file", lambda: around.TEMPLATES, mutated, around.rendered),
        Target(
            "tfvars",
            lambda: around.TFVARS,
            mutated,
            lambda text: around.given("terraform.tfvars", text),
        ),
        Target(
            "tfvars-json",
            lambda: around.TFVARS_JSON,
            tree_mutated,
            lambda text: around.given("x.auto.tfvars.json", text),
        ),
        Target("yaml", seeds.templates, mutated, lambda text: {"t.yaml": text}),
        Target("json", seeds.json_templates, tree_mutated, lambda text: {"t.json": text}),
        Target("nested", seeds.nested, mutated, around.nested),
        Target(
            "parameters",
            lambda: around.PARAMETERS,
            tree_mutated,
            lambda text: {"t.yaml": around.PARAMETERISED, "p.json": text},
            ("--parameter-file", "p.json"),
        ),
        Target("plan", seeds.plans, tree_mutated, lambda text: {"plan.json": text}),
        Target(
            "plan-beside",
            seeds.plans_beside,
            tree_mutated,
            around.planned,
            ("--plan", "plan.json"),
        ),
        Target(
            "policy",
            seeds.policies,
            tree_mutated,
            lambda text: {"main.tf": around.BUCKET + around.POLICY, "policy.json": text},
        ),
        Target("ignores", lambda: told.IGNORES, mutated, around.ignored),
        Target("metadata", lambda: told.METADATA, tree_mutated, around.documented),
        Target("existing", lambda: told.EXISTING, _toml, around.existing, _TELL),
        Target(
            "prints",
            lambda: told.PRINTS,
            tree_mutated,
            lambda text: {"main.tf": around.EXISTING, "e.toml": told.NAMING, "print.json": text},
            _TELL,
        ),
        Target(
            "printed",
            lambda: told.PRINTS,
            tree_mutated,
            lambda text: {"main.tf": around.EXISTING, "print.json": text},
            ("--existing", "print.json", *_HERE),
        ),
        Target(
            "baseline",
            lambda: told.BASELINES,
            tree_mutated,
            lambda text: {"main.tf": around.EXISTING, "known.json": text},
            ("--baseline", "known.json"),
        ),
        Target("configuration", lambda: told.CONFIGURATIONS, _toml, around.configured),
    )
}
