"""A secret does not show itself."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import traceback

import pytest

from desktop.security.secret import Secret

CANARY = "canary-key-value"


@dataclasses.dataclass
class Holder:
    key: Secret


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        "{}".format,
        "{:>40}".format,
        "{!r}".format,
        lambda s: f"{s}",
        lambda s: repr([s, {"k": s}]),
        lambda s: repr(Holder(s)),
        lambda s: repr(dataclasses.asdict(Holder(s))),
        lambda s: json.dumps({"k": s}, default=str),
        lambda s: " ".join(dir(s)),
    ],
)
def test_it_is_never_shown(show) -> None:
    assert CANARY not in show(Secret(CANARY))


@pytest.mark.parametrize("dump", [pickle.dumps, json.dumps, vars])
def test_it_is_not_taken_away(dump) -> None:
    with pytest.raises(TypeError) as refused:
        dump(Secret(CANARY))
    assert CANARY not in "".join(traceback.format_exception(refused.value))


def test_it_is_revealed_when_asked_by_name() -> None:
    assert Secret(CANARY).reveal() == CANARY


def test_it_compares_copies_and_hashes_as_a_value() -> None:
    secret = Secret(CANARY)
    assert secret == Secret(CANARY)
    assert secret != Secret("other")
    assert secret != CANARY
    assert hash(secret) == hash(Secret(CANARY))
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert (bool(secret), bool(Secret(""))) == (True, False)
