"""An open trip: typing, undo, checks and saving by itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from fakes.clock import ManualClock
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.documents import MISSING, Missing, get
from desktop.domain.lifecycle import Regime
from desktop.errors import Bug, EnvironmentFailure
from desktop.services.edit_session import SAVE_AFTER_S, EditSession
from desktop.services.undo import Step
from desktop.services.views import ServerError
from desktop.tasks import TaskKeeper
from desktop.validation.facts import Facts
from desktop.validation.issue import CheckResult, Issue, Severity

FIRST = {
    "data": "ACE_TRIP",
    "shipments": [{}],
    "truck": {"number": "T1", "type": "TR"},
    "drivers": [{"firstName": "Sample"}],
}


class Disk:
    """Keeps what a session saves, as the store would."""

    def __init__(self, steps=(), position: int = 0) -> None:
        self.document = None
        self.steps: list[Step] = list(steps)
        self.position = position
        self.saves = 0
        self.fails_with: BaseException | None = None
        self.gate: asyncio.Event | None = None

    async def __call__(self, session, tail) -> int:
        document = session.document
        if self.gate is not None:
            await self.gate.wait()
        if self.fails_with is not None:
            raise self.fails_with
        assert tail.keep <= len(self.steps), "the tail hangs in the air"
        self.document = document
        self.steps = [*self.steps[: tail.keep], *tail.steps]
        self.position = tail.position
        self.saves += 1
        return session.version + 1


class NeedsNumber:
    def check(self, document, facts) -> CheckResult:
        if isinstance(get(document, "/tripNumber"), Missing):
            return CheckResult((Issue("/tripNumber", "shape.missing", Severity.ERROR),))
        return CheckResult(())


def session_on(document, disk=None, clock=None, keeper=None, **more) -> EditSession:
    return EditSession(
        trip_id="trip",
        regime=Regime.ACE,
        company="",
        version=1,
        document=document,
        local={},
        save=disk or Disk(),
        checker=NeedsNumber(),
        facts=lambda _: Facts(),
        clock=clock or ManualClock(),
        keeper=keeper or TaskKeeper(),
        **more,
    )


def edited(run, *edits, document=FIRST):
    """Do edits in a loop and return the session as it stands then, saved."""

    async def main() -> EditSession:
        session = session_on(document)
        for edit in edits:
            edit(session)
        await session.flush()
        return session

    return run(main())


def test_setting_and_taking_out(run) -> None:
    session = edited(run, lambda s: s.set("/tripNumber", "SMPL1"), lambda s: s.set("/truck/type", MISSING))
    assert session.document == {**FIRST, "tripNumber": "SMPL1", "truck": {"number": "T1"}}
    assert session.value("/truck/type") is MISSING
    assert FIRST["truck"] == {"number": "T1", "type": "TR"}, "the first document is never changed in place"


def test_clearing_an_empty_field_takes_nothing_else_out(run) -> None:
    """A field that was left empty must not drag its neighbours along."""
    document = {"data": "ACE_TRIP", "truck": {"number": "T1"}, "shipper": {}}
    session = edited(
        run,
        lambda s: s.set("/truck/vinNumber", MISSING),
        lambda s: s.set("/shipper/name", MISSING),
        lambda s: s.set("/trailers/0/number", MISSING),
        document=document,
    )
    assert session.document == document
    assert not session.can_undo


def test_taking_out_the_last_member_takes_the_emptied_objects_too(run) -> None:
    document = {"data": "ACE_TRIP", "truck": {"licensePlate": {"number": "A"}}, "drivers": [{"firstName": "S"}]}
    session = edited(
        run,
        lambda s: s.set("/truck/licensePlate/number", MISSING),
        lambda s: s.set("/drivers/0/firstName", MISSING),
        document=document,
    )
    assert session.document == {"data": "ACE_TRIP", "drivers": [{}]}, "a row stays, its objects do not"


def test_rows_come_and_go(run) -> None:
    session = edited(
        run,
        lambda s: s.insert("/drivers/-", {"firstName": "Second"}),
        lambda s: s.insert("/drivers/0", {"firstName": "Zero"}),
        lambda s: s.remove("/drivers/1"),
        lambda s: s.insert("/trailers/-", {}),
    )
    assert [row["firstName"] for row in session.document["drivers"]] == ["Zero", "Second"]
    assert session.document["trailers"] == [{}]


@pytest.mark.parametrize("bar", [None, "T1", 7, True, ["x"]])
def test_a_value_in_the_way_gives_way_and_comes_back(run, bar) -> None:
    """A bad import may have a plain value where an object belongs: typing replaces it, undo brings it back."""
    session = edited(run, lambda s: s.set("/truck/number", "T9"), document={"truck": bar})
    assert session.document == {"truck": {"number": "T9"}}
    run(_undo_all(session))
    assert session.document == {"truck": bar}


@pytest.mark.parametrize("bar", [None, "none", {"number": "1"}])
def test_a_row_may_be_added_where_no_array_is(run, bar) -> None:
    session = edited(run, lambda s: s.insert("/truck/sealNumbers/-", "S1"), document={"truck": {"sealNumbers": bar}})
    assert session.document == {"truck": {"sealNumbers": ["S1"]}}
    run(_undo_all(session))
    assert session.document == {"truck": {"sealNumbers": bar}}


async def _undo_all(session) -> None:
    while session.undo() is not None:
        pass
    await session.flush()


async def _redo_all(session) -> None:
    while session.redo() is not None:
        pass
    await session.flush()


def test_typing_in_one_field_is_one_step(run) -> None:
    async def main() -> None:
        clock = ManualClock()
        session = session_on(FIRST, clock=clock)
        for text in ("S", "SM", "SMP", "SMPL"):
            session.set("/tripNumber", text)
            clock.advance(0.3)
        assert session.undo() == "/tripNumber"
        assert session.value("/tripNumber") is MISSING
        assert session.undo() is None
        assert session.redo() == "/tripNumber"
        assert session.value("/tripNumber") == "SMPL"
        await session.flush()

    run(main())


def test_typing_that_makes_its_object_is_one_step_too(run) -> None:
    async def main() -> None:
        session = session_on({"data": "ACE_TRIP"})
        for text in ("T", "T1", "T10"):
            session.set("/truck/licensePlate/number", text)
        session.undo()
        assert session.document == {"data": "ACE_TRIP"}
        session.redo()
        assert session.document == {"data": "ACE_TRIP", "truck": {"licensePlate": {"number": "T10"}}}
        await session.flush()

    run(main())


def test_a_pause_or_another_field_begins_a_new_step(run) -> None:
    async def main() -> None:
        clock = ManualClock()
        session = session_on(FIRST, clock=clock)
        session.set("/tripNumber", "A")
        clock.advance(3)
        session.set("/tripNumber", "AB")
        session.set("/truck/number", "T2")
        assert [session.undo() for _ in range(3)] == ["/truck/number", "/tripNumber", "/tripNumber"]
        assert session.document == FIRST
        await session.flush()

    run(main())


def test_a_new_edit_ends_what_could_be_redone(run) -> None:
    session = edited(
        run,
        lambda s: s.set("/tripNumber", "A"),
        lambda s: s.undo(),
        lambda s: s.set("/truck/number", "T2"),
    )
    assert not session.can_redo
    assert session.redo() is None


def test_numbers_that_python_calls_equal_are_told_apart(run) -> None:
    session = edited(run, lambda s: s.set("/truck", {"number": 1}), document={"truck": {"number": True}})
    assert session.document["truck"]["number"] is not True


def test_it_saves_itself_after_the_last_key(run, until) -> None:
    async def main() -> None:
        disk, seen = Disk(), []
        session = session_on(FIRST, disk)
        session.subscribe(on_saved=lambda: seen.append(session.saved_at))
        session.set("/tripNumber", "A")
        assert session.saved_at is None
        assert session.is_dirty
        await asyncio.sleep(SAVE_AFTER_S / 2)
        session.set("/tripNumber", "AB")
        assert disk.saves == 0, "one save after the last key, not one each"
        await until(lambda: seen)
        assert disk.document["tripNumber"] == "AB"
        assert disk.saves == 1
        assert session.saved_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
        assert session.version == 2
        await session.close()

    run(main())


def test_typing_without_a_pause_is_saved_all_the_same(run, monkeypatch) -> None:
    monkeypatch.setattr("desktop.services.edit_session.SAVE_AFTER_S", 30.0)
    monkeypatch.setattr("desktop.services.edit_session.SAVE_AT_LATEST_S", 0.02)

    async def main() -> None:
        disk = Disk()
        session = session_on(FIRST, disk)
        async with asyncio.timeout(5):
            number = 0
            while disk.saves < 2:
                number += 1
                session.set("/tripNumber", f"A{number}")
                await asyncio.sleep(0.001)
        assert disk.saves < number, "many keys, few saves"
        await session.close()

    run(main())


def test_what_is_typed_while_a_save_runs_is_saved_next(run, until) -> None:
    async def main() -> None:
        disk = Disk()
        disk.gate = asyncio.Event()
        session = session_on(FIRST, disk)
        session.set("/tripNumber", "A")
        flushed = asyncio.create_task(session.flush())  # noqa: TID251 - the test awaits it
        await asyncio.sleep(0)
        session.set("/truck/number", "T2")
        disk.gate.set()
        await flushed
        assert disk.document == session.document
        assert (disk.position, len(disk.steps)) == (2, 2)
        assert not session.is_busy

    run(main())


def test_a_failing_save_keeps_the_typing_and_is_tried_again(run, until, expected_logs, monkeypatch) -> None:
    expected_logs("trip trip not saved: store.disk_full")
    monkeypatch.setattr("desktop.services.edit_session.RETRY_SAVE_AFTER_S", 0.01)

    async def main() -> None:
        disk, told = Disk(), []
        disk.fails_with = EnvironmentFailure("store.disk_full")
        session = session_on(FIRST, disk)
        session.subscribe(on_saved=lambda: told.append(session.save_error))
        session.set("/tripNumber", "A")
        with pytest.raises(EnvironmentFailure):
            await session.flush()
        assert session.document["tripNumber"] == "A"
        assert session.is_dirty
        assert session.saved_at is None
        assert told[0].code == "store.disk_full"
        disk.fails_with = None
        await until(lambda: disk.saves)
        assert disk.document["tripNumber"] == "A"
        assert (session.save_error, [step.after for step in disk.steps]) == (None, ["A"])
        await session.close()

    run(main())


def test_a_save_that_breaks_off_for_another_reason_leaves_the_typing_dirty(run) -> None:
    async def main() -> None:
        reported = []
        disk = Disk()
        disk.fails_with = Bug("whatever")
        session = session_on(FIRST, disk, keeper=TaskKeeper(lambda name, error: reported.append(error)))
        session.set("/tripNumber", "A")
        with pytest.raises(Bug):
            await session.flush()
        assert session.is_dirty
        assert reported
        disk.fails_with = None
        await session.flush()
        assert disk.document["tripNumber"] == "A"

    run(main())


def test_closing_saves_and_a_failing_close_leaves_it_usable(run, expected_logs) -> None:
    expected_logs("not saved")

    async def main() -> None:
        disk = Disk()
        session = session_on(FIRST, disk)
        session.set("/tripNumber", "A")
        disk.fails_with = EnvironmentFailure("store.disk_full")
        with pytest.raises(EnvironmentFailure):
            await session.close()
        disk.fails_with = None
        session.set("/tripNumber", "AB")
        await session.close()
        assert disk.document["tripNumber"] == "AB"

    run(main())


def test_editors_hear_of_edits_checks_and_saves_until_they_leave(run) -> None:
    async def main() -> None:
        heard: list[object] = []
        session = session_on(FIRST)
        leave = session.subscribe(
            lambda paths, structure: heard.append((sorted(paths), structure)),
            lambda: heard.append("checked"),
            lambda: heard.append("saved"),
        )
        session.set("/tripNumber", "A")
        session.insert("/trailers/-", {})
        await session.flush()
        assert heard == [(["/tripNumber"], False), "checked", (["/trailers"], True), "checked", "saved"]
        leave()
        leave()
        session.set("/tripNumber", "B")
        await session.flush()
        assert len(heard) == 5

    run(main())


def test_issues_follow_each_key(run) -> None:
    async def main() -> None:
        session = session_on(FIRST)
        assert [issue.path for issue in session.issues] == ["/tripNumber"]
        session.set("/tripNumber", "A")
        assert session.issues == ()
        session.undo()
        assert [issue.path for issue in session.issues] == ["/tripNumber"]
        await session.flush()

    run(main())


def test_an_objection_goes_when_its_field_changes(run) -> None:
    async def main() -> None:
        moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
        session = session_on(FIRST)
        session.show_server_errors(
            tuple(
                ServerError(path, "no", moment) for path in ("/truck/number", "/truck/type", "/drivers/0/firstName", "")
            )
        )
        session.set("/truck/number", "T2")
        assert [error.path for error in session.server_errors] == ["/truck/type", "/drivers/0/firstName", ""]
        session.remove("/drivers/0")
        assert [error.path for error in session.server_errors] == ["/truck/type", ""]
        session.show_server_errors(
            (ServerError("/shipments/0", "no", moment), ServerError("/shipments/01", "no", moment))
        )
        session.set("/shipments/0/type", "PAPS")
        assert [error.path for error in session.server_errors] == ["/shipments/01"], "a change within it counts"
        await session.flush()

    run(main())


def test_local_facts_are_saved_and_are_no_undo_step(run) -> None:
    session = edited(run, lambda s: s.set_local("is_empty_trip", True))
    assert session.local == {"is_empty_trip": True}
    assert not session.can_undo
    assert not session.is_dirty


def test_what_was_saved_elsewhere_is_taken_over_and_can_be_undone(run) -> None:
    other = {"data": "ACE_TRIP", "tripNumber": "OTHER"}
    session = edited(run, lambda s: s.set("/tripNumber", "A"), lambda s: s.adopt(other, {"x": 1}, 9))
    assert (session.document, session.local) == (other, {"x": 1})
    session_version = session.version
    assert session_version == 10
    run(_undo_all(session))
    assert session.document == FIRST


# --- any sequence of edits -------------------------------------------------------------------------------------------

PATHS = (
    "/tripNumber",
    "/truck",
    "/truck/number",
    "/truck/licensePlate/number",
    "/truck/sealNumbers",
    "/drivers",
    "/drivers/0/firstName",
    "/shipper/address/city",
)
ARRAYS = ("/drivers", "/trailers", "/truck/sealNumbers")
VALUES = st.sampled_from(["", "A", "AB", None, 3, True, 1.0, {}, [], {"number": "X"}, [{"firstName": "S"}]])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(PATHS), st.one_of(st.just(MISSING), VALUES)),
        st.tuples(st.just("insert"), st.sampled_from(ARRAYS), VALUES),
        st.tuples(st.just("remove"), st.sampled_from((*PATHS, "/drivers/0", "/trailers/0")), st.none()),
        st.tuples(st.just("undo"), st.just(""), st.none()),
        st.tuples(st.just("redo"), st.just(""), st.none()),
        st.tuples(st.just("pause"), st.just(""), st.none()),
        st.tuples(st.just("save"), st.just(""), st.none()),
    ),
    max_size=25,
)
DOCUMENTS = st.sampled_from(
    [
        FIRST,
        {},
        {"truck": None, "drivers": "none"},
        {"drivers": [], "truck": {"sealNumbers": ["1"]}, "shipper": {"address": []}},
    ]
)


async def _do(session, clock, what, path, value) -> None:
    is_row_missing = path == "/drivers/0/firstName" and not isinstance(session.value("/drivers"), list)
    if what == "set" and not is_row_missing:  # an editor adds the row first
        session.set(path, value)
    elif what == "insert":
        session.insert(f"{path}/-", value)
    elif what == "remove":
        session.remove(path)
    elif what == "pause":
        clock.advance(5)
    elif what == "save":
        await session.flush()
    elif what in {"undo", "redo"}:
        getattr(session, what)()


@given(document=DOCUMENTS, edits=EDITS)
def test_any_edits_undone_give_the_first_document_and_the_disk_has_what_the_session_has(document, edits) -> None:
    async def main() -> None:
        clock, disk = ManualClock(), Disk()
        session = session_on(document, disk, clock)
        for edit in edits:
            await _do(session, clock, *edit)
        await session.flush()
        if disk.saves:
            assert disk.document == session.document
            kept = Disk(disk.steps, disk.position)
            again = session_on(disk.document, kept, clock, steps=disk.steps, position=disk.position)
            await _undo_all(again)
            assert again.document == document, "the stored steps lead back too"
            await _redo_all(again)
            assert kept.document == again.document or not kept.saves
        last = session.document
        was_redoable = session.can_redo
        await _undo_all(session)
        assert session.document == document
        if not was_redoable:
            await _redo_all(session)
            assert session.document == last

    asyncio.run(main())
