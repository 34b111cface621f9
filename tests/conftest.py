"""What every test may use: files from a dict, a clean environment, `--accept`, rules of formats."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure, and the same tests are the same everywhere.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# `pytest --hypothesis-profile many tests/policy/test_policy_by_the_book.py`: other ones each time.
settings.register_profile(
    "many", settings.get_profile("steady"), derandomize=False, max_examples=5_000
)
settings.load_profile("steady")

Tree = Callable[[Mapping[str, str | bytes]], Path]
Contract = Callable[[str, str], Any]
DATA = Path(__file__).parent / "data" / "report"
OURS = Path(__file__).parent.parent / "validator" / "report" / "json_schema_v1.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="take the reports as they are now for right"
    )


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may depend on who runs it."""
    for name in list(os.environ):
        if name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI") or name.startswith("TF_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "dumb")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write files below a folder that then is the working folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return write


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Hold a report in some format against the format's own rules; gives back what was read.

    What is for people has none.
    """

    def hold(name: str, shown: str) -> Any:
        return CONTRACTS.get(name, _page)(shown)

    return hold


@cache
def _schema(path: Path) -> Any:
    from jsonschema import Draft4Validator, Draft202012Validator

    schema = json.loads(path.read_text(encoding="utf-8"))
    kind: Any = Draft4Validator if "draft-04" in schema["$schema"] else Draft202012Validator
    kind.check_schema(schema)
    return kind(schema)


def _json(shown: str) -> Any:
    assert shown.isascii()
    return json.loads(shown)


def _v1(shown: str) -> Any:
    found = _json(shown)
    _schema(OURS).validate(found)
    return found


def _gitlab(shown: str) -> Any:
    found = _json(shown)
    _schema(DATA / "gitlab-code-quality.schema.json").validate(found)
    assert max(Counter(one["fingerprint"] for one in found).values(), default=1) == 1
    return found


def _sarif(shown: str) -> Any:
    """The schema, what the specification adds to it, and what GitHub asks for."""
    found = _json(shown)
    _schema(DATA / "sarif-schema-2.1.0.json").validate(found)
    assert len({run["tool"]["driver"]["name"] for run in found["runs"]}) == len(found["runs"]) <= 20
    for run in found["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert len({one["id"] for one in rules}) == len(rules)
        for rule in rules:
            for words in (rule["shortDescription"], rule["fullDescription"]):
                assert 0 < len(words["text"]) <= 1024
            assert rule["help"]["text"]
            assert len(rule["properties"].get("tags", ())) <= 10
        assert len(run["results"]) <= 25_000
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["message"]["text"]
            (place,) = result["locations"]
            assert set(place["physicalLocation"]["region"]) >= {"startLine", "startColumn"}
            ids = [one["id"] for one in result.get("relatedLocations", ())]
            assert len(set(ids)) == len(ids) <= 100
            linked = re.findall(r"(?<!\\)\]\(([^)]*)\)", result["message"]["text"])
            assert {int(one) for one in linked} <= set(ids)
            flows = result.get("codeFlows", ())
            steps = [one for flow in flows for thread in flow["threadFlows"] for one in [thread]]
            assert sum(len(thread["locations"]) for thread in steps) <= 1000
        prints = Counter(one["partialFingerprints"]["predeploy/v1"] for one in run["results"])
        assert max(prints.values(), default=1) == 1
        for place in _places(run):
            uri: str = place["artifactLocation"]["uri"]
            parts = urlsplit(uri)
            assert parts.path == uri
            assert not parts.path.startswith("/")
            assert not unquote(uri, errors="surrogateescape").startswith("../") or (
                "uriBaseId" not in place["artifactLocation"]
            )
            region = place.get("region")
            if region:
                start = (region["startLine"], region["startColumn"])
                assert (1, 1) <= start <= (region["endLine"], region["endColumn"])
    return found


def _places(found: object) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        several = cast("dict[str, Any]", found)
        if "artifactLocation" in several:
            yield several
        for one in several.values():
            yield from _places(one)
    elif isinstance(found, list):
        for one in cast("list[object]", found):
            yield from _places(one)


def _junit(shown: str) -> ElementTree.Element:
    assert shown.isascii()
    _xsd().validate(shown)
    root = ElementTree.fromstring(shown)
    for suite in root:
        cases = suite.findall("testcase")
        names = [(case.get("classname"), case.get("name")) for case in cases]
        assert suite.get("tests") == str(len(cases))
        assert {name for name, _ in names} <= {suite.get("name")}
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped",) * 2):
            number = sum(case.find(tag) is not None for case in cases)
            assert suite.get(attribute) == str(number)
            whole = sum(int(one.get(attribute, "0")) for one in root)
            assert root.get(attribute, str(whole)) == str(whole)
    return root


@cache
def _xsd() -> Any:
    import xmlschema

    return xmlschema.XMLSchema10(DATA / "junit-10.xsd")


def _github(shown: str) -> list[tuple[str, dict[str, str], str]]:
    """Each line as the runner reads it (https://github.com/actions/runner, ActionCommand.cs)."""
    assert shown == "" or shown.endswith("\n")
    return [_command(line) for line in shown.split("\n")[:-1]]


def _command(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::")
    head, marker, data = line[2:].partition("::")
    assert marker
    name, _, rest = head.partition(" ")
    assert name in ("error", "warning", "notice")
    properties: dict[str, str] = {}
    for one in rest.split(","):
        key, _, value = one.partition("=")
        for token, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
            value = value.replace(code, token)
        assert value
        properties[key] = value
    for token, code in (("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        data = data.replace(code, token)
    assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    assert len(properties["title"]) <= 255
    assert len(data.encode()) <= 65536
    if "col" in properties:
        assert properties["line"] == properties["endLine"]
    return name, properties, data


def _page(shown: str) -> str:
    assert shown.endswith("\n")
    return shown


CONTRACTS: dict[str, Callable[[str], Any]] = {
    "json": _v1,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
}
