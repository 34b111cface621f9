"""`--trace`: every need in order, every request with its context, every statement against it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator import engine
from validator.cli import main
from validator.report import Style
from validator.report import trace as trace_text

SAMPLES = Path(__file__).parents[1] / "sample_templates"
REFUSED = SAMPLES / "bucket-policy-refuses-log-delivery" / "bad.yaml"
GOOD = SAMPLES / "bucket-policy-refuses-log-delivery" / "good.yaml"
ROLE = SAMPLES / "role-may-not-write-logs" / "bad.yaml"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sample by itself: in the repository the other samples would be in reach."""
    monkeypatch.chdir(tmp_path)


def copied(sample: Path) -> Path:
    return Path(shutil.copy(sample, Path.cwd()))


def trace(
    capsys: pytest.CaptureFixture[str], sample: Path, *options: str, name: str = "FlowLog"
) -> str:
    sample = copied(sample)
    assert main([str(sample), "--trace", name, *options]) == 0
    return capsys.readouterr().out


def test_a_refused_request_names_the_statements_and_what_they_lack(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = trace(capsys, REFUSED)
    assert shown.startswith("FlowLog → s3 LogBucket: may fail\n")
    assert "[ok] destination" in shown
    assert "[risk] bucket-policy of LogBucket" in shown
    assert "delivery.logs.amazonaws.com s3:PutObject: denied" in shown
    assert "on arn:aws:s3:::${LogBucket.name}/AWSLogs/${account}/vpcflowlogs/" in shown
    assert "- Allow TrailWrite" in shown
    assert "- Principal" in shown


def test_an_allowed_request_names_the_statement_that_allows_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = trace(capsys, GOOD)
    assert "s3:PutObject: allowed" in shown
    assert "s3:GetBucketAcl: allowed" in shown
    assert "+ Allow AWSLogDeliveryWrite" in shown
    assert "- Deny TlsOnly" in shown
    assert "with aws:sourceaccount" not in shown


def test_verbose_shows_what_the_request_carries(capsys: pytest.CaptureFixture[str]) -> None:
    shown = trace(capsys, GOOD, "-v", "--account", "111122223333", "--region", "eu-west-1")
    assert "with aws:sourceaccount = 111122223333" in shown
    assert "with aws:sourcearn = arn:aws:logs:eu-west-1:111122223333:" in shown
    assert "with aws:principalisawsservice = true" in shown
    # A key that the request does not carry is not shown.
    assert "aws:principalorgid" not in shown


def test_the_role_is_asked_as_itself(capsys: pytest.CaptureFixture[str]) -> None:
    shown = trace(capsys, ROLE)
    assert "vpc-flow-logs.amazonaws.com sts:AssumeRole: allowed" in shown
    assert "[fails] role-permissions of FlowLogRole" in shown
    assert "logs:CreateLogStream: denied" in shown


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*/bad.yaml")), ids=lambda p: p.parent.name)
def test_a_delivery_of_every_rule_can_be_traced(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from validator.engine import run

    one = run([copied(sample)]).deliveries[0]
    shown = trace(capsys, sample, "-v", name=one.name)
    assert one.name in shown.splitlines()[0]
    if sample.parent.name != "unused-ignore":  # the delivery itself is good there
        assert "[risk]" in shown or "[fails]" in shown or "[note]" in shown


@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_trace_fits_the_terminal_and_loses_nothing(width: int) -> None:
    name = 'module.network["sandbox"].aws_flow_log.archive'
    several, _ = engine.trace([SAMPLES / "scenes" / "landing-zone"], name)
    shown = trace_text.render(several, Style(width=width, verbose=True))
    assert max(map(len, shown.split("\n"))) <= width
    whole = trace_text.render(several, Style(width=10_000, verbose=True))
    assert "".join(shown.split()) == "".join(whole.split())
    assert "    on arn:aws:s3:::acme-prod-log-archive/sandbox/" in whole


def test_an_unknown_name_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(copied(GOOD)), "--trace", "FlowLgo"]) == 2
    assert "did you mean FlowLog?" in capsys.readouterr().err


def test_an_address_with_its_unit_is_taken_too(capsys: pytest.CaptureFixture[str]) -> None:
    from validator.engine import run

    (one,) = run([copied(GOOD)]).deliveries
    assert "will work" in trace(capsys, GOOD, name=one.address)


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('"NotResource": "arn:aws:s3:::*"', "its NotResource leaves out what is asked"),
        ('"NotAction": ["s3:Put*", "s3:Get*"]', "its NotAction leaves out s3:Put* and 1 more"),
        (
            '"NotPrincipal": {"Service": "delivery.logs.amazonaws.com"}',
            "its NotPrincipal names delivery.logs.amazonaws.com",
        ),
        (
            '"Condition": {"ArnNotLike": {"aws:SourceArn": "arn:aws:logs:*:111122223333:*"}}',
            "its aws:SourceArn leaves out arn:aws:logs:eu-west-1:111122223333:…",
        ),
        (
            '"Condition": {"Null": {"aws:SourceAccount": true}}',
            "its aws:SourceAccount must not be in the request",
        ),
        (
            '"Condition": {"Null": {"aws:SourceVpce": "false"}}',
            "its aws:SourceVpce must be in the request",
        ),
        (
            '"Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}',
            "its s3:TlsVersion is NumericLessThan 1.2, not 1.2",
        ),
        (
            '"Condition": {"Bool": {"aws:SecureTransport": false}}',
            "its aws:SecureTransport is false, not true",
        ),
        (
            '"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}',
            "aws:SourceVpce is absent from the request",
        ),
    ],
)
def test_why_a_deny_does_not_apply(
    capsys: pytest.CaptureFixture[str], element: str, said: str
) -> None:
    text = GOOD.read_text()
    base = {
        "Principal": '"*"',
        "Action": '"s3:*"',
        "Resource": '"*"',
    }
    others = [f'"{name}": {value}' for name, value in base.items() if f'Not{name}"' not in element]
    deny = ", ".join(('"Sid": "Guard", "Effect": "Deny"', *others, element))
    at = text.index("          - Sid: TlsOnly")
    Path("guarded.yaml").write_text(f"{text[:at]}          - {{{deny}}}\n{text[at:]}")
    options = ["--account", "111122223333", "--region", "eu-west-1"]
    main(["guarded.yaml", "--trace", "FlowLog", *options])
    shown = " ".join(capsys.readouterr().out.split())
    assert "- Deny Guard" in shown
    assert said in shown
