"""Undo back to the start gives the exact first document, to the byte, whatever was edited and across restarts."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from fakes.clock import ManualClock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.documents import MISSING, get
from desktop.domain.fields import FIELDS, path_for
from desktop.domain.lifecycle import Regime
from desktop.services.edit_session import EditSession
from desktop.services.undo import Step, Tail
from desktop.tasks import TaskKeeper
from desktop.validation.facts import Facts
from desktop.validation.issue import CheckResult

MESSAGES = Path(__file__).parents[2] / "golden" / "messages"
LISTS = {
    Regime.ACE: [
        "/trailers",
        "/drivers",
        "/shipments",
        "/shipments/0/commodities",
        "/truck/licensePlates",
        "/passengers",
    ],
    Regime.ACI: ["/trailers", "/containers", "/drivers", "/shipments", "/shipments/0/commodities"],
}
VALUES = st.sampled_from(
    ["", "A", "AB", "1234", 7, 7.0, True, None, MISSING, MISSING, {}, [], {"city": "X"}, ["S1", "S2"]]
)


class NoCheck:
    """The rules have no part in undo."""

    def check(self, document, facts):
        return CheckResult((), ())


class Disk:
    """What a store keeps of a session."""

    def __init__(self, document):
        self.document, self.steps, self.position = document, [], 0

    async def save(self, session: EditSession, tail: Tail) -> int:
        self.document = json.loads(json.dumps(session.document))
        self.steps = [*self.steps[: tail.keep], *tail.steps]
        self.position = tail.position
        return session.version + 1

    def stored_steps(self):
        """The steps as they come back: without the focus, and never merged with."""
        return [Step(s.path, s.before, s.after, s.path, s.at, is_typing=False) for s in self.steps]


def opened(disk: Disk, clock: ManualClock, keeper: TaskKeeper, regime: Regime) -> EditSession:
    return EditSession(
        trip_id="01SAMPLE", regime=regime, company="", version=1, document=disk.document, local={}, save=disk.save,
        checker=NoCheck(), facts=lambda _: Facts(), clock=clock, keeper=keeper,
        steps=disk.stored_steps(), position=disk.position,
    )  # fmt: skip


def pointers(regime: Regime) -> list[str]:
    """Places of every field of the table, in first and second rows, and the objects round them."""
    paths = [path for field in FIELDS if (path := path_for(field, regime))]
    return sorted({path.replace("*", row) for path in paths for row in ("0", "1")})


EDITS = {
    regime: st.one_of(
        st.tuples(st.just("set"), st.sampled_from(pointers(regime)), VALUES),
        st.tuples(st.just("remove"), st.sampled_from(pointers(regime)), st.none()),
        st.tuples(st.just("insert"), st.sampled_from(LISTS[regime]), st.sampled_from([{}, {"number": "9"}, "seal"])),
        st.tuples(st.sampled_from(["undo", "redo", "wait", "save", "restart"]), st.none(), st.none()),
    )
    for regime in Regime
}


@pytest.mark.parametrize("regime", list(Regime))
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_undo_back_to_the_start_restores_the_first_document(regime, data) -> None:
    """1,000 random sequences: 500 for each regime, on the page's own trips and on an empty one."""
    full = json.loads((MESSAGES / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))
    first = data.draw(
        st.sampled_from([full, {"data": f"{regime}_TRIP", "truck": {}, "drivers": [{}], "shipments": []}])
    )
    edits = data.draw(st.lists(EDITS[regime], min_size=1, max_size=25))
    asyncio.run(_play(regime, first, edits))


async def _play(regime: Regime, first, edits) -> None:
    clock, keeper = ManualClock(), TaskKeeper()
    disk = Disk(first)
    session = opened(disk, clock, keeper, regime)
    states = [json.dumps(first)]
    for what, pointer, value in edits:
        if what == "wait":
            clock.advance(5)
        elif what == "save":
            await session.flush()
        elif what == "restart":
            await session.close()
            session = opened(disk, clock, keeper, regime)
        elif what in {"undo", "redo"}:
            getattr(session, what)()
        else:
            _edit(session, what, pointer, value)
        states.append(json.dumps(session.document))
    last = json.dumps(session.document)
    await session.close()
    session = opened(disk, clock, keeper, regime)
    taken_back = 0
    while session.can_undo:
        session.undo()
        taken_back += 1
    assert json.dumps(session.document) == states[0]
    for _ in range(taken_back):
        session.redo()
    assert json.dumps(session.document) == last
    await session.close()
    await keeper.stop()


def _edit(session: EditSession, what: str, pointer: str, value) -> None:
    if what == "insert":
        rows = get(session.document, pointer)
        at = f"{pointer}/0" if isinstance(rows, list) else f"{pointer}/-"
        with_list = pointer == "/shipments/0/commodities" and not isinstance(
            get(session.document, "/shipments/0"), dict
        )
        if not with_list:
            session.insert(at, value)
        return
    parent = get(session.document, pointer.rpartition("/")[0])
    index = pointer.rpartition("/")[2]
    if isinstance(parent, list) and not (index.isdigit() and int(index) <= len(parent)):
        return  # nobody can type into a row after the next one
    try:
        if what == "set":
            session.set(pointer, value)
        else:
            session.remove(pointer)
    except ValueError:
        return  # a row that is not there: the session says so and changes nothing
