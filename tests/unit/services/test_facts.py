"""Facts for checks, standing of rows, turns of the loop, the list of listeners."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from unit.services.world import good_gateway

from desktop.domain.lifecycle import OutboxState, Regime
from desktop.services.changes import Changes
from desktop.services.facts import resources
from desktop.services.standing import delivery_of, filing_of, held_version
from desktop.services.turns import Turns
from desktop.services.views import Changed, Subject
from desktop.store.records import NewNumber, OutboxRow

S = OutboxState


def row(
    state: S, *, plan="A", step=1, kind="upload", operation="CREATE", version=1, attempts=1, auto=False
) -> OutboxRow:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return OutboxRow(
        id=f"{plan}{step}",
        company="c",
        trip="t",
        trip_version=version,
        plan=plan,
        step=step,
        kind=kind,
        data="ACE_TRIP",
        operation=operation,
        regime=Regime.ACE,
        number="SMPL1",
        shipment="",
        auto_send=auto,
        account="",
        state=state,
        send_id="",
        sha256="",
        eta_utc=None,
        attempts=attempts,
        epoch=None,
        owner="",
        created_at=at,
        claimed_at=None,
        written_at=None,
        answered_at=None,
        error=None,
    )


def request(state: S, operation="COMPLETE_TRIP_AND_SHIPMENTS", **more) -> OutboxRow:
    return row(state, **{"kind": "send_request", "operation": operation, "step": 2, **more})


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "not_sent"),
        ([row(S.READY, attempts=0)], "not_sent"),
        ([row(S.HELD, attempts=0)], "not_sent"),
        ([row(S.IN_FLIGHT), request(S.READY, attempts=0)], "sending"),
        ([row(S.ACKED), request(S.READY, attempts=0)], "not_sent"),
        ([row(S.ACKED), request(S.ACKED)], "delivered"),
        ([row(S.REJECTED), request(S.CANCELLED, attempts=0)], "refused"),
        ([row(S.PARTIAL), request(S.CANCELLED, attempts=0)], "delivered_with_problems"),
        ([row(S.CANCELLED, attempts=0)], "not_sent"),
        ([row(S.CANCELLED, attempts=1)], "not_sure"),
        ([row(S.UNCERTAIN), request(S.READY, attempts=0)], "not_sure"),
        ([row(S.DUP_SUSPECT)], "not_sure"),
        ([row(S.CONFLICT)], "not_sure"),
        ([row(S.UNCERTAIN, version=1), row(S.ACKED, plan="B", version=2)], "not_sure"),
        ([row(S.UNCERTAIN, version=1), row(S.READY, plan="B", version=2, attempts=0)], "not_sure"),
        ([row(S.CANCELLED, attempts=0), row(S.ACKED, plan="B")], "delivered"),
        ([row(S.CANCELLED, attempts=1), row(S.ACKED, plan="B")], "delivered"),
        ([row(S.CANCELLED, attempts=1), row(S.READY, plan="B", attempts=0)], "not_sure"),
    ],
)
def test_the_word_for_the_way_to_the_gateway(rows, word) -> None:
    assert delivery_of(rows) == word


@pytest.mark.parametrize(
    ("rows", "held", "filed"),
    [
        ([], None, None),
        ([row(S.READY, attempts=0)], None, None),
        ([row(S.ACKED)], 1, None),
        ([row(S.ACKED), request(S.ACKED)], 1, 1),
        ([row(S.ACKED, auto=True)], 1, 1),
        ([row(S.ACKED), request(S.REJECTED)], 1, None),
        ([row(S.ACKED), request(S.UNCERTAIN)], 1, None),
        ([row(S.ACKED), request(S.ACKED), row(S.ACKED, plan="B", version=2)], 2, 1),
        ([row(S.ACKED), request(S.ACKED), row(S.REJECTED, plan="B", version=2)], 1, 1),
        ([row(S.ACKED), request(S.ACKED), request(S.ACKED, "CANCEL_TRIP", plan="B", version=2)], 1, 1),
    ],
)
def test_what_the_gateway_holds_and_what_was_filed(rows, held, filed) -> None:
    found = filing_of(rows)
    assert (held_version(rows), None if found is None else found.version) == (held, filed)


def test_a_trips_own_use_of_its_numbers_is_none(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        company = world.company.id
        await world.store.numbers_used.add(company, Regime.ACE, [NewNumber("control", "OLD1")])
        own = await world.facts.known(company, Regime.ACE, without_trip=trip.id)
        others = await world.facts.known(company, Regime.ACE)
        assert trip.number not in own.history.trip_numbers
        assert others.history.trip_numbers[trip.number].trip == trip.number
        assert list(own.history.control_numbers) == ["OLD1"], "one of before this program is everybody's"
        assert len(others.history.control_numbers) == 3
        assert own.history.control_numbers["OLD1"].trip == ""
        assert (await world.facts.known(company, Regime.ACI)).history.trip_numbers == {}

    run(main())


def test_a_number_used_twice_counts_by_its_latest_other_use(world, run) -> None:
    async def main() -> None:
        company = world.company.id
        first, second = await world.trip(), await world.trip(tripNumber="SMPL00000002")
        for trip in (first, second):
            world.clock.advance(60)
            await world.store.numbers_used.add(company, Regime.ACE, [NewNumber("control", "BOTH")], trip=trip.id)
        survey = await world.facts.survey(company, Regime.ACE)
        used = {trip.id: survey.without(trip.id).history.control_numbers["BOTH"].used_at for trip in (first, second)}
        assert used[first.id] - used[second.id] == timedelta(seconds=60)

    run(main())


def test_who_is_under_way_and_whose_papers_expire(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.library.save("driver", trip.document["drivers"][0], {"expiries": {"fast": "2026-12-01", "x": "?"}})
        busy = (await world.facts.known(world.company.id, Regime.ACE)).history.busy
        assert busy["driver:D1"] == ((trip.number, trip.eta_utc),)
        assert set(busy) == {"driver:D1", "truck:T101", "trailer:53001"}
        own = await world.facts.known(world.company.id, Regime.ACE, without_trip=trip.id)
        assert (dict(own.history.busy), len(own.history.busy)) == ({}, 0)
        assert list(own.library.expiries) == ["driver:D1"]
        assert [what for what, _ in own.library.expiries["driver:D1"]] == ["fast"]

    run(main())


def test_without_a_company_only_the_library_and_the_time_are_known(world, run) -> None:
    known = run(world.facts.known("", Regime.ACE))
    assert (known.company, known.history) == (None, None)
    facts = known.at(world.clock.now(), {"is_empty_trip": True, "overrides": {"/x|C03": "reason"}})
    assert (facts.now, facts.is_empty_trip, facts.overrides) == (world.clock.now(), True, frozenset({"/x|C03"}))
    assert known.at(world.clock.now(), {"overrides": "odd"}).overrides == frozenset()


def test_a_files_check_knows_both_regimes(world, run) -> None:
    async def main() -> None:
        ace, aci = await world.trip(), await world.trip(Regime.ACI)
        for trip in (ace, aci):
            await world.submit.send(trip.id)
            world.clock.advance(1)
        facts = await world.facts.for_check(world.company)
        assert {ace.number, aci.number} <= set(facts.history.trip_numbers)
        assert facts.company.scacs == ("SMPL",)

    run(main())


def test_broken_documents_use_nothing(world, run) -> None:
    odd = run(world.importing.trip({"data": "ACE_TRIP", "truck": [], "trailers": [1, {"number": 5}]}, None))[0]
    assert resources(odd) == []


def test_long_work_lets_others_run(run, monkeypatch) -> None:
    async def main() -> int:
        others = 0

        async def other() -> None:
            nonlocal others
            while True:
                others += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())  # noqa: TID251 - the test cancels it
        turns = Turns()
        await turns.take()
        assert others == 0, "within a slice nothing is given away"
        monkeypatch.setattr("desktop.services.turns.SLICE_S", -1.0)
        for _ in range(5):
            await turns.take()
        task.cancel()
        return others

    assert run(main()) == 5


def test_listeners_hear_until_they_leave_even_in_between() -> None:
    changes, heard = Changes(), []
    leave = changes.subscribe(lambda changed: (heard.append(changed), leave()))
    changes.subscribe(heard.append)
    changes.announce(Subject.TRIP, ["a", "a"], "me")
    changes.announce(Subject.LINK)
    leave()
    assert heard == [
        Changed(Subject.TRIP, frozenset({"a"}), "me"),
        Changed(Subject.TRIP, frozenset({"a"}), "me"),
        Changed(Subject.LINK),
    ]
