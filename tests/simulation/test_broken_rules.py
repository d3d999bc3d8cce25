"""The simulation finds a program that breaks a rule of the delivery: three of them are broken here on purpose.

A: what a dead owner left in flight goes out again (reliability 3.1.4). B: no answer in time means that it was not sent
(3.1.5). C: two messages are on the line at once (3.1.3). D: an answer is taken whatever trip it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from simulation import memory_store
from simulation.world import play

from desktop.delivery import machine, matching
from desktop.delivery.attempt import Attempt, Ticked
from desktop.domain.lifecycle import OutboxState

S = OutboxState
UPLOADS = 3000
"""Within so many uploads each is found; in fact mostly in the first hundred."""


def dead_owner_sends_again() -> AbstractContextManager[Any]:
    real = memory_store.Outbox._move

    def move(self: Any, one: Any, at: Any) -> Any:
        return real(self, replace(one, to_state=S.READY) if one.cause == "owner_gone" else one, at)

    return patch.object(memory_store.Outbox, "_move", move)


def silence_means_not_sent() -> AbstractContextManager[Any]:
    real = machine._RULES[Ticked]

    def ticked(row: Attempt, event: Ticked, now: float) -> machine.Step:
        done = real(row, event, now)
        return machine.Step(S.READY, "again") if done.state is S.UNCERTAIN else done

    return patch.dict(machine._RULES, {Ticked: ticked})


def nothing_holds_the_line() -> AbstractContextManager[Any]:
    return patch.object(machine, "holds_line", lambda _row, _now: False)


def any_answer_will_do() -> AbstractContextManager[Any]:
    return patch.object(matching, "_may_be_about", lambda _row, _value: True)


def violations() -> Iterator[str]:
    done = place = 0
    while done < UPLOADS:
        result = play(f"broken:{place}")
        yield from result.violations
        done, place = done + result.uploads, place + 1


@pytest.mark.parametrize(
    ("broken", "kinds"),
    [
        pytest.param(dead_owner_sends_again, {"twice", "wrong"}, id="A"),
        pytest.param(silence_means_not_sent, {"twice", "wrong"}, id="B"),
        pytest.param(nothing_holds_the_line, {"line"}, id="C"),
        pytest.param(any_answer_will_do, {"wrong"}, id="D"),
    ],
)
def test_a_broken_rule_is_found(broken, kinds) -> None:
    with broken():
        found = next(violations(), "")
    assert found.partition(":")[0] in kinds, f"nothing was found, or something else: {found!r}"


def test_the_rules_as_they_are_break_no_promise() -> None:
    """The same worlds with whole rules are good: what is found above comes of the rule."""
    assert play("broken:0").violations == []
