"""Folders made to break a walk or to lead out of the repository; what is beside them is judged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.test_hostile import FLOW, sound
from validator import cli
from validator.arguments import parser
from validator.engine import run
from validator.files import MAX_BYTES, Files, Unreadable
from validator.report import REPORTERS, Style
from validator.report.trace import render
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]

GOOD = """Resources:
  Good:
    Type: AWS::EC2::FlowLog
    Properties: {LogDestination: 'arn:aws:s3:::good-logs', LogDestinationType: s3}
"""
SECRET = "the-secret-9f3a"
STACK = """Resources:
  L: {Type: AWS::EC2::FlowLog}
  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: PLACE}}
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")


def judged(top: Path) -> Report:
    """The report on what is in `repo`, in which the good template was judged."""
    report = run([top / "repo"], working=top / "repo")
    sound(report)
    asked = parser().parse_args(["--fail-on", "never", "--unknown", "report"])
    assert cli.exit_code(report, asked) == (3 if report.diagnostics else 0)
    assert "good/t.yaml#Good" in {one.address for one in report.deliveries}
    return report


def flow(destination: str) -> str:
    return FLOW.replace("BODY", destination)


@pytest.fixture
def repo(tree: Tree) -> Callable[[Mapping[str, str | bytes]], Path]:
    """A repository with a good template, and beside it what nobody may read."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        secret = f'resource "aws_flow_log" "{SECRET}" {{\n  log_destination = "{SECRET}"\n}}\n'
        return tree(
            {
                "repo/.git/HEAD": "",
                "repo/good/t.yaml": GOOD,
                **{f"repo/{name}": content for name, content in files.items()},
                "secret.txt": f"{SECRET}\n",
                "secret.json": f'{{"Statement": [{{"Effect": "{SECRET}"}}]}}',
                "secret/main.tf": secret,
                "secret/terraform.tfvars": f'x = "{SECRET}"\n',
                "secret/terraform.tfstate": f'{{"version": 4, "outputs": {{"o": "{SECRET}"}}}}',
                "secret/t.yaml": GOOD.replace("Good", SECRET.replace("-", "")),
            }
        )

    return write


# --- what lies outside -------------------------------------------------------------------------

# fmt: off
WAYS_OUT = (
    'file("ABSOLUTE/secret.txt")', 'file("../../secret.txt")', 'file("link.txt")',
    'file("${path.module}/../../secret.txt")', 'file("${path.root}/../../secret.txt")',
    'file("${local.top}/secret.txt")', 'file(join("/", ["..", "..", "secret.txt"]))',
    'file("folder/main.tf")', 'filebase64("link.txt")', 'base64decode(filebase64("link.txt"))',
    'templatefile("link.txt", {})', 'templatefile("../../secret.txt", {})',
    'try(file("link.txt"), "none")', 'jsondecode(file("../../secret.json")).Statement[0].Effect',
    'yamldecode(file("folder/t.yaml")).Resources', 'csvdecode(file("link.txt"))[0]',
    'join(",", fileset("../..", "secret*"))', 'join(",", fileset("folder", "*"))',
    'file("/proc/self/environ")', 'file("/dev/zero")', 'file("~/.profile")', 'filemd5("link.txt")',
    'tostring(fileexists("../../secret.txt"))', 'file("link.txt\\u0000")', 'file("fifo")',
    'templatefile("inner.tftpl", { x = "../../secret.txt" })', 'filesha256("link.txt")',
    'filebase64sha512("../../secret.txt")', 'filesha1("folder/t.yaml")', 'abspath("link.txt")',
    'pathexpand("~/x")', 'data.terraform_remote_state.s.outputs.o',
    'data.terraform_remote_state.link.outputs.o', 'data.local_file.f.content', 'module.git.o',
)
# fmt: on


@posix
@pytest.mark.parametrize("format_", sorted(REPORTERS))
def test_nothing_outside_is_read_or_told(
    repo: Callable[[Mapping[str, str | bytes]], Path], format_: str
) -> None:
    logs = "".join(flow(way).replace('"a"', f'"a{number}"') for number, way in enumerate(WAYS_OUT))
    logs += """data "terraform_remote_state" "s" {
  backend = "local"
  config  = { path = "../../secret/terraform.tfstate" }
}
data "terraform_remote_state" "link" {
  backend = "local"
  config  = { path = "folder/terraform.tfstate" }
}
data "local_file" "f" {
  filename = "link.txt"
}
module "git" {
  source = "git::file://ABSOLUTE/secret"
}
"""
    calls = "".join(
        f'module "m{number}" {{\n  source = "{source}"\n}}\n'
        for number, source in enumerate(("../../secret", "./folder", "../../../../../../etc"))
    )
    files: dict[str, str | bytes] = {
        "net/main.tf": f'locals {{\n  top = "ABSOLUTE"\n}}\nvariable "x" {{}}\n{logs}{calls}',
        "net/inner.tftpl": '${file("../../secret.txt")}${file(x)}',
        "net/.terraform/modules/modules.json": '{"Modules": [{"Key": "far", "Dir": "../secret"}]}',
        "net/far.tf": 'module "far" {\n  source = "a/b/c"\n}\n',
        "one/t.yaml": STACK.replace("PLACE", "../../secret/t.yaml"),
        "five/t.yaml": STACK.replace("PLACE", "x")
        + "  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../../secret/t.yaml}}\n",
        "two/t.yaml": STACK.replace("PLACE", "folder/t.yaml"),
        "three/t.yaml": STACK.replace("PLACE", "ABSOLUTE/secret/t.yaml"),
        "four/t.yaml": STACK.replace("PLACE", "file://ABSOLUTE/secret/t.yaml"),
        "e.toml": '[[existing]]\nbucket = "good-logs"\npolicy = "../secret.json"\n'
        '[[existing]]\nkey = "alias/x"\npolicy = "net/link.txt"\n',
    }
    top = repo(files)
    for name in ("net/main.tf", "three/t.yaml", "four/t.yaml"):
        place = top / "repo" / name
        place.write_text(place.read_text().replace("ABSOLUTE", str(top)))
    for folder in ("net", "two"):
        (top / "repo" / folder / "link.txt").symlink_to(top / "secret.txt")
        (top / "repo" / folder / "folder").symlink_to("../../secret")
    (top / "repo/net/link.tf").symlink_to(top / "secret/main.tf")
    (top / "repo/net/terraform.tfvars").symlink_to(top / "secret/terraform.tfvars")
    (top / "repo/link.yaml").symlink_to("../secret/t.yaml")
    os.mkfifo(top / "repo/net/fifo")
    report = judged(top)
    os.chdir(top / "repo")
    out = top / "out"
    arguments = ["--existing", "e.toml", "-v", "--format", format_, "--output", str(out)]
    assert cli.main(arguments) == 2  # a configuration that names what is outside
    shown = out.read_text()
    assert SECRET not in shown and SECRET not in repr(report)
    assert cli.main(["-v", "--fail-on", "never", "--format", format_, "--output", str(out)]) == 3
    assert SECRET not in out.read_text()
    assert len([one for one in report.deliveries if one.unit == "net"]) == len(WAYS_OUT)


@posix
@pytest.mark.parametrize(
    "words",
    [
        *("--diff", "--fix", "--show-files", "--show-settings", "--statistics -v"),
        *("--plan FILE", "--existing FILE", "--var-file FILE", "--parameter-file FILE"),
        *("--baseline FILE", "--config FILE", "FILE", "net/main.tf FILE", "--trace aws_flow_log.a"),
    ],
)
def test_whatever_is_asked_tells_nothing_from_outside(
    repo: Callable[[Mapping[str, str | bytes]], Path],
    words: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    top = repo({"net/main.tf": flow('"arn:aws:s3:::${file("../link.txt")}"')})
    (top / "repo/link.txt").symlink_to("../secret.txt")
    os.chdir(top / "repo")
    for file in ("link.json", "../secret.json", "link.tfvars", "link.yaml", "../secret/main.tf"):
        if file.startswith("link"):
            there = {"json": "secret.json", "yaml": "secret/t.yaml"}
            target = there.get(file[5:], "secret/terraform.tfvars")
            Path(file).unlink(missing_ok=True)
            Path(file).symlink_to(f"../{target}")
        if "../" in file and words.endswith("FILE") and not words.startswith("--"):
            continue  # that is what a person wants judged
        assert cli.main([*words.replace("FILE", file).split(), "--fail-on", "never"]) in (0, 2, 3)
        shown = capfd.readouterr()
        assert SECRET not in shown.out + shown.err
        if "FILE" not in words:
            break


@posix
def test_a_trace_tells_nothing_from_outside(
    repo: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    from validator.engine import trace

    policy = (
        'resource "aws_s3_bucket_policy" "p" {\n  bucket = "b"\n  policy = file("link.txt")\n}\n'
    )
    top = repo({"net/main.tf": flow('"arn:aws:s3:::b"') + policy})
    (top / "repo/net/link.txt").symlink_to(top / "secret.json")
    os.chdir(top / "repo")
    traces = trace([Path()], "aws_flow_log.a")[0]
    shown = render(traces, Style(verbose=True))
    assert "aws_flow_log.a" in shown
    assert SECRET not in shown


# --- what is no file ---------------------------------------------------------------------------


@posix
def test_links_that_lead_round_and_files_that_are_none(
    repo: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    top = repo({"net/main.tf": flow('"arn:aws:s3:::net-logs"')})
    here = top / "repo"
    (here / "round").symlink_to("round")
    (here / "net/round.tf").symlink_to("round.tf")
    (here / "net/terraform.tfvars").symlink_to("terraform.tfvars")
    (here / "one").symlink_to("other")
    (here / "other").symlink_to("one")
    (here / "above").symlink_to("..")
    (here / "top").symlink_to("/")
    (here / "again").symlink_to(".")
    (here / "net/again").symlink_to("../net")
    (here / "gone.tf").symlink_to("nowhere.tf")
    (here / "net/gone.auto.tfvars").symlink_to("nowhere")
    (here / "net/.terraform.lock.hcl").mkdir()
    (here / "net/a.tf").mkdir()
    (here / "a.yaml").mkdir()
    os.mkfifo(here / "pipe.yaml")
    os.mkfifo(here / "net/pipe.auto.tfvars")
    (here / "null.yaml").symlink_to("/dev/zero")
    (here / "zero.tf").symlink_to("/dev/zero")
    report = judged(top)
    assert [one.name for one in report.deliveries if one.unit == "net"] == ["aws_flow_log.a"]
    assert {(one.span.file, one.kind) for one in report.diagnostics} == {
        ("gone.tf", "unreadable"),
        ("net/gone.auto.tfvars", "unreadable"),
        ("net/pipe.auto.tfvars", "unreadable"),
        ("net/round.tf", "unreadable"),
        ("pipe.yaml", "unreadable"),
        ("zero.tf", "unreadable"),
    }


@posix
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(repo: Callable[[Mapping[str, str | bytes]], Path]) -> None:
    top = repo({"net/main.tf": flow('"x"'), "closed/x.tf": "", "net/terraform.tfvars": ""})
    for name in ("closed", "net/terraform.tfvars"):
        (top / "repo" / name).chmod(0)
    try:
        report = judged(top)
    finally:
        (top / "repo/closed").chmod(0o755)
    assert {one.span.file for one in report.diagnostics} == {"closed", "net/terraform.tfvars"}


def test_files_of_two_hundred_megabytes(
    repo: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    top = repo({"net/main.tf": flow('file("big.txt")')})
    for name in ("net/big.txt", "net/big.tf", "big.yaml", "net/terraform.tfvars"):
        with (top / "repo" / name).open("wb") as file:
            file.truncate(200 << 20)
    report = judged(top)
    limit = f"this is larger than {MAX_BYTES >> 20} MiB"
    told = {(one.span.file, one.message) for one in report.diagnostics}
    # Anything may be called `.yaml`: no template is that large.
    assert told == {("net/big.tf", limit), ("net/terraform.tfvars", limit)}
    (one,) = (one for one in report.deliveries if one.unit == "net")
    assert any(limit in fact.fact for fact in one.open)


# --- what changes meanwhile --------------------------------------------------------------------


@pytest.mark.parametrize("change", ["unlink", "empty", "longer", "folder", "binary"])
@pytest.mark.parametrize("name", ["net/main.tf", "net/more.tf", "stack.yaml"])
def test_a_file_that_changes_between_two_looks(
    repo: Callable[[Mapping[str, str | bytes]], Path],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: str,
) -> None:
    files = {"net/main.tf": flow('"x"'), "net/more.tf": "locals {}\n", "stack.yaml": GOOD}
    top = repo(files)
    place = top / "repo" / name
    real = Files.text

    def text(self: Files, asked: str, *most: int) -> str:
        if asked == name and place.is_file():
            match change:
                case "unlink":
                    place.unlink()
                case "empty":
                    place.write_bytes(b"")
                case "longer":
                    place.write_text(files[name] * 3)
                case "binary":
                    place.write_bytes(b"\0" * 100)
                case _:
                    place.unlink()
                    place.mkdir()
        return real(self, asked, *most)

    monkeypatch.setattr(Files, "text", text)
    report = judged(top)
    if change in ("unlink", "folder", "binary"):
        assert {one.span.file for one in report.diagnostics} == {name}


def test_a_folder_that_vanishes(
    repo: Callable[[Mapping[str, str | bytes]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repo({"net/main.tf": flow('"x"') + 'module "m" {\n  source = "../m"\n}\n', "m/m.tf": ""})
    real = Files.text

    def text(self: Files, asked: str, *most: int) -> str:
        if asked == "net/main.tf" and (top / "repo/m").is_dir():
            shutil.rmtree(top / "repo/m")
        return real(self, asked, *most)

    monkeypatch.setattr(Files, "text", text)
    assert [one.unit for one in judged(top).deliveries if one.unit == "net"] == ["net"]


# --- names -------------------------------------------------------------------------------------

# fmt: off
NAMES = (
    b"\xff\xfe", b"a\nb", b"\x1b[31m", "\u202egnp".encode(), b"::error::x", b"a#b", b"a b", b"-q",
    b"--output=x", b"$(touch x)", b"a\\b", b"a'b\"", b"*", b"[a]", "é".encode(), b"e\xcc\x81",
    b"{a,b}", b"~", b"%41", b"a;b|c", b"<b>", b"x" * 255, b"...", b"a:b", b"a=b", b"CON",
)
# fmt: on


@posix
def test_names_of_all_kinds(repo: Callable[[Mapping[str, str | bytes]], Path]) -> None:
    top = repo({})
    here = os.fsencode(top / "repo")
    text = flow('"arn:aws:s3:::${sha256(path.module)}${basename(path.module)}"')
    for name in NAMES:
        for place in (b"%b" % name, b"calls/%b" % name):
            try:
                Path(os.fsdecode(here + b"/" + place)).mkdir(parents=True)
            except OSError:
                continue  # not every file system has every name
            Path(os.fsdecode(here + b"/" + place + b"/main.tf")).write_text(text)
            Path(os.fsdecode(here + b"/" + place + b"/t.yaml")).write_text(GOOD)
    report = judged(top)
    terraform = [one for one in report.deliveries if one.name == "aws_flow_log.a"]
    templates = [one for one in report.deliveries if one.name == "Good"]
    assert len(terraform) == len(templates) - 1 >= 20
    assert len({one.fingerprint for one in report.findings}) == len(report.findings)


@pytest.mark.parametrize("folder", ["c#", "a%23b", "%25#%"])
def test_a_sign_in_the_name_of_a_folder_changes_no_verdict(
    tree: Tree, folder: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What waits for what, and what belongs to whom, is told by addresses."""
    samples = Path(__file__).parent.parent / "sample_templates"
    top = tree({})
    for name in ("scenes/landing-zone", "scenes/vpc-stack", "bucket-policies-compete"):
        shutil.copytree(samples / name, top / "plain" / name)
    shutil.copytree(top / "plain", top / folder)
    plain = run([Path("plain")])
    there = run([Path(folder)])
    assert [(one.unit, one.name, one.verdict) for one in there.deliveries] == [
        (one.unit.replace("plain", folder), one.name, one.verdict) for one in plain.deliveries
    ]
    assert [(one.unit, one.name, one.rule) for one in there.findings] == [
        (one.unit.replace("plain", folder), one.name, one.rule) for one in plain.findings
    ]
    assert cli.main([folder, "--write-baseline"]) == 0
    assert cli.main([folder, "--baseline", ".predeploy-baseline.json"]) == 0
    shown = capfd.readouterr().out
    assert "no longer" not in shown


