"""What the owner does for commands: plain values in and out, the exits of the command line."""

from __future__ import annotations

import json

import pytest
from unit.services.customs import Customs, edit, filed
from unit.services.test_companies import PRACTICE, Carriers
from unit.services.world import golden, good_gateway

from desktop.domain.lifecycle import LinkState, Regime
from desktop.errors import DesktopError, EnvironmentFailure, NotFound, UsageError
from desktop.services.requests import Requests
from desktop.services.views import LinkStatus


@pytest.fixture
def carriers(bare) -> Carriers:
    return Carriers(bare)


@pytest.fixture
def requests(bare, carriers) -> Requests:
    return Requests(bare.store, carriers.service, bare.importing, bare.submit, bare.lookups)


async def add(requests, name="Sample Carrier", **more):
    args = {"name": name, "scacs": ["SMPL"], "carrier_codes": ["9SMP"], "address": PRACTICE, **more}
    return await requests.run("company.add", args)


@pytest.fixture
def carrier(bare, requests, run):
    run(add(requests))
    bare.companies = run(bare.store.companies.all())
    bare.courier = bare.new_courier()
    return bare.companies[0]


def file_of(tmp_path, *messages) -> str:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(list(messages)), encoding="utf-8")
    return str(path)


def test_companies_by_command(requests, carriers, run) -> None:
    added = run(add(requests, phone="519-555-0100"))
    assert (added["exit"], added["value"]["practice"], added["value"]["scacs"]) == (0, True, ["SMPL"])
    assert added["value"]["has_key"] is False
    edited = run(requests.run("company.edit", {"name": "sample carrier", "rename": "New Sample", "scacs": None}))
    assert (edited["value"]["name"], edited["value"]["scacs"]) == ("New Sample", ["SMPL"])
    tested = run(requests.run("company.test", {"name": "New Sample"}))
    assert (tested["exit"], tested["value"]["state"]) == (0, "connected")
    assert tested["value"]["text"]
    removed = run(requests.run("company.remove", {"name": "New Sample"}))
    assert removed == {"exit": 0, "value": {"id": added["value"]["id"], "name": "New Sample"}, "notes": []}
    with pytest.raises(DesktopError):
        run(requests.run("company.remove", {"name": "New Sample"}))


@pytest.mark.parametrize("state", [one for one in LinkState if one is not LinkState.CONNECTED])
def test_a_test_that_does_not_connect_says_what_to_do(requests, carriers, run, bare, state) -> None:
    run(add(requests))

    async def test(company, key):
        return LinkStatus(state, bare.clock.now(), company.name, "", True, None, None, 0)

    carriers.service._test = test
    tested = run(requests.run("company.test", {"name": "Sample Carrier"}))
    assert (tested["exit"], tested["value"]["state"]) == (4, state.value)
    assert tested["value"]["text"]
    assert tested["value"]["remedy"]


def test_a_company_goes_though_its_key_cannot_be_forgotten(requests, carriers, run) -> None:
    run(add(requests))

    async def locked(_):
        raise EnvironmentFailure("security.keystore_locked")

    carriers.vault.forget = locked
    removed = run(requests.run("company.remove", {"name": "Sample Carrier"}))
    assert (removed["exit"], len(removed["notes"])) == (0, 1)
    assert run(carriers.service.all()) == []


def test_an_unknown_command_is_refused(requests, run) -> None:
    with pytest.raises(UsageError):
        run(requests.run("company.list", {}))


def test_import(requests, carrier, run, tmp_path) -> None:
    name = file_of(tmp_path, golden("ace-trip"))
    dry = run(requests.run("import", {"files": [name], "company": None, "dry_run": True}))
    assert (dry["exit"], dry["value"]["dry_run"]) == (0, True)
    done = run(requests.run("import", {"files": [name], "company": "SAMPLE CARRIER"}))
    assert (done["exit"], done["value"]["items"][0]["number"]) == (0, "AAAA123457A")
    partly = run(requests.run("import", {"files": [file_of(tmp_path, golden("ace-trip"), golden("rns-shipment"))]}))
    assert (partly["exit"], len(partly["value"]["problems"])) == (1, 1)
    none = run(requests.run("import", {"files": [str(tmp_path / "none.json")]}))
    assert none["exit"] == 2


