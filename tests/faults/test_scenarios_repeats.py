"""Old words that come again, words that name nobody, and words about somebody else settle nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.far_end import FarEnd, far_end, fast, scenario
from fakes.office import Office
from fakes.oracle import judge

from desktop.domain.lifecycle import Regime

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")


async def _edit(office: Office, trip: str) -> None:
    session = await office.desk.editing.open(trip)
    session.set("/truck/number", "T7702")
    await session.flush()
    await session.close()


def _last(far: FarEnd, word: str) -> bytes:
    return [body for body in far.given if word.encode() in body][-1]


@pytest.mark.parametrize("regime", list(Regime))
def test_an_old_refusal_that_comes_again_refuses_nothing_new(run, tmp_path: Path, regime: Regime) -> None:
    """The gateway quotes no id on refusals; the corrected trip is on the line when the old refusal is repeated."""
    steps = [
        {"on": "upload", "times": 1, "do": [{"do": "refuse", "note": "Practice refusal"}]},
        {"on": "upload", "times": 1, "do": [{"do": "import"}]},
    ]

    async def main() -> None:
        async with far_end(scenario(*steps, error_send_id="none")) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(regime)
            assert (await office.send(trip, 8)).outcome == "refused"
            await _edit(office, trip)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 2)
            await far.service.announce(_last(far, "DATA_ERROR"))
            await office.settle()
            assert (await office.states(trip))[2:] == ["IN_FLIGHT", "READY"]
            (one,) = [item for item in await office.desk.store.inbox.cards() if item.repeats == 2]
            assert one.trip == trip
            await judge(office)

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_an_old_answer_of_customs_that_comes_again_proves_nothing_new(run, tmp_path: Path, regime: Regime) -> None:
    """Customs refused the first filing; the second was swallowed by the line when the old refusal is repeated."""
    reason = "ace_travel_document" if regime is Regime.ACE else "aci_port_mismatch"
    steps = [
        {"on": "send_request", "times": 1, "do": [{"do": "answer"}, {"do": "reject", "reason": reason}]},
        {"on": "send_request", "times": 1, "do": []},
    ]

    async def main() -> None:
        async with far_end(scenario(*steps)) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(regime)
            assert (await office.send(trip, 8)).outcome == "refused"
            await _edit(office, trip)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 4)
            await far.service.announce(_last(far, f'"data": "{regime}_RESPONSE"'))
            await office.settle()
            assert (await office.states(trip))[2:] == ["ACKED", "IN_FLIGHT"]
            assert (await office.desk.lookups.trip(trip)).row.customs == "transmitted"
            await office.pass_time(16 * 60.0)
            assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sure"
            await judge(office)

    run(main())


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "IMPORTED"},
        {"status": "OK", "message": "1 Trip imported"},
        {"status": "IMPORTED", "tripNumber": "OTHR123456"},
        {"status": "IMPORTED", "sendId": "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
        {"status": "IMPORTED", "message": "1 ACE Trip [OTHR123456] successfully imported"},
        {"status": "HAPPY"},
        {"status": "imported"},
    ],
    ids=json.dumps,
)
def test_a_success_that_is_not_certainly_ours_delivers_nothing(run, tmp_path: Path, answer: dict) -> None:
    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            await far.service.announce({"data": "API_RESPONSE", **answer})
            await office.settle()
            assert await office.states(trip) == ["IN_FLIGHT", "READY"]
            await office.pass_time(61.0)
            assert await office.states(trip) == ["UNCERTAIN", "READY"]
            await judge(office)

    run(main())


def test_a_late_answer_goes_to_its_own_trip_while_another_is_on_the_line(run, tmp_path: Path) -> None:
    """Without our id, by the number it names."""
    steps = [{"on": "upload", "times": 2, "do": [{"do": "import"}]}]

    async def main() -> None:
        async with far_end(scenario(*steps)) as far:
            office = Office(tmp_path, far)
            await office.open()
            first, second = await office.trip(Regime.ACE), await office.trip(Regime.ACI)
            await office.send(first, None, hold=True)
            await office.until(lambda: len(far.taken) == 1)
            await office.pass_time(61.0)
            await office.send(second, None, hold=True)
            await office.until(lambda: len(far.taken) == 2)
            number = json.loads(far.taken[0])["tripNumber"]
            await far.service.announce({"data": "API_RESPONSE", "status": "IMPORTED", "tripNumber": number})
            await office.until_states(first, "ACKED")
            assert await office.states(second) == ["IN_FLIGHT"]
            await judge(office)

    run(main())
