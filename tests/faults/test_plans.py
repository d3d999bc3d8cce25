"""Plans of several steps against practice customs over real sockets: cancel, file again, move; with a death."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.far_end import FarEnd, fast
from fakes.office import Office
from fakes.oracle import judge

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Regime

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")


async def _started(folder: Path, scenario: str = "accept") -> Office:
    far = FarEnd(scenario)
    await far.start()
    office = Office(folder, far)
    await office.open()
    return office


async def _set(office: Office, trip: str, pointer: str, value: object) -> None:
    session = await office.desk.editing.open(trip)
    session.set(pointer, value)
    await session.flush()
    await office.desk.editing.release(trip)


async def _customs(office: Office, trip: str) -> str:
    return (await office.desk.lookups.trip(trip)).row.customs.value


async def _is(office: Office, trip: str, customs: str) -> bool:
    return await _customs(office, trip) == customs


async def _other_day(office: Office, trip: str) -> None:
    stored = await office.desk.store.trips.get(trip)
    day = int(stored.document["estimatedArrivalDateTime"][:4]) + 1
    await _set(office, trip, "/estimatedArrivalDateTime", f"{day}-01-15 10:30:00")


def test_another_day_is_cancelled_and_filed_again_and_a_death_in_between_changes_nothing(run, tmp_path: Path) -> None:
    async def main() -> None:
        office = await _started(tmp_path / "first")
        far = office.far
        trip = await office.trip(Regime.ACE)
        assert (await office.send(trip)).outcome == "delivered"
        await _other_day(office, trip)
        taken = len(far.taken)
        far.play("delay")
        await office.send(trip, None)
        await office.until(lambda: len(far.taken) > taken)
        after = await office.left_by_a_kill(tmp_path / "second")
        try:
            await after.open()
            await after.until_states(trip, *["ACKED"] * 5)
            await after.until(lambda: _is(after, trip, "on_file"))
            view = await after.desk.progress.of_trip(trip)
            assert (view.state, [step.state for step in view.steps]) == ("done", ["accepted", "delivered", "accepted"])
            await judge(after, may_lose_frames=True)
        finally:
            await far.service.stop()

    run(main())


def test_a_cancellation_nobody_answers_keeps_everything_else_back(run, tmp_path: Path) -> None:
    async def main() -> None:
        office = await _started(tmp_path / "one", "cancel-unanswered")
        try:
            trip = await office.trip(Regime.ACI)
            await office.send(trip)
            cancelled = await office.desk.submit.send(trip, intent=Intent.CANCEL, wait_s=1.0)
            assert cancelled.outcome in {"queued", "not_sure"}
            taken = len(office.far.taken)
            assert (await office.send(trip, None)).outcome == "not_ready"
            await _set(office, trip, "/truck/number", "T77")
            for intent in Intent.SEND, Intent.CANCEL:
                result = await office.desk.submit.send(trip, intent=intent, trip_reason="40")
                assert result.outcome == "not_ready"
            await office.pass_time(3600)
            assert len(office.far.taken) == taken
            assert (await office.desk.lookups.trip(trip)).row.readiness.verdict.value != "go"
        finally:
            await office.close()
            await office.far.service.stop()

    run(main())


def test_a_shipment_that_is_linked_to_another_trip_is_moved(run, tmp_path: Path) -> None:
    async def main() -> None:
        office = await _started(tmp_path / "one")
        try:
            old = await office.trip(Regime.ACI)
            await office.send(old)
            document = (await office.desk.store.trips.get(old)).document
            (shipment,) = document["shipments"]
            second = {**shipment, "cargoControlNumber": "9SMPPARS000999"}
            new = await office.trip(Regime.ACI, number="9SMPNEW0001")
            await _set(office, new, "/shipments", [second])
            number = shipment["cargoControlNumber"]
            preview = await office.desk.submit.preview_move(number, old, new)
            assert [line.waits_for for line in preview.lines] == ["", "customs", ""]
            result = await office.desk.submit.move(number, old, new, wait_s=3.0)
            assert result.outcome == "delivered"
            assert (await _customs(office, old), await _customs(office, new)) == ("cancelled", "on_file")
            assert office.far.service.ledger.linked["", "ACI", number] == "9SMPNEW0001"
            await judge(office)
        finally:
            await office.far.service.stop()

    run(main())


def test_without_the_move_customs_says_it_is_linked_and_the_program_says_where(run, tmp_path: Path) -> None:
    async def main() -> None:
        office = await _started(tmp_path / "one", "reject-aci-linked-to-another-trip")
        try:
            trip = await office.trip(Regime.ACI)
            await office.send(trip)
            (found,) = await office.desk.recovery_of(trip)
            assert (found.action, found.path) == ("move", "/shipments/0/cargoControlNumber")
            assert found.number in found.text
        finally:
            await office.close()
            await office.far.service.stop()

    run(main())
