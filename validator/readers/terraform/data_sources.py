"""Data sources that the files themselves settle, or that name the place of the deploy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.aws.partitions import domain_of
from validator.graph.text import Piece, Symbol, Text
from validator.readers.terraform.cty.collections import Obj
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import DYNAMIC, Type
from validator.readers.terraform.cty.values import Limit, Null, Refused, Unk, Val, refused

if TYPE_CHECKING:
    from validator.readers.terraform.resource import ResourceInstance


def attribute(instance: ResourceInstance, name: str) -> Val | None:
    """An attribute of a data source that has a meaning of its own; None for any other."""
    match instance.type:
        case "aws_iam_policy_document":
            from validator.readers.terraform.policy_document import document

            if name in ("json", "minified_json"):
                return _once(instance, name, lambda: document(instance))
        case "aws_caller_identity":
            return _caller(instance, name)
        case "aws_region":
            return _region(instance, name)
        case "aws_partition":
            return _partition(instance, name)
        case "template_file":
            if name == "rendered":
                return _once(instance, name, lambda: _template(instance))
        case "terraform_remote_state" if name == "outputs" and instance.module.run.plan is None:
            from validator.readers.terraform.states import outputs_of

            return outputs_of(instance)
        case "aws_ssm_parameter":
            from validator.readers.terraform.stored import looked_up

            return looked_up(instance, name)
        case "aws_availability_zones" if name in ("names", "zone_ids"):
            later = instance.later(name)
            later.type = Type("list", Type("string"))
            return later
        case _:
            pass
    return None


def _once(instance: ResourceInstance, name: str, make: Callable[[], Val]) -> Val:
    mark = f"read {name}"
    if mark in instance.kept:
        found = instance.kept[mark]
        return found if found is not None else instance.later(name)
    if mark in instance.opened:
        return refused(f"{instance.name}.{name} refers to itself", instance.span)
    instance.opened.add(mark)
    try:
        made: Val = make()
    except Limit as error:
        made = Unk(f"not evaluated: {error.why}", DYNAMIC, instance.span)
    except Refused as error:
        made = refused(error.why, instance.span)
    finally:
        instance.opened.discard(mark)
    made = made.at(instance.span).via(f"{instance.name}.{name}")
    instance.kept[mark] = made
    return made


def _text(instance: ResourceInstance, words: Text | tuple[Piece, ...], name: str) -> Val:
    pieces = words.pieces if isinstance(words, Text) else words
    return Str(pieces, instance.span).via(f"{instance.name}.{name}")


def _caller(instance: ResourceInstance, name: str) -> Val | None:
    if name in ("account_id", "id"):
        return _text(instance, instance.place.account, name)
    return None


def _region(instance: ResourceInstance, name: str) -> Val | None:
    given = instance.written("name") or instance.written("region")
    region = instance.place.region
    if isinstance(given, Str):
        region = Text(given.pieces)
    if name in ("name", "id", "region"):
        return _text(instance, region, name)
    return None


def _partition(instance: ResourceInstance, name: str) -> Val | None:
    place = instance.place
    if name in ("partition", "id"):
        return _text(instance, place.partition, name)
    suffix = domain_of(place.partition.literal or "")
    if name == "dns_suffix":
        if suffix is not None:
            return string(suffix, instance.span).via(f"{instance.name}.{name}")
        return _text(instance, (Symbol("url-suffix", instance.provider.scope),), name)
    if name == "reverse_dns_prefix" and suffix is not None:
        backwards = ".".join(reversed(suffix.split(".")))
        return string(backwards, instance.span).via(f"{instance.name}.{name}")
    return None


def _template(instance: ResourceInstance) -> Val:
    """`data.template_file.x.rendered`, of a provider that is no more but still used."""
    from validator.readers.terraform.context import Calling
    from validator.readers.terraform.cty import text

    template = instance.written("template")
    values = instance.written("vars") or Obj("object", {})
    if isinstance(template, Unk):
        return template
    if template is None:
        raise Refused("template_file has no template")
    words = text.lit(template)
    if words is None or not isinstance(values, Obj):
        return Unk("this template is not known", DYNAMIC, instance.span)
    if isinstance(template, Null):
        raise Refused("the template is null")
    first = template.pieces[0] if isinstance(template, Str) and template.pieces else None
    span = getattr(first, "span", None)
    name = span.file if span is not None and span.line == 1 else ""
    return Calling(instance.module, instance.span).render(name or instance.span.file, words, values)