@posix
def test_names_that_no_file_can_have(
    repo: Callable[[Mapping[str, str | bytes]], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    long, half = "x" * 5000, "\\ud800"
    names = (long, "a/" * 3000, half, "\\u0000", "%", "")
    logs = [flow(f'jsondecode("\\"{name}\\"")') for name in names]
    logs += [flow(f'file(jsondecode("\\"{name}\\""))') for name in names]
    text = "".join(
        one.replace('"a"', f'"a{number}"').replace("\\u", "\\\\u")
        for number, one in enumerate(logs)
    )
    files: dict[str, str | bytes] = {
        "net/main.tf": text + f'module "m" {{\n  source = "./{long}"\n}}\n',
        "e.toml": f'[[existing]]\nbucket = "b"\npolicy = "{long}"\n'
        '[[existing]]\nbucket = "b"\npolicy = "a\\u0000b"\n',
    }
    for number, name in enumerate(names):
        stack = STACK.replace("PLACE", f'"{name}"')
        files[f"s{number}/t.yaml"] = stack
    top = repo(files)
    report = judged(top)
    assert len([one for one in report.deliveries if one.unit == "net"]) == 2 * len(names)
    os.chdir(top / "repo")
    assert cli.main(["--existing", "e.toml"]) == 2
    assert cli.main([long]) == 3
    assert cli.main(["a/" * 3000]) == 3
    for option in ("--existing", "--var-file", "--parameter-file", "--plan", "--config", "--rules"):
        assert cli.main([option, long]) == 2
    shown = capfd.readouterr()
    assert "a bug of ours" not in shown.out + shown.err
    with pytest.raises(Unreadable):
        Files(top).raw("a\0b")


@posix
def test_a_working_folder_that_is_gone(tree: Tree) -> None:
    top = tree({"main.tf": flow('"x"')})
    script = f"mkdir {top}/gone; cd {top}/gone; rmdir {top}/gone; {sys.executable} -m validator"
    for arguments in ("", f" {top}"):
        done = subprocess.run(
            ["sh", "-c", script + arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
        )
        assert "Traceback" not in done.stderr
        assert "a bug of ours" not in done.stderr
        assert done.returncode == 2
