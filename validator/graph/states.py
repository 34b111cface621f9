"""How one root module names what another one hands on through its Terraform state.

<https://developer.hashicorp.com/terraform/language/state/remote-state-data>
"""

from __future__ import annotations

import re
from typing import Final

_STATE: Final = "state "
_IN: Final = " in "
_OUTPUT: Final = ": "
_PATH: Final = re.compile(r"[.\[]")


def state_output(output: str, key: str, bucket: str = "") -> str:
    """The name of one output of a state, under its key in a bucket or container if that is said.

    `key` begins with the type of the backend (`s3 network.tfstate`), or with `./` on the disk. What
    is inside of the output may follow: `.arn`, `["a"]`.
    """
    place = f"{_IN}{bucket}" if bucket else ""
    return f"{_STATE}{key}{place}{_OUTPUT}{output}"


def is_state_output(name: str) -> bool:
    """Whether that is the name of an output of a state, not of a stack's export."""
    return name.startswith(_STATE) and _OUTPUT in name


def split(name: str) -> tuple[str, str]:
    """The name of an output, and the path of what is meant inside of it."""
    if not is_state_output(name):
        return name, ""
    head, _, output = name.rpartition(_OUTPUT)
    found = _PATH.search(output)
    if found is None:
        return name, ""
    return f"{head}{_OUTPUT}{output[: found.start()]}", output[found.start() :]


def anywhere(name: str) -> str:
    """The name of the same output of a state whose bucket nobody wrote down.

    Backends are often configured in part: the bucket is given to `terraform init`.
    <https://developer.hashicorp.com/terraform/language/backend#partial-configuration>
    """
    head, _, output = name.rpartition(_OUTPUT)
    state, sep, _ = head.rpartition(_IN)
    return f"{state}{_OUTPUT}{output}" if sep and is_state_output(name) else name


def key_of(name: str) -> str | None:
    """The key of the state that an output is of, as it is written; None for one on the disk."""
    state = anywhere(name).rpartition(_OUTPUT)[0].removeprefix(_STATE)
    return None if state.startswith("./") else state.partition(" ")[2]
