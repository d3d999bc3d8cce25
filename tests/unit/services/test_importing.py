"""Files become drafts exactly as they are; what is here already is never doubled or lost."""

from __future__ import annotations

import json

import pytest
from unit.services.world import ace_accepted, golden, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure, UsageError
from desktop.services.sheets import sheet_of_file


def write(folder, *messages, name="file.json") -> str:
    path = folder / name
    path.write_text(json.dumps(messages[0] if len(messages) == 1 else list(messages)), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["ace-trip", "aci-trip"])
def test_the_pages_trips_come_in_exactly(world, run, tmp_path, name) -> None:
    message = golden(name)
    done = run(world.importing.files([write(tmp_path, message)], world.company))
    (item,) = done.items
    assert (item["what"], item["number"], done.problems) == ("trip", message["tripNumber"], [])
    stored = run(world.store.trips.get(item["id"]))
    assert json.dumps(stored.document) == json.dumps(message), "members keep their order, values their types"


def test_odd_values_keep_their_types_and_order(world, run, tmp_path) -> None:
    message = {
        "operation": "CREATE",
        "data": "ACE_TRIP",
        "tripNumber": "SMPL12345",
        "x": [1, 1.0, True, None, "1"],
        "a": {},
    }
    done = run(world.importing.files([write(tmp_path, message)], world.company))
    stored = run(world.store.trips.get(done.items[0]["id"]))
    assert json.dumps(stored.document) == json.dumps(message)


def test_the_same_again_is_the_same(world, run, tmp_path) -> None:
    name = write(tmp_path, golden("ace-trip"))
    first = run(world.importing.files([name], world.company)).items[0]
    again = run(world.importing.files([name], world.company)).items[0]
    assert (again["what"], again["id"]) == ("same", first["id"])
    assert run(world.store.trips.get(first["id"])).version == 1
    assert len(run(world.store.trips.latest())) == 1


def test_a_changed_draft_takes_the_new_content_and_keeps_the_old(world, run) -> None:
    async def main() -> None:
        old, _ = await world.importing.trip(golden("ace-trip"), world.company)
        changed = {**golden("ace-trip"), "usPortOfArrival": "3801"}
        new, what = await world.importing.trip(changed, world.company)
        assert (new.id, new.version, what) == (old.id, 2, "trip")
        assert new.document["usPortOfArrival"] == "3801"
        assert (await world.store.trips.version(old.id, 1)).document == golden("ace-trip")

    run(main())