def test_send_needs_to_know_for_whom(requests, bare, run, tmp_path) -> None:
    name = file_of(tmp_path, golden("ace-trip"))
    with pytest.raises(NotFound):
        run(requests.run("send", {"file": name}))
    run(add(requests))
    run(add(requests, "Second Sample"))
    with pytest.raises(UsageError) as refused:
        run(requests.run("send", {"file": name}))
    assert refused.value.code == "cli.which_company"
    with pytest.raises(NotFound):
        run(requests.run("send", {"file": name, "company": "Nobody"}))


def test_send_a_trip(requests, carrier, bare, run) -> None:
    trip = run(bare.trip())
    reply = run(requests.run("send", {"trip": trip.number, "hold": True}))
    assert (reply["exit"], reply["value"]["outcome"], reply["value"]["trip"]) == (0, "queued", trip.number)
    with pytest.raises(NotFound):
        run(requests.run("send", {"trip": "NOTHING"}))


def test_send_a_file_of_one_and_of_several(requests, carrier, bare, run, tmp_path) -> None:
    async def main() -> None:
        first, bad = bare.document(), bare.document(tripNumber="SMPL00000002", truck={})
        for number, shipment in enumerate(bad["shipments"]):
            shipment["shipmentControlNumber"] = f"SMPL9999000{number}"
        one = await requests.run("send", {"file": file_of(tmp_path, first)})
        assert (one["exit"], one["value"]["outcome"]) == (0, "queued")
        bare.socket.script = good_gateway
        await bare.deliver()
        several = await requests.run("send", {"file": file_of(tmp_path, bad, first)})
        assert several["exit"] == 1
        assert [item["outcome"] for item in several["value"]["items"]] == ["not_ready", "not_ready"]

    run(main())


def test_an_empty_file_is_said(requests, carrier, run, tmp_path) -> None:
    with pytest.raises(UsageError) as refused:
        run(requests.run("send", {"file": file_of(tmp_path)}))
    assert refused.value.code == "send.empty_file"


def test_the_worst_exit_of_several_messages(requests, carrier, bare, run, tmp_path) -> None:
    """3 before 1 before 4 before 0."""

    async def main() -> None:
        doubtful = await bare.trip()
        await bare.submit.send(doubtful.id, hold=True)
        await bare.deliver()
        await bare.courier.link_lost()
        request = {"data": "ACE_SEND_REQUEST", "type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": doubtful.number}
        reply = await requests.run("send", {"file": file_of(tmp_path, golden("rns-shipment"), request)})
        assert [item["outcome"] for item in reply["value"]["items"]] == ["not_ready", "not_sure"]
        assert reply["exit"] == 3

    run(main())


def test_a_trip_is_changed_with_its_reason_and_cancelled_by_command(requests, carrier, bare, run) -> None:
    async def main() -> None:
        customs = Customs(bare)
        trip = await filed(bare, customs, Regime.ACI)
        await edit(bare, trip, "/truck/number", "T9")
        asked = await requests.run("send", {"trip": trip.number})
        assert (asked["exit"], asked["value"]["outcome"]) == (1, "not_ready")
        changed = await requests.run("send", {"trip": trip.number, "trip_reason": "40"})
        assert (changed["exit"], changed["value"]["outcome"]) == (0, "queued")
        await bare.deliver()
        cancelled = await requests.run("cancel", {"trip": trip.number})
        assert cancelled["exit"] == 0
        await bare.deliver()
        assert [name for name, _ in customs.names()] == ["UPDATE", "AMEND", "CANCEL"]
        again = await requests.run("cancel", {"trip": trip.number})
        assert (again["exit"], again["value"]["customs"]) == (1, "cancelled")
        with pytest.raises(UsageError):
            await requests.run("send", {"trip": trip.number, "trip_reason": "x"})

    run(main())
