"""Rows 10 to 13 of the fault matrix: answers that are lost, late, somebody else's, doubled or out of order."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakes.dice import dice, some
from fakes.far_end import far_end, fast, scenario
from fakes.office import Office, connected
from fakes.oracle import judge

from desktop.domain.lifecycle import Regime

__all__ = ["dice", "fast"]

pytestmark = pytest.mark.usefixtures("fast")

MINUTE_S = 61.0
IMPORTED_UNHEARD = {"on": "upload", "times": 1, "do": [{"do": "import"}]}
LOST = {"on": "upload", "times": 1, "do": []}


async def _doubtful(office: Office, regime: Regime, **named: Any) -> str:
    """Send a trip, wait for its answer in vain, and return it."""
    trip = await office.trip(regime, **named)
    before = len(office.far.taken)
    await office.send(trip, None)
    await office.until(lambda: len(office.far.taken) > before)
    await office.pass_time(MINUTE_S)
    await office.until_states(trip, "UNCERTAIN", "READY")
    return trip


async def _is_on_file(office: Office, trip: str) -> bool:
    return (await office.desk.lookups.trip(trip)).row.customs.value in {"on_file", "cleared"}


# --- row 10 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("unknown_update", ["fail", "create"])
@pytest.mark.parametrize("fate", [IMPORTED_UNHEARD, LOST], ids=["imported", "not_imported"])
def test_row_10_ack_lost_comes_to_one_trip(run, tmp_path: Path, fate, unknown_update: str, regime: Regime) -> None:
    """Nothing goes out by itself. Who sends it as a change has one trip there in the end, whatever had become of it."""

    async def main() -> None:
        async with far_end(scenario(fate, unknown_update=unknown_update)) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await _doubtful(office, regime)
            await office.pass_time(3600.0)
            assert len(far.taken) == 1
            await office.desk.doubts.decide(trip, "send_as_update")
            await office.until(lambda: len(far.taken) >= 2)
            await office.settle()
            if fate is LOST and unknown_update == "fail":
                assert (await office.desk.lookups.trip(trip)).row.delivery == "refused"
                assert (await office.send(trip, 8)).outcome == "delivered"

            await office.until(lambda: _is_on_file(office, trip))
            trips = [record for record in far.service.ledger.records.values() if record.data.endswith("_TRIP")]
            assert len(trips) == 1
            assert far.taken[0] not in far.taken[1:]
            await judge(office)

    run(main())


def test_row_10_customs_speaking_of_a_first_trip_settle_it(run, tmp_path: Path) -> None:
    """The answer to an upload that files at once is lost; what customs say of it proves that it arrived."""
    steps = [
        {"on": "upload", "times": 1, "do": [{"do": "import"}]},
        {"on": "send_request", "times": 1, "do": [{"do": "customs", "after_s": 4}]},
    ]

    async def main() -> None:
        async with far_end(scenario(*steps)) as far:
            office = Office(tmp_path, far)
            await office.open()
            (company,) = await office.desk.store.companies.all()
            message = {**office.documents[Regime.ACE], "operation": "CREATE", "autoSend": True}
            result = await office.desk.submit.send_message(message, company, wait_s=0.05)
            assert result.outcome == "not_sure"
            await office.pass_time(MINUTE_S)
            (row,) = await office.desk.lookups.trips()
            await office.until_states(row.id, "ACKED")
            await office.until(lambda: _is_on_file(office, row.id))
            assert len(far.taken) == 1
            await judge(office)

    run(main())


# --- row 11 -------------------------------------------------------------------------------------------------------


def _answer_to(text: str, *, quoted: str) -> dict[str, Any]:
    sent = json.loads(text)
    who = {name: sent[name] for name in ("sendId", "tripNumber") if name in quoted}
    return {"data": "API_RESPONSE", "status": "IMPORTED", "message": "1 trip imported", "tripCount": 1, **who}


@pytest.mark.parametrize("quoted", ["sendId tripNumber", "sendId", "tripNumber"])
@pytest.mark.parametrize("past", ["timeout", "reconnect", "restart", "kill"])
def test_row_11_an_ack_delayed_past_everything_is_accepted(run, tmp_path: Path, past: str, quoted: str) -> None:
    async def main() -> None:
        async with far_end(scenario(IMPORTED_UNHEARD)) as far:
            office = Office(tmp_path / "first", far)
            await office.open()
            trip = await office.trip(Regime.ACI)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            office = await _past(office, past, tmp_path / "second")
            await office.until_states(trip, "UNCERTAIN", "READY")
            await connected(office)
            await far.service.announce(_answer_to(far.taken[0], quoted=quoted))
            await office.until_states(trip, "ACKED", "ACKED")
            await office.until(lambda: _is_on_file(office, trip))
            assert len(far.taken) == 2
            await judge(office)

    run(main())


async def _past(office: Office, what: str, folder: Path) -> Office:
    if what == "timeout":
        await office.pass_time(MINUTE_S)
    elif what == "reconnect":
        office.far.drop_all()
    elif what == "restart":
        await office.close()
        await office.open()
    else:
        office = await office.left_by_a_kill(folder)
        await office.open()
    return office


# --- row 12 -------------------------------------------------------------------------------------------------------

STRANGE = [
    {"sendId": "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
    {"sendId": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "tripNumber": "OTHR123456"},
    {"tripNumber": "OTHR123456"},
    {},
    {"companyKey": "c-practice-stranger"},
    {"companyKey": "c-practice-stranger", "tripNumber": "{ours}"},
]


@pytest.mark.parametrize("status", ["IMPORTED", "DATA_ERROR"])
@pytest.mark.parametrize("answer", STRANGE, ids=json.dumps)
def test_row_12_an_ack_that_is_not_ours_moves_no_trip(run, tmp_path: Path, answer: dict, status: str) -> None:
    """One trip is not sure, another on the line: neither is touched, and both are settled by what is theirs."""
    silent = {"on": "upload", "times": 2, "do": [{"do": "import"}]}

    async def main() -> None:
        async with far_end(scenario(silent, key_type="provider")) as far:
            office = Office(tmp_path, far)
            await office.open()
            first = await _doubtful(office, Regime.ACE)
            second = await office.trip(Regime.ACI)
            await office.send(second, None)
            await office.until(lambda: len(far.taken) == 2)
            await office.settle()
            numbers = {"{ours}": json.loads(far.taken[0])["tripNumber"]}
            named = {name: numbers.get(value, value) for name, value in answer.items()}
            errors = {"errors": [{"note": "Practice refusal"}]} if status == "DATA_ERROR" else {}
            await far.service.announce({"data": "API_RESPONSE", "status": status, **errors, **named})
            await office.settle()
            assert await office.states(first) == ["UNCERTAIN", "READY"]
            assert await office.states(second) == ["IN_FLIGHT", "READY"]
            for text in tuple(far.taken):
                await far.service.announce(_answer_to(text, quoted="sendId"))
            for trip in (first, second):
                await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_row_12_an_ack_with_a_status_nobody_knows_is_no_success(run, tmp_path: Path, regime: Regime) -> None:
    """The gateway has stored the trip and says so in a word of its own: not sure, shown, nothing more goes out."""

    async def main() -> None:
        async with far_end(scenario(imported_word="unknown")) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(regime)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            await office.settle()
            await office.pass_time(MINUTE_S)
            assert (await office.states(trip))[1] == "READY"
            assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sure"
            assert len(far.taken) == 1
            await judge(office)

    run(main())


# --- row 13 -------------------------------------------------------------------------------------------------------


ACE_NEWS = [
    {"do": "send", "use": "ace_status", "with": {"code": code, "description": text}, "after_s": 0.2}
    for code, text in (("1H", "Hold placed at port of arrival"), ("1I", "Hold removed at port of arrival"))
]
ACI_NEWS = [{"do": "send", "use": "rns", "each": "shipment", "with": {"code": code}} for code in ("9", "5", "4")]


async def _send_at_once(office: Office, regime: Regime) -> str:
    """Send one message that files at once, so that all that is said belongs to it; return the trip."""
    (company,) = await office.desk.store.companies.all()
    message = {**office.documents[regime], "operation": "CREATE", "autoSend": True}
    await office.desk.submit.send_message(message, company, wait_s=0.0)
    await office.until(lambda: len(office.far.taken) == 1)
    (row,) = await office.desk.lookups.trips()
    return row.id


async def _all_that_is_said(folder: Path, regime: Regime) -> tuple[list[str], str]:
    """Return what a gateway with much to say gives out, from QUEUED to a hold that is removed, and what it answers."""
    news = ACE_NEWS if regime is Regime.ACE else ACI_NEWS
    steps = [{"on": "send_request", "do": [{"do": "answer"}, {"do": "customs"}, *news]}]
    async with far_end(scenario(*steps, upload_answer="queued_first")) as far:
        office = Office(folder, far)
        await office.open()
        trip = await _send_at_once(office, regime)
        await office.until_states(trip, "ACKED")
        await office.until(lambda: far.service.is_quiet)
        await office.settle()
        said = [body.decode() for body in far.given if b'"message": "Connected"' not in body]
        await judge(office)
        return said, far.taken[0]


async def _understood(folder: Path, regime: Regime, frames: list[str], upload: str) -> Any:
    """Return what a desk that sent the same message makes of these frames."""
    async with far_end("silent") as far:
        office = Office(folder, far)
        office.documents[regime] = json.loads(upload)
        theirs = office.documents[regime].pop("sendId")
        await office.open()
        trip = await _send_at_once(office, regime)
        ours = json.loads(far.taken[0])["sendId"]
        for frame in frames:
            await far.service.announce(frame.replace(theirs, ours))

        async def are_understood() -> bool:
            store = office.desk.store
            return await store.frames.count() == 1 + len(frames) and not await store.frames.not_understood()

        await office.until(are_understood)
        await office.settle()
        detail = await office.desk.lookups.trip(trip)
        shipments = [(one.number, one.clearance, one.released, one.holds) for one in detail.shipments]
        row = detail.row
        said = (row.delivery, row.customs, row.readiness.verdict, shipments, await office.states(trip))
        await office.close()
        return said


@pytest.mark.parametrize("regime", list(Regime))
def test_row_13_responses_doubled_and_in_any_order_say_the_same(
    run, tmp_path: Path, dice: Random, regime: Regime
) -> None:
    async def main() -> None:
        frames, upload = await _all_that_is_said(tmp_path / "first", regime)
        assert len(frames) >= 5
        straight = await _understood(tmp_path / "straight", regime, frames, upload)
        for number in range(some(3, 60)):
            mixed = frames + dice.choices(frames, k=dice.randrange(4))
            dice.shuffle(mixed)
            assert await _understood(tmp_path / f"mixed {number}", regime, mixed, upload) == straight, mixed

    run(main())
