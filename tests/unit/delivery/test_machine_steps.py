"""Whatever happens to some attempts in whatever order, the pure core keeps the rules of the delivery (reliability 3.1).

The far end is a model: which messages arrived, what became of them, which answers are under way. No store, no socket,
no clock but a number. `EMANIFEST_MACHINE_STEPS=100000` plays that many steps instead of a few thousand.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop.delivery.attempt import (
    Attempt,
    Choice,
    Claimed,
    Decided,
    Event,
    Frozen,
    Held,
    LinkLost,
    NotWritten,
    Overtaken,
    OwnerGone,
    Released,
    Ticked,
    Way,
)
from desktop.delivery.machine import (
    ANSWER_LIMIT_S,
    CUSTOMS_LIMIT_S,
    OPEN,
    SETTLED,
    Action,
    after,
    holds_line,
    next_to_claim,
    step,
    user_word,
)
from desktop.delivery.matching import match
from desktop.domain.lifecycle import Delivery, OutboxState

S = OutboxState
STEPS = int(os.environ.get("EMANIFEST_MACHINE_STEPS", "3000"))
_STEPS_OF_ONE = 60
BEGAN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TAKEN, REFUSED = "stored", "refused"


class Core(RuleBasedStateMachine):
    """Attempts of one connection, and the far end's book."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Attempt] = {}
        self.now = 1000.0
        self.is_up = True
        self.arrived: Counter[str] = Counter()
        self.fate: dict[str, str] = {}
        self.filed: set[str] = set()
        self.answers: list[dict[str, Any]] = []
        self.given: dict[str, set[str]] = {}
        self.by_user: set[str] = set()
        self.is_quoting = True

    # --- the core's shell, as the courier is

    @property
    def wall(self) -> datetime:
        return BEGAN + timedelta(seconds=self.now)

    def apply(self, id_: str, event: Event) -> bool:
        row = self.rows[id_]
        done = step(row, event, self.now)
        if done.state is row.state and not done.cause:
            return False
        assert row.state is not S.ACKED or done.state in {S.ACKED, S.CONFLICT}, "nothing moves a delivered one back"
        assert not (row.state in SETTLED and done.state in {S.READY, S.IN_FLIGHT}), "what is settled never goes out"
        if done.state is S.READY:
            assert isinstance(event, Frozen | Released | NotWritten), f"{event} made it ready"
        assert (Action.WRITE in done.actions) == isinstance(event, Claimed)
        self.rows[id_] = after(row, event, done, now=self.now, wall=self.wall)
        return True

    def ordered(self) -> list[Attempt]:
        rows = list(self.rows.values())
        taken = [row for row in rows if row.way is Way.UPLOAD and row.state in {S.ACKED, S.PARTIAL}]
        return [
            replace(
                row, is_first_create=not any(one.trip_number == row.trip_number and one.id < row.id for one in taken)
            )
            for row in rows
        ]

    # --- steps

    @initialize(is_quoting=st.booleans())
    def begin(self, is_quoting: bool) -> None:
        self.is_quoting = is_quoting

    @precondition(lambda self: len(self.rows) < 9)
    @rule(trip=st.integers(1, 4), way=st.sampled_from(["CREATE", "UPDATE", "file"]))
    def queue(self, trip: int, way: str) -> None:
        id_ = f"R{len(self.rows) + 1}"
        number = f"SMPL{trip:07}"
        kind = Way.SEND_REQUEST if way == "file" else Way.UPLOAD
        operation = "COMPLETE_TRIP_AND_SHIPMENTS" if way == "file" else way
        self.rows[id_] = Attempt(id_, f"ID{id_}", kind, S.DRAFT, operation=operation, trip_number=number)
        assert self.apply(id_, Frozen())

    @rule(fate=st.sampled_from(["arrives", "arrives", "lost", "closed", "cut", "cut after"]), is_bad=st.booleans())
    def send(self, fate: str, is_bad: bool) -> None:
        """What may go goes; it arrives or not, and the connection lives or not."""
        chosen = next_to_claim(self.ordered(), self.now) if self.is_up else None
        if chosen is None:
            return
        flying = [row for row in self.rows.values() if row.state is S.IN_FLIGHT and holds_line(row, self.now)]
        assert not flying, "two on the line"
        doubtful = {row.trip_number for row in self.rows.values() if row.state in {S.UNCERTAIN, S.DUP_SUSPECT}}
        assert chosen.trip_number not in doubtful, "a trip in doubt is left alone"
        assert self.apply(chosen.id, Claimed())
        if fate == "closed":
            self.apply(chosen.id, NotWritten())
            assert self.rows[chosen.id].state is S.READY
        elif fate not in {"lost", "cut"}:
            self.take(self.rows[chosen.id], is_bad=is_bad)
        if fate in {"closed", "cut", "cut after"}:
            self.break_link()

    def take(self, row: Attempt, *, is_bad: bool) -> None:
        self.arrived[row.id] += 1
        number, is_request = row.trip_number, row.way is Way.SEND_REQUEST
        is_known = any(
            self.fate.get(one.id) == TAKEN and one.trip_number == number and one.way is Way.UPLOAD
            for one in self.rows.values()
        )
        is_wrong = is_bad or (is_known if row.operation == "CREATE" else not is_known)
        self.fate[row.id] = REFUSED if is_wrong else TAKEN
        answer: dict[str, Any] = {"data": "API_RESPONSE", "tripNumber": number}
        if self.is_quoting:
            answer["sendId"] = row.send_id
        if is_wrong:
            note = "Trip Number is already used" if is_known and row.operation == "CREATE" else "refused"
            answer |= {"status": "DATA_ERROR", "errors": [{"identifier": number, "note": note}]}
        else:
            answer["status"] = "TRANSMITTED" if is_request else "IMPORTED"
        self.answers.append(answer)
        if is_request and not is_wrong:
            self.filed.add(number)
            asked = {"type": row.operation, "tripNumber": number}
            self.answers.append({"data": "ACE_RESPONSE", "sendRequest": asked, "processingResponse": {}})

    @rule()
    def break_link(self) -> None:
        self.is_up = False
        for id_ in self.rows:
            self.apply(id_, LinkLost())

    @rule()
    def connect(self) -> None:
        self.is_up = True

    @rule()
    def die(self) -> None:
        """A new owner finds the rows as they were committed; time limits begin anew."""
        for id_, row in self.rows.items():
            self.rows[id_] = replace(row, since=self.now)
            self.apply(id_, OwnerGone())
        assert not any(row.state is S.IN_FLIGHT for row in self.rows.values())

    @rule(seconds=st.sampled_from([1.0, 30.0, ANSWER_LIMIT_S, CUSTOMS_LIMIT_S]))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        for id_ in self.rows:
            self.apply(id_, Ticked())

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 99), is_kept=st.booleans(), spoil=st.sampled_from(["", "", "queued", "unknown", "bare"]))
    def hear(self, which: int, is_kept: bool, spoil: str) -> None:
        index = which % len(self.answers)
        answer = self.answers[index]
        if spoil in {"queued", "unknown"} and answer["data"] == "API_RESPONSE":
            self.listen({**answer, "status": "QUEUED" if spoil == "queued" else "PARKED"})
        elif spoil == "bare":
            self.answers.pop(index)  # a gateway that names nothing: as good as no answer for what it took
            if answer.get("status") == "IMPORTED":
                self.listen({"data": "API_RESPONSE", "status": "IMPORTED"})
        else:
            if not is_kept or not self.is_quoting:
                self.answers.pop(index)  # without our id the shell keeps repeats away by their bytes
            self.listen(answer)

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 99))
    def lose(self, which: int) -> None:
        self.answers.pop(which % len(self.answers))

    @rule(trip=st.integers(1, 6), what=st.sampled_from(["sendId", "number"]))
    def somebody_elses(self, trip: int, what: str) -> None:
        """An answer with an unknown id about a trip of ours, or about a trip that is none of ours."""
        answer = {"data": "API_RESPONSE", "status": "IMPORTED"}
        other = {"sendId": "SOMEBODY", "tripNumber": f"SMPL{trip:07}"} if what == "sendId" else {"tripNumber": "OTHR1"}
        before = dict(self.rows)
        self.listen(answer | other)
        assert self.rows == before

    def listen(self, answer: dict[str, Any]) -> None:
        if answer.get("status") not in {None, "QUEUED", "PARKED"} and "sendId" in answer:
            self.given.setdefault(answer["sendId"], set()).add(answer["status"])
        found = match(self.ordered(), answer, self.wall)
        if found is not None:
            self.apply(found.row.id, found.event)

    @precondition(lambda self: self.rows)
    @rule(which=st.integers(0, 99), choice=st.sampled_from(list(Choice)))
    def decide(self, which: int, choice: Choice) -> None:
        """A person who looked decides a doubt; nobody says of what never came that it did."""
        row = list(self.rows.values())[which % len(self.rows)]
        if choice is Choice.IT_ARRIVED and self.fate.get(row.id) != TAKEN:
            return
        was_doubtful = row.state in {S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT}
        if self.apply(row.id, Decided(choice)) and was_doubtful:
            self.by_user.add(row.id)

    @precondition(lambda self: self.rows)
    @rule(which=st.integers(0, 99), event=st.sampled_from([Held(), Released(), Overtaken()]))
    def meddle(self, which: int, event: Event) -> None:
        row = list(self.rows.values())[which % len(self.rows)]
        self.apply(row.id, event)

    # --- what holds

    @invariant()
    def nothing_is_said_that_is_not_so(self) -> None:
        for row in self.rows.values():
            fate = self.fate.get(row.id)
            what = f"{row.operation} {row.trip_number} {row.id}: {row.state} here, {fate} there"
            assert self.arrived[row.id] <= 1, f"{what}, twice"
            if row.state in {S.ACKED, S.PARTIAL}:
                assert fate == TAKEN, what
            if row.state is S.REJECTED:
                assert fate == REFUSED, what
            word = user_word([(row.state, row.was_written)])
            assert word is not Delivery.NOT_SENT or not self.arrived[row.id], what
            assert row.state not in {S.CONFLICT, S.DUP_SUSPECT}, what

    @invariant()
    def a_doubt_lasts_only_while_its_answer_is_missing(self) -> None:
        for row in self.rows.values():
            if row.send_id in self.given:
                assert row.state not in OPEN, f"{row.id} {row.state}, and its answer was given"

    @invariant()
    def one_on_the_line(self) -> None:
        flying = [row.id for row in self.rows.values() if row.state is S.IN_FLIGHT and row.way is Way.UPLOAD]
        assert len(flying) <= 1, flying


@pytest.mark.timeout(3600)
def test_the_core_keeps_the_rules_in_any_order_of_events() -> None:
    run_state_machine_as_test(
        Core,
        settings=settings(
            max_examples=max(1, STEPS // _STEPS_OF_ONE),
            stateful_step_count=_STEPS_OF_ONE,
            deadline=None,
            print_blob=True,
        ),
    )
