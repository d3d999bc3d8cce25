"""The contract of `Outbox` and of the delivery log it writes."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta

import pytest
from fakes.clock import NOON

from desktop import __version__
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.store import DATABASE, Conflict, Gone
from desktop.store.outbox import Move
from desktop.store.records import NewNumber
from tests.unit.store.conftest import frame, upload

S = OutboxState


@pytest.fixture
def trip(store, company, run):
    return run(store.trips.add(Regime.ACE, {"tripNumber": "SMPL0001"}, company=company.id))


@pytest.fixture
def queue(store, company, trip, run):
    """Queue the usual plan, upload and then send request, for the trip."""

    def queue(prefix: str = "a", **more):
        steps = [upload(f"{prefix}1"), upload(f"{prefix}2", kind="send_request", data="ACE_SEND_REQUEST", operation="")]
        given = {"company": company.id, "trip": trip.id, "trip_version": trip.version}
        return run(store.outbox.enqueue_plan(steps, **(given | more)))

    return queue


def moved(store, run, row, to, *, states=tuple(S), **more):
    return run(store.outbox.move(Move(row.id, states, to, "test", **more)))[0]


class TestOutbox:
    def test_a_plan_freezes_bytes_version_and_numbers_together(self, store, company, trip, queue, run) -> None:
        first, second = queue(numbers=[NewNumber("trip", "SMPL0001"), NewNumber("control", "SMPLX1")])
        assert (first.state, first.step, first.attempts, first.trip_version) == (S.READY, 1, 0, 1)
        assert (second.plan, second.step, second.kind) == (first.plan, 2, "send_request")
        assert run(store.outbox.payload(first.id)) == b"a1"
        assert first.sha256 == hashlib.sha256(b"a1").hexdigest()
        assert run(store.trips.version(trip.id, 1)).document == {"tripNumber": "SMPL0001"}
        assert set(run(store.numbers_used.find(company.id, Regime.ACE, "trip"))) == {"SMPL0001"}
        assert set(run(store.numbers_used.find(company.id, Regime.ACE, "control"))) == {"SMPLX1"}
        assert run(store.outbox.of_plan(first.plan)) == [first, second]
        assert run(store.outbox.for_trip(trip.id)) == [first, second]

    def test_nothing_is_queued_when_the_trip_was_edited_or_an_id_is_used_twice(self, store, trip, queue, run) -> None:
        run(store.trips.save(trip.id, {}, {}, version=1))
        with pytest.raises(Conflict):
            queue(numbers=[NewNumber("trip", "SMPL0001")])
        queue("b", trip_version=2)
        with pytest.raises(sqlite3.IntegrityError):
            queue("b", trip_version=2)
        assert len(run(store.outbox.open_rows())) == 2
        with pytest.raises(Gone):
            queue("c", trip="nothing")

    def test_a_row_is_claimed_once(self, store, queue, run) -> None:
        first, _ = queue()
        claimed = run(store.outbox.claim(first.id, epoch=7, owner="window"))
        assert (claimed.state, claimed.epoch, claimed.owner) == (S.IN_FLIGHT, 7, "window")
        assert (claimed.attempts, claimed.claimed_at) == (1, NOON)
        assert run(store.outbox.claim(first.id, epoch=7, owner="window")) is None
        assert run(store.outbox.get(first.id)) == claimed

    def test_a_later_step_waits_until_the_earlier_is_acked(self, store, queue, run) -> None:
        first, second = queue()
        assert run(store.outbox.ready_rows()) == [first]
        assert run(store.outbox.claim(second.id, epoch=1, owner="")) is None
        moved(store, run, first, S.PARTIAL)
        assert run(store.outbox.ready_rows()) == []
        moved(store, run, first, S.ACKED)
        assert [row.id for row in run(store.outbox.ready_rows())] == [second.id]
        assert run(store.outbox.claim(second.id, epoch=1, owner="")) is not None

    @pytest.mark.parametrize("doubt", [S.UNCERTAIN, S.DUP_SUSPECT])
    def test_an_attempt_in_doubt_holds_back_its_own_trip_alone(self, store, company, trip, queue, run, doubt) -> None:
        first, _ = queue()
        moved(store, run, first, doubt)
        again, _ = queue("b")
        assert run(store.outbox.claim(again.id, epoch=1, owner="")) is None
        other = run(store.trips.add(Regime.ACE, {}, company=company.id))
        free, _ = queue("c", trip=other.id)
        assert run(store.outbox.ready_rows()) == [free]
        moved(store, run, first, S.CANCELLED)
        assert {row.id for row in run(store.outbox.ready_rows())} == {again.id, free.id}

    def test_a_shipment_without_a_trip_is_held_back_by_its_number(self, store, company, run) -> None:
        def alone(send_id: str, number: str):
            return run(store.outbox.enqueue_plan([upload(send_id, number=number)], company=company.id))[0]

        moved(store, run, alone("a", "SMPLX1"), S.UNCERTAIN)
        alone("b", "SMPLX1")
        free = alone("c", "SMPLX2")
        assert run(store.outbox.ready_rows()) == [free]

    def test_a_move_from_elsewhere_changes_nothing(self, store, queue, run) -> None:
        first, _ = queue()
        assert moved(store, run, first, S.ACKED, states=(S.IN_FLIGHT,)) is None
        assert run(store.outbox.get(first.id)) == first
        assert len(run(store.delivery_log.of_row(first.id))) == 1

    def test_a_move_writes_what_happened_and_its_log_line(self, store, company, trip, queue, clock, run) -> None:
        first, _ = queue()
        [heard] = run(store.frames.append([frame(company, clock.now())]))
        run(store.outbox.claim(first.id, epoch=1, owner="w"))
        later = clock.advance(3)
        written = moved(store, run, first, S.IN_FLIGHT, is_written=True)
        assert (written.written_at, written.answered_at) == (later, None)
        refused = moved(store, run, first, S.REJECTED, is_answered=True, frame=heard, error={"note": "no"})
        assert (refused.state, refused.answered_at, refused.error) == (S.REJECTED, later, {"note": "no"})
        lines = run(store.delivery_log.of_row(first.id))
        assert [(line.from_state, line.to_state, line.cause, line.frame, line.attempt) for line in lines] == [
            ("", S.READY, "queued", None, 0),
            (S.READY, S.IN_FLIGHT, "claimed", None, 1),
            (S.IN_FLIGHT, S.IN_FLIGHT, "test", None, 1),
            (S.IN_FLIGHT, S.REJECTED, "test", heard, 1),
        ]
        assert {line.app_version for line in lines} == {__version__}
        assert lines[-1].at == later
        of_trip = run(store.delivery_log.of_trip(trip.id))
        assert [line for line in of_trip if line.outbox == first.id] == lines

    def test_a_probe_is_a_new_attempt_of_the_same_bytes(self, store, queue, clock, run) -> None:
        first, _ = queue()
        run(store.outbox.claim(first.id, epoch=1, owner="w"))
        moved(store, run, first, S.UNCERTAIN)
        later = clock.advance(130)
        probe = moved(store, run, first, S.IN_FLIGHT, is_new_attempt=True, epoch=2, owner="x")
        assert (probe.attempts, probe.claimed_at, probe.epoch, probe.owner) == (2, later, 2, "x")
        assert probe.sha256 == first.sha256

    def test_several_moves_are_made_together_or_not_at_all(self, store, queue, run) -> None:
        first, second = queue()
        good = Move(first.id, (S.READY,), S.CANCELLED, "user")
        with pytest.raises(Gone):
            run(store.outbox.move(good, Move("nothing", tuple(S), S.CANCELLED, "user")))
        assert run(store.outbox.get(first.id)) == first
        both = run(store.outbox.move(good, Move(second.id, (S.HELD,), S.CANCELLED, "user")))
        assert (both[0].state, both[1]) == (S.CANCELLED, None)

    def test_what_a_dead_owner_left_in_flight_is_uncertain_never_ready(self, store, queue, run) -> None:
        first, _ = queue()
        assert run(store.outbox.new_epoch()) == 1
        run(store.outbox.claim(first.id, epoch=1, owner="w"))
        assert run(store.outbox.recover_dead(1)) == []
        assert run(store.outbox.new_epoch()) == 2
        [found] = run(store.outbox.recover_dead(2))
        assert (found.id, found.state) == (first.id, S.UNCERTAIN)
        assert run(store.delivery_log.of_row(first.id))[-1].cause == "owner_gone"
        assert run(store.outbox.recover_dead(2)) == []

    def test_open_rows_are_those_an_answer_may_still_settle(self, store, company, queue, run) -> None:
        held = run(store.outbox.enqueue_plan([upload("h", state=S.HELD)], company=company.id))[0]
        first, second = queue()
        for state in S:
            moved(store, run, first, state)
            is_open = first.id in {row.id for row in run(store.outbox.open_rows(company.id))}
            assert is_open == (state not in {S.DRAFT, S.ACKED, S.PARTIAL, S.REJECTED, S.CONFLICT, S.CANCELLED})
        assert run(store.outbox.open_rows()) == [held, second]
        assert run(store.outbox.open_rows("nobody")) == []

    def test_a_row_is_found_by_the_id_it_went_out_under(self, store, company, queue, run) -> None:
        first, _ = queue()
        moved(store, run, first, S.REJECTED)
        assert run(store.outbox.by_send_id("a1")).id == first.id
        assert run(store.outbox.by_send_id("zz")) is None
        eta = NOON + timedelta(hours=3)
        more = run(
            store.outbox.enqueue_plan(
                [upload("e", eta_utc=eta, auto_send=True, account="acct", shipment="s")], company=company.id
            )
        )[0]
        assert (more.eta_utc, more.auto_send, more.account, more.shipment) == (eta, True, "acct", "s")

    def test_what_is_not_there_is_said(self, store, run) -> None:
        for work in (store.outbox.get("nothing"), store.outbox.payload("nothing")):
            with pytest.raises(Gone):
                run(work)


class TestDeliveryLog:
    @pytest.mark.parametrize("sql", ["UPDATE delivery_log SET cause = 'x'", "DELETE FROM delivery_log"])
    def test_the_database_itself_refuses_to_change_it(self, store, queue, run, sql) -> None:
        queue()
        with sqlite3.connect(store.folder / DATABASE) as other, pytest.raises(sqlite3.IntegrityError, match="append"):
            other.execute(sql)
        other.close()
