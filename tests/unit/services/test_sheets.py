"""The driver's sheet: what customs has, nothing private, in the catalogue's words whatever the system speaks."""

from __future__ import annotations

import json
import locale
from datetime import UTC, datetime

import pytest
from unit.services.world import golden, good_gateway, imported

from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.sheets import eta_text, printed_at, sheet_of_file


async def filed(world):
    trip = await world.trip()
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    return trip


def test_a_draft_says_so_until_customs_has_it(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        draft = await world.sheets.summary(trip.id)
        assert len(draft.marks) == 2, "practice, and draft"
        world.socket.script = lambda m: [imported(m)] if m["data"] == "ACE_TRIP" else []
        await world.submit.send(trip.id)
        await world.deliver()
        assert len((await world.sheets.summary(trip.id)).marks) == 2
        await world.hear(good_gateway(world.socket.sent[1])[0])
        assert len((await world.sheets.summary(trip.id)).marks) == 1

    run(main())


def test_what_was_changed_after_filing_is_a_draft_again(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T2")
        await session.flush()
        assert len((await world.sheets.summary(trip.id)).marks) == 2
        world.clock.advance(60)
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        assert await world.states(trip) == ["ACKED", "ACKED", "ACKED"]
        assert len((await world.sheets.summary(trip.id)).marks) == 2, "the gateway has it, customs does not"
        session.undo()
        await session.flush()

    run(main())


def test_a_change_is_on_file_once_customs_answered_it(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T2")
        await session.flush()
        world.clock.advance(60)
        world.socket.script = lambda m: (
            [imported(m)] if m["data"] == "ACE_TRIP" else [imported(m) | {"status": "TRANSMITTED"}]
        )
        await world.submit.send(trip.id)
        await world.deliver()
        assert len((await world.sheets.summary(trip.id)).marks) == 2
        world.clock.advance(5)
        await world.hear(good_gateway(world.socket.sent[-1])[0])
        assert len((await world.sheets.summary(trip.id)).marks) == 1

    run(main())


def test_a_trip_filed_from_elsewhere_is_on_file(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        answer = golden("aci-response") | {"tripNumber": trip.number}
        answer["sendRequest"]["tripNumber"] = trip.number
        await world.hear(answer)
        assert len((await world.sheets.summary(trip.id)).marks) == 1

    run(main())


def test_nothing_private_stands_on_it(world, run) -> None:
    async def main() -> None:
        canaries = {"dateOfBirth": "1911-11-11", "fastCardNumber": "42799999999999", "aceId": "CANARYACEID"}
        driver = world.document()["drivers"][0] | canaries
        driver["travelDocuments"] = [{"type": "5K", "number": "CANARYDOCUMENT", "stateProvince": "ON"}]
        trip = await world.trip(drivers=[driver], passengers=[driver])
        sheet = repr(await world.sheets.summary(trip.id))
        assert not [word for word in (*canaries.values(), "CANARYDOCUMENT", "1911", "4279") if word in sheet]
        assert "Sample Driver One" in sheet

    run(main())


def test_it_says_whom_to_phone_where_and_when(world, run) -> None:
    sheet = run(world.sheets.summary(run(world.trip()).id))
    assert (sheet.contacts[0].name, sheet.contacts[0].phone) == ("Sample Carrier Ltd.", "519-555-0100")
    assert sheet.port.startswith("3801 ")
    assert sheet.eta == "Tue 24 Nov 2026, 10:30 EST"
    assert sheet.printed_at == "Tue 24 Nov 2026, 07:00 EST"
    assert sheet.codes == "SCAC SMPL"
    assert sheet.verdict == "wait"
    assert sheet.headline


def test_the_clearance_with_the_entry_number(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        (line,) = (await world.sheets.summary(trip.id)).shipments
        assert (line.clearance.words, line.clearance.detail) == ("NOT SET", "")
        await world.hear(golden("rns-shipment") | {"cargoControlNumber": number})
        (line,) = (await world.sheets.summary(trip.id)).shipments
        assert (line.clearance.words, line.clearance.detail) == ("PARS set", "17889003009937")

    run(main())


def test_times_do_not_follow_the_systems_language(monkeypatch) -> None:
    document = {"estimatedArrivalDateTime": "2026-11-24 10:30:00", "usPortOfArrival": "3801"}
    before = locale.setlocale(locale.LC_TIME)
    named = [name for name in ("fr_FR.UTF-8", "fr_CA.UTF-8", "de_DE.UTF-8", "C.UTF-8", "C") if _is_there(name)]
    try:
        locale.setlocale(locale.LC_TIME, named[0])
        assert eta_text(Regime.ACE, document) == "Tue 24 Nov 2026, 10:30 EST"
    finally:
        locale.setlocale(locale.LC_TIME, before)


def _is_there(name: str) -> bool:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_TIME, before)
    return True


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"estimatedArrivalDateTime": "soon", "usPortOfArrival": "3801"},
        {"estimatedArrivalDateTime": "2026-11-24 10:30:00"},
    ],
)
def test_without_a_known_zone_the_time_is_left_to_the_sheet(document) -> None:
    assert eta_text(Regime.ACE, document) == ""


def test_printed_at_without_a_port_is_utc() -> None:
    assert printed_at(datetime(2026, 3, 8, 23, 5, tzinfo=UTC), None) == "Sun 8 Mar 2026, 23:05 UTC"


def test_a_sheet_of_a_file_is_a_draft(tmp_path) -> None:
    name = tmp_path / "trip.json"
    name.write_text(json.dumps(golden("aci-trip")), encoding="utf-8")
    sheet = sheet_of_file(str(name))
    assert (sheet.trip_number, len(sheet.marks)) == ("1234923ASDF", 1)
    name.write_text(json.dumps([golden("aci-trip"), golden("ace-trip")]), encoding="utf-8")
    with pytest.raises(DesktopError) as refused:
        sheet_of_file(str(name))
    assert refused.value.code == "print.one_trip"