def test_a_trip_that_went_out_is_not_created_again_but_updated(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        with pytest.raises(UsageError) as refused:
            await world.importing.trip({**trip.document, "truck": {"number": "X"}}, world.company)
        assert refused.value.code == "import.number_used"
        saved, _ = await world.importing.trip({**trip.document, "operation": "UPDATE"}, world.company)
        assert (saved.id, saved.document["operation"]) == (trip.id, "UPDATE")

    run(main())


def test_a_trip_that_only_waited_may_still_change(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        saved, _ = await world.importing.trip({**trip.document, "truck": {"number": "X"}}, world.company)
        assert saved.id == trip.id

    run(main())


def test_another_carriers_trip_of_that_number_is_another_trip(world, run) -> None:
    async def main() -> None:
        other = await world.add_company("Second Sample")
        one, _ = await world.importing.trip(golden("ace-trip"), world.company)
        two, _ = await world.importing.trip(golden("ace-trip"), other)
        assert one.id != two.id

    run(main())


def test_a_trip_of_nobody_becomes_the_carriers(world, run) -> None:
    async def main() -> None:
        nobodys, _ = await world.importing.trip(golden("ace-trip"), None)
        mine, _ = await world.importing.trip({**golden("ace-trip"), "usPortOfArrival": "3801"}, world.company)
        assert (mine.id, mine.company) == (nobodys.id, world.company.id)

    run(main())


def test_lone_shipments_come_in_and_are_replaced(world, run, tmp_path) -> None:
    shipment = golden("ace-trip")["shipments"][0]
    first = run(world.importing.files([write(tmp_path, shipment)], world.company)).items[0]
    again = run(world.importing.files([write(tmp_path, {**shipment, "type": "CARNET"})], world.company)).items[0]
    assert (first["what"], first["number"], again["id"]) == ("shipment", "AAAAA754321", first["id"])
    (row,) = run(world.lookups.shipments())
    assert (row.type, row.trip_id) == ("CARNET", None)


def test_one_bad_file_or_message_does_not_stop_the_rest(world, run, tmp_path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"data": "ACE_TRIP", ', encoding="utf-8")
    good = write(tmp_path, golden("aci-trip"), golden("ace-send-request"), 7, name="good.json")
    done = run(world.importing.files([str(bad), str(tmp_path / "none.json"), good], world.company))
    assert [item["what"] for item in done.items] == ["trip"]
    assert [one["code"] for one in done.problems] == [
        "protocol.json_syntax",
        "files.not_found",
        "import.not_a_draft",
        "import.not_a_draft",
    ]
    assert done.is_unreadable
    assert all(one["text"] and one["remedy"] for one in done.problems)


def test_a_dry_run_changes_nothing(world, run, tmp_path) -> None:
    trip, shipment = golden("ace-trip"), golden("aci-trip")["shipments"][0]
    done = run(world.importing.files([write(tmp_path, trip, shipment)], world.company, dry_run=True))
    assert [(item["what"], item["number"], item["id"]) for item in done.items] == [
        ("trip", "AAAA123457A", ""),
        ("shipment", "1234PARS34213341", ""),
    ]
    assert run(world.store.trips.latest()) == []


def test_arrival_is_a_moment_where_the_port_is_known(world, run) -> None:
    trip = run(world.trip())
    assert trip.eta_utc is not None
    nowhere, _ = run(
        world.importing.trip({**world.document(), "tripNumber": "SMPL77777777", "usPortOfArrival": "9999"}, None)
    )
    assert nowhere.eta_utc is None


def test_what_came_before_the_trip_is_given_to_it(world, run) -> None:
    """An answer by trip number and an RNS by control number, both received before the trip was known here."""

    async def main() -> None:
        number = world.document()["tripNumber"]
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": number}))
        aci = world.document(Regime.ACI)
        rns = golden("rns-shipment")
        rns["cargoControlNumber"] = aci["shipments"][0]["cargoControlNumber"]
        await world.hear(rns)
        first, second = await world.trip(), await world.trip(Regime.ACI)
        assert (await world.lookups.trip(first.id)).row.customs == "on_file"
        (shipment,) = (await world.lookups.trip(second.id)).shipments
        assert (shipment.clearance, shipment.entry) == ("set", "17889003009937")

    run(main())


def test_an_update_with_a_new_shipment_gets_that_shipments_messages(world, run) -> None:
    async def main() -> None:
        aci = world.document(Regime.ACI)
        rns = golden("rns-shipment") | {"cargoControlNumber": "9SMPPARSLATER1"}
        await world.hear(rns)
        trip = await world.trip(Regime.ACI)
        later = {**aci["shipments"][0], "cargoControlNumber": "9SMPPARSLATER1"}
        await world.importing.trip({**aci, "shipments": [*aci["shipments"], later]}, world.company)
        assert [one.clearance for one in (await world.lookups.trip(trip.id)).shipments] == ["none", "set"]

    run(main())


def test_a_number_on_two_drafts_gives_its_messages_to_neither(world, run) -> None:
    async def main() -> None:
        await world.trip(Regime.ACI)
        rns = golden("rns-shipment")
        rns["cargoControlNumber"] = world.document(Regime.ACI)["shipments"][0]["cargoControlNumber"]
        other = await world.trip(Regime.ACI, tripNumber="9SMP000000000X")
        await world.hear(rns)
        await world.trip(Regime.ACI, tripNumber="9SMP000000000X", truck={"number": "changed"})
        assert (await world.store.inbox.cards())[0].trip is None
        session = await world.editing.open(other.id)
        session.set("/truck/number", "typed")
        await session.flush()
        assert (await world.store.inbox.cards())[0].trip is None

    run(main())


def test_a_long_file_keeps_its_order_and_is_written_a_few_hundred_at_a_time(world, run, tmp_path, monkeypatch) -> None:
    """New trips share a transaction; a number that stands twice, a shipment or what is no draft comes in between."""
    kept: list[int] = []
    add_all = world.store.trips.add_all

    async def counted(new):
        kept.append(len(new))
        return await add_all(new)

    monkeypatch.setattr(world.store.trips, "add_all", counted)
    trips = [{"data": "ACE_TRIP", "operation": "CREATE", "tripNumber": f"AAAA{place:05d}"} for place in range(450)]
    again = {**trips[449], "usPortOfArrival": "3801"}
    nameless = {"data": "ACI_TRIP", "operation": "CREATE"}
    messages = [*trips, again, {"data": "NOTHING"}, nameless, trips[0]]
    done = run(world.importing.files([write(tmp_path, *messages)], world.company))
    assert [item["number"] for item in done.items] == [
        *(trip["tripNumber"] for trip in trips),
        "AAAA00449",
        "",
        "AAAA00000",
    ]
    assert [item["what"] for item in done.items[-3:]] == ["trip", "trip", "same"]
    assert len(done.problems) == 1
    assert kept == [200, 200, 50]
    assert len(run(world.store.trips.latest())) == 451


def test_a_full_disk_is_said_once_and_not_for_every_message(world, run, tmp_path, monkeypatch) -> None:
    async def full(new):
        raise EnvironmentFailure("store.disk_full")

    monkeypatch.setattr(world.store.trips, "add_all", full)
    with pytest.raises(EnvironmentFailure):
        run(world.importing.files([write(tmp_path, golden("ace-trip"), golden("aci-trip"))], world.company))

    async def full_save(*_, **__):
        raise EnvironmentFailure("store.disk_full")

    monkeypatch.setattr(world.store.shipments, "save_lone", full_save)
    with pytest.raises(EnvironmentFailure):
        run(world.importing.files([write(tmp_path, {"data": "ACE_SHIPMENT"})], world.company))


NO_DRAFTS = [
    None,
    1,
    "ACE_TRIP",
    [],
    {},
    {"data": 5},
    {"data": ["ACE_TRIP"]},
    {"data": {"ACE_TRIP": 1}},
    {"data": None},
]


def test_whatever_a_message_is_it_is_named_and_the_others_come_in(world, run, tmp_path) -> None:
    """A file may hold any JSON, lists and objects where a word should stand too."""
    good = {"data": "ACE_TRIP", "operation": "CREATE", "tripNumber": "AAAA00001"}
    odd = {"data": "ACI_TRIP", "tripNumber": ["a"], "shipments": [1, None, {"cargoControlNumber": {}}], "truck": []}
    done = run(world.importing.files([write(tmp_path, *NO_DRAFTS, good, odd)], world.company))
    assert [problem["code"] for problem in done.problems] == ["import.not_a_draft"] * len(NO_DRAFTS)
    assert [(item["what"], item["number"]) for item in done.items] == [("trip", "AAAA00001"), ("trip", "")]


@pytest.mark.parametrize("message", NO_DRAFTS)
def test_no_message_is_too_odd_to_be_refused_for_sending_or_a_sheet(world, run, tmp_path, message) -> None:
    assert run(world.submit.send_message(message, world.company)).outcome == "not_ready"
    with pytest.raises(UsageError, match=r"print\.one_trip"):
        sheet_of_file(write(tmp_path, message))
