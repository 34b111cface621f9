"""The command's options."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, RawDescriptionHelpFormatter

from validator.argument_actions import Format, Output, Supplied, day
from validator.report import REPORTERS

_USAGE = """\
validate [OPTION ...] [PATH ...]
       validate --explain RULE | --list-rules | --completions SHELL | --version"""
_DESCRIPTION = """\
Says before the deploy whether AWS logs will arrive. Reads Terraform and CloudFormation as they
stand in the repository; never uses the network or credentials, never runs what it reads.
"""
_MORE = """\
examples:
  validate infra                                 judge every flow log below a folder
  validate infra --var-file prod.tfvars --account 111122223333 --region eu-west-1
  validate --trace aws_flow_log.main infra       why one of them is judged as it is
  validate --format json --output report.json --format text        two reports of one run

exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  a bad option or configuration, a broken rule pack, or a report that cannot be written
  3  nothing to check, or an input that should be read could not be read
  4  a bug of ours

environment:
  NO_COLOR, FORCE_COLOR    colours never, or always
  CI                       no progress is shown
  XDG_CACHE_HOME           where the tables of an HCL grammar that is not shipped are kept
  TF_VAR_... and the like are not read, so that a run says the same everywhere.
"""


def parser() -> ArgumentParser:
    """The parser of the command's options."""
    made = ArgumentParser(
        prog="validate",
        usage=_USAGE,
        description=_DESCRIPTION,
        epilog=_MORE,
        formatter_class=lambda prog: RawDescriptionHelpFormatter(
            prog, max_help_position=28, width=100
        ),
        allow_abbrev=False,
        add_help=False,
    )
    made.set_defaults(outputs=[])
    group = made.add_argument_group("what is judged")
    add = group.add_argument
    add(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="folders, or files whose whole module or template is judged (default: .)",
    )
    add(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="leave out files and folders: a name, or a path from the working folder",
    )
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: the nearest predeploy.toml or pyproject.toml)",
    )
    either.add_argument("--no-config", action="store_true", help="heed no configuration")
    add("--show-settings", action="store_true", help="list the settings, and where each is said")
    add("--show-files", action="store_true", help="list the files that would be looked at")

    group = made.add_argument_group("what the files do not say")
    add = group.add_argument
    add(
        "--var",
        action=Supplied,
        dest="variables",
        default=[],
        metavar="NAME=VALUE",
        help="a Terraform variable",
    )
    add(
        "--var-file",
        action=Supplied,
        dest="variables",
        default=[],
        metavar="FILE",
        help="a .tfvars file",
    )
    add("--plan", default="", metavar="FILE", help="the root module's plan (terraform show -json)")
    add("--workspace", default="", metavar="NAME", help="the Terraform workspace")
    add(
        "--parameter",
        action=Supplied,
        dest="parameters",
        default=[],
        metavar="NAME=VALUE",
        help="a CloudFormation parameter",
    )
    add(
        "--parameter-file",
        action=Supplied,
        dest="parameters",
        default=[],
        metavar="FILE",
        help="a file of CloudFormation parameters",
    )
    add(
        "--existing",
        action="append",
        default=[],
        metavar="FILE",
        help="a TOML file that tells of buckets, keys, roles, ... which exist already",
    )
    add(
        "--account",
        default="",
        metavar="ID",
        help="the account that is deployed to, or its name in the configuration",
    )
    add("--region", default="", metavar="NAME", help="the region")
    add("--partition", default="", metavar="NAME", help="the partition (aws, aws-cn, aws-us-gov)")

    group = made.add_argument_group("which rules count")
    add = group.add_argument
    add("--select", action="append", default=[], metavar="IDS", help="only these rules (a,b)")
    add("--ignore", action="append", default=[], metavar="IDS", help="not these rules (a,b)")
    add(
        "--rules",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of your own rules; they are Python and run",
    )
    add("--no-ignores", action="store_true", help="count what comments and Metadata ignore")
    add(
        "--require-reason",
        action=BooleanOptionalAction,
        help="an ignore without a reason is none",
    )
    add(
        "--today",
        type=day,
        metavar="DAY",
        help="the day for ignores that end (YYYY-MM-DD; default: today in UTC)",
    )
    add("--baseline", metavar="FILE", help="findings that are known and count no more")
    add(
        "--write-baseline",
        nargs="?",
        const="",
        metavar="FILE",
        help="make all findings known (default: .predeploy-baseline.json by the configuration)",
    )
    add("--cfn-lint", action="store_true", help="add what cfn-lint says of the templates")

    group = made.add_argument_group("what makes the command fail")
    add = group.add_argument
    add(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        metavar="SEVERITY",
        help="the mildest finding that fails: error, warning (default), info or never",
    )
    add(
        "--unknown",
        choices=("report", "ignore", "fail"),
        metavar="HOW",
        help="deliveries that cannot be told: report (default), ignore or fail",
    )
    add(
        "--strict",
        action=BooleanOptionalAction,
        help="fail if anything cannot be read or told",
    )
    add("--exit-zero", action="store_true", help="exit 0 in spite of findings")

    group = made.add_argument_group("what is mended")
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--fix",
        action="store_true",
        help="write what surely mends a finding in one place; judge again",
    )
    either.add_argument("--diff", action="store_true", help="show that as a diff, write nothing")

    group = made.add_argument_group("how it is shown")
    add = group.add_argument
    *others, last = REPORTERS
    add(
        "--format",
        action=Format,
        choices=tuple(REPORTERS),
        dest="outputs",
        default=[],
        metavar="FORMAT",
        help=f"{', '.join(others)} or {last}; may be repeated, each with its --output",
    )
    add(
        "--output",
        action=Output,
        metavar="FILE",
        dest="outputs",
        default=[],
        help="where the --format before it is written to",
    )
    add("-q", "--quiet", action="store_true", help="findings and the summary only")
    add("-v", "--verbose", action="store_true", help="show ignored and known findings too")
    add("--statistics", action="store_true", help="count the findings of each rule")
    add(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help="auto (default), always or never",
    )
    add("--no-progress", action="store_true", help="never say on a terminal how far a long run is")

    group = made.add_argument_group("instead of a report")
    add = group.add_argument
    add("--trace", metavar="ADDRESS", help="how the verdict on one flow log came about, by steps")
    add("--explain", metavar="RULE", help="the page on a rule")
    add("--list-rules", action="store_true", help="every rule in one line")
    add(
        "--completions",
        choices=("bash", "zsh", "fish"),
        metavar="SHELL",
        help='for bash, zsh or fish: eval "$(validate --completions bash)"',
    )
    add("--version", action="store_true", help="what this is, and what it reads with")
    add("-h", "--help", action="help", help="this page")
    add("--debug", action="store_true", help="show where a bug of ours happened")
    return made
