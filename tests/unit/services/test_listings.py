"""What lists and details say, in the shapes the command line promises."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from unit.services.world import ACE_FILED, ace_accepted, data_error, golden, good_gateway, imported

from desktop.domain.lifecycle import Delivery, Regime
from desktop.errors import NotFound, UsageError
from desktop.services.listings import result_value
from desktop.services.views import InboxFilter

SHOW = ["trip", "regime", "company", "delivery", "customs", "readiness", "shipments", "history"]
SHIPMENT = ["number", "type", "clearance", "released", "holds"]
INBOX = ["id", "received_at", "kind", "category", "company", "trip", "shipment", "title", "text", "unread", "repeats"]


def rns(trip, code: str) -> dict:
    message = golden("rns-shipment") | {"cargoControlNumber": trip.document["shipments"][0]["cargoControlNumber"]}
    message["status"] = {"dateTime": "2026-11-24 03:11:00", "releaseCode": {"number": code}}
    return message


def test_a_draft_is_shown_in_the_promised_shape(world, run) -> None:
    trip = run(world.trip())
    shown = run(world.listings.show(trip.id))
    assert list(shown)[: len(SHOW)] == SHOW
    assert (shown["trip"], shown["regime"], shown["company"]) == (trip.number, "ACE", "Sample Carrier Ltd.")
    assert (shown["delivery"], shown["customs"]) == ("not_sent", "none")
    assert list(shown["readiness"]) == ["verdict", "booth_from", "reasons"]
    assert shown["readiness"]["verdict"] == "wait"
    assert all(list(reason) == ["code", "text"] for reason in shown["readiness"]["reasons"])
    assert [list(one) for one in shown["shipments"]] == [SHIPMENT] * 2
    assert shown["shipments"][0] == {
        "number": "SMPL241200001",
        "type": "PAPS",
        "clearance": "none",
        "released": False,
        "holds": 0,
    }
    assert [list(line) for line in shown["history"]] == [["at", "what", "text"]]
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(
    ("answers", "delivery", "customs"),
    [
        ([], "sending", "none"),
        (["IMPORTED"], "delivered", "none"),
        (["QUEUED"], "sending", "none"),
        (["IMPORTED_WITH_ERRORS"], "delivered_with_problems", "none"),
        (["DATA_ERROR"], "refused", "none"),
        (["IMPORTED", "DATA_ERROR"], "not_sure", "none"),
        (["SPLENDID"], "sending", "none"),
    ],
)
def test_delivery_is_said_as_it_is(world, run, answers, delivery, customs) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        for answer in answers:
            await world.hear(imported(world.socket.sent[0]) | {"status": answer})
        shown = await world.listings.show(trip.id)
        assert (shown["delivery"], shown["customs"]) == (delivery, customs)

    run(main())


@pytest.mark.parametrize(
    ("codes", "clearance", "released"),
    [
        (["9"], "set", False),
        (["9", "4"], "released", True),
        (["23"], "released", True),
        (["8"], "released_cfia", True),
        (["5"], "exam", False),
        (["14"], "refused", False),
        (["1"], "none", False),
        (["24"], "none", False),
        (["77"], "unknown", None),
        (["9", "77"], "set", False),
    ],
)
def test_clearance_by_rns_code(world, run, codes, clearance, released) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        for code in codes:
            world.clock.advance(60)
            message = rns(trip, code)
            message["status"]["dateTime"] = f"{world.clock.now():%Y-%m-%d %H:%M:%S}"
            await world.hear(message)
        (shipment,) = (await world.listings.show(trip.id))["shipments"]
        assert (shipment["clearance"], shipment["released"]) == (clearance, released)

    run(main())


def test_a_filed_trip_counts_down_from_our_receipt(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        shown = await world.listings.show(trip.id)
        assert (shown["delivery"], shown["customs"]) == ("delivered", "on_file")
        assert shown["readiness"]["verdict"] == "wait", "the hour is not over, and no entry is on file"
        assert shown["readiness"]["booth_from"].startswith("2026-11-24T13:00:0")
        whats = [line["what"] for line in shown["history"]]
        assert whats[0] == "created"
        assert {"delivery.IN_FLIGHT", "delivery.ACKED", "ACE_RESPONSE", "API_RESPONSE"} <= set(whats)
        assert [line["at"] for line in shown["history"]] == sorted(line["at"] for line in shown["history"])

    run(main())


def test_show_says_nothing_private_even_where_the_gateway_does(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        (driver,) = trip.document["drivers"]
        private = [
            driver["dateOfBirth"],
            driver["fastCardNumber"],
            *(one["number"] for one in driver["travelDocuments"]),
        ]
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        await world.hear(data_error(world.socket.sent[0], "Bad: " + ", ".join(private)))
        shown = await world.listings.show(trip.id)
        assert shown["errors"][0]["text"].count("••••") == len(private)
        assert not [word for word in private if word in json.dumps(shown, ensure_ascii=False)]

    run(main())


def test_lists_are_by_arrival_and_filter_by_every_kind_of_state(world, run) -> None:
    async def main() -> None:
        late = await world.trip(estimatedArrivalDateTime="2026-11-26 10:00:00")
        soon = await world.trip(Regime.ACI)
        undated = await world.trip(tripNumber="SMPL00000002", estimatedArrivalDateTime=None)
        world.socket.script = good_gateway
        await world.submit.send(late.id)
        await world.deliver()
        await world.hear(rns(soon, "9"))

        async def numbers(**more) -> list[str]:
            return [item["trip"] for item in await world.listings.items("trips", **more)]

        assert await numbers() == [soon.number, late.number, undated.number]
        assert await numbers(state="delivered") == [late.number]
        assert await numbers(state="on_file") == [late.number]
        assert await numbers(state="set") == [soon.number]
        assert await numbers(state="not_sent") == [soon.number, undated.number]
        assert await numbers(state="released") == []
        assert await numbers(search="driver two") == [soon.number]
        assert await numbers(company="nobody") == []
        shipments = await world.listings.items("shipments", state="set")
        assert [(one["trip"], one["regime"], one["company"]) for one in shipments] == [
            (soon.number, "ACI", "Sample Carrier Ltd.")
        ]
        assert len(await world.listings.items("shipments")) == 5

    run(main())


def test_a_row_of_the_list(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        (item,) = await world.listings.items("trips")
        assert (item["port"], item["eta"], item["errors"], item["shipments"]) == ("3801", "2026-11-24 10:30:00", 0, 2)
        (row,) = await world.lookups.trips()
        assert (row.driver, row.truck, row.trailers, row.eta.zone) == (
            "Sample Driver One",
            "T101",
            "53001",
            "America/Detroit",
        )
        assert row.eta.moment == world.clock.now() + timedelta(hours=3, minutes=30)
        assert "Detroit" in row.port_name
        assert trip.version == row.version

    run(main())


def test_problems_are_counted_and_its_own_number_is_none(world, run) -> None:
    async def main() -> None:
        sent, bad = await world.trip(), await world.trip(Regime.ACI, truck={})
        world.socket.script = good_gateway
        await world.submit.send(sent.id)
        await world.deliver()
        errors = {row.id: row.errors for row in await world.lookups.trips()}
        assert errors[sent.id] == 0
        assert errors[bad.id] > 0
        twin = await world.store.trips.add(Regime.ACE, sent.document, company=world.company.id)
        errors = {row.id: row.errors for row in await world.lookups.trips()}
        assert errors[twin.id] == 3, "in another trip its number and control numbers are used"

    run(main())


def test_a_brief_list_checks_only_what_can_still_be_sent(world, run) -> None:
    async def main() -> None:
        sent, bad = await world.trip(), await world.trip(Regime.ACI, truck={})
        world.socket.script = good_gateway
        await world.submit.send(sent.id)
        await world.deliver()
        world.clock.advance(86_400)  # its arrival has passed: a whole list asks about it
        whole = {row.id: row for row in await world.lookups.trips()}
        brief = {row.id: row for row in await world.lookups.trips(is_brief=True)}
        assert whole[sent.id].warnings > 0 == brief[sent.id].warnings
        assert brief[bad.id] == whole[bad.id]
        session = await world.editing.open(sent.id)
        session.set("/truck/number", "")
        await session.flush()
        again = {row.id: row for row in await world.lookups.trips(is_brief=True)}
        assert again[sent.id].errors > 0, "changed since, so that it can be sent again"

    run(main())


def test_a_brief_list_checks_what_was_taken_with_problems(world, run) -> None:
    async def main() -> None:
        sent = await world.trip()
        world.socket.script = lambda message: [imported(message) | {"status": "IMPORTED_WITH_ERRORS"}]
        await world.submit.send(sent.id)
        await world.deliver()
        world.clock.advance(86_400)  # its arrival has passed
        (whole,), (brief,) = await world.lookups.trips(), await world.lookups.trips(is_brief=True)
        assert whole.delivery is Delivery.DELIVERED_WITH_PROBLEMS
        assert whole.warnings == brief.warnings > 0
        (item,) = await world.listings.items("trips")
        assert item["warnings"] == whole.warnings

    run(main())


def test_deleted_trips_have_a_list_of_their_own(world, run) -> None:
    async def main() -> None:
        kept, gone = await world.trip(), await world.trip(Regime.ACI)
        await world.editing.delete(gone.id)
        assert [row.id for row in await world.lookups.trips()] == [kept.id]
        assert [row.id for row in await world.lookups.trips(is_deleted=True)] == [gone.id]
        await world.editing.undelete(gone.id)
        assert await world.lookups.trips(is_deleted=True) == []

    run(main())


def test_problems_are_counted_anew_when_arrival_has_passed(world, run) -> None:
    async def main() -> None:
        await world.trip()
        (before,) = await world.lookups.trips()
        world.clock.advance(86_400)
        (after,) = await world.lookups.trips()
        assert before.errors + before.warnings < after.errors + after.warnings

    run(main())


def test_a_row_of_broken_documents_is_still_a_row(world, run) -> None:
    async def main() -> None:
        for document in (
            {"data": "ACE_TRIP"},
            {"data": "ACI_TRIP", "truck": 1, "drivers": "x", "shipments": [1, {"shipper": 5}], "trailers": {}},
            {"data": "ACE_TRIP", "drivers": [{"firstName": 3}], "truck": {"number": 4}, "usPortOfArrival": 5},
        ):
            await world.importing.trip(document, world.company)
        rows = await world.lookups.trips()
        assert len(rows) == 3
        assert all(row.errors for row in rows)
        for row in rows:
            assert await world.listings.show(row.id)

    run(main())


def test_trips_are_found_by_number(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert (await world.lookups.trip_by_number(trip.number.lower())).row.id == trip.id
        with pytest.raises(NotFound):
            await world.lookups.trip_by_number("NOTHING")
        other = await world.add_company("Second Sample")
        await world.trip(company=other)
        with pytest.raises(UsageError):
            await world.lookups.trip_id(trip.number)
        assert await world.lookups.trip_id(trip.number, world.company.id) == trip.id

    run(main())


def test_a_change_after_sending_shows_until_the_gateway_has_it(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()

        async def is_changed() -> bool:
            return (await world.lookups.trip(trip.id)).row.is_changed_since_sent

        assert not await is_changed()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T2")
        await session.flush()
        assert await is_changed()
        world.clock.advance(1)
        await world.submit.send(trip.id, hold=True)
        assert await is_changed(), "queued is not sent"
        world.socket.script = lambda message: [data_error(message)]
        await world.deliver()
        assert await is_changed(), "refused is not sent"
        session.set("/truck/number", "T101")
        await session.flush()
        assert not await is_changed()

    run(main())


def test_the_inbox_in_the_promised_shape(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.hear(ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}))
        for _ in range(2):
            await world.hear(b"garbage")
        garbage, accepted = await world.listings.inbox(InboxFilter())
        assert list(garbage) == list(accepted) == INBOX
        assert (garbage["kind"], garbage["category"], garbage["repeats"]) == (None, "unrecognised", 2)
        assert (accepted["kind"], accepted["trip"], accepted["unread"]) == ("ACE_RESPONSE", trip.number, True)
        await world.inbox.mark_read([garbage["id"]])
        assert [item["id"] for item in await world.listings.inbox(InboxFilter(unread_only=True))] == [accepted["id"]]
        assert await world.listings.inbox(InboxFilter(search=trip.number.lower()))
        counts = await world.inbox.unread_counts()
        assert counts["accepted"] == 1
        assert counts["unrecognised"] == 0

    run(main())


def test_a_long_inbox_comes_whole_and_newest_first(world, run, monkeypatch) -> None:
    monkeypatch.setattr("desktop.services.listings._PAGE", 3)

    async def main() -> None:
        for number in range(8):
            world.clock.advance(1)
            await world.hear(golden("aci-notice") | {"cargoControlNumber": f"1234{number}"})
        items = await world.listings.inbox(InboxFilter())
        assert [item["shipment"] for item in items] == [f"1234{number}" for number in reversed(range(8))]

    run(main())


def test_a_message_is_explained_with_the_place_it_concerns(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        number = trip.document["shipments"][1]["shipmentControlNumber"]
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        await world.hear(data_error(world.socket.sent[0], f"Shipment [{number}] is no good"))
        (card,) = await world.inbox.cards(InboxFilter())
        message = await world.inbox.message(card.id)
        (concern,) = message.concerns
        assert (concern.trip_id, concern.path) == (trip.id, "/shipments/1")
        assert concern.field
        assert message.steps[0].does == "open_field"
        assert message.steps[0].path == "/shipments/1"
        assert json.loads(message.raw)["status"] == "DATA_ERROR"

    run(main())


def test_library_lists_show_nothing_private(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        driver = trip.document["drivers"][0]
        await world.library.save("driver", driver, {})
        (item,) = await world.listings.items("drivers")
        assert (item["title"], item["key"], item["active"]) == ("Sample Driver One", "D1", True)
        assert driver["dateOfBirth"] not in json.dumps(item)
        for kind in ("trucks", "trailers", "partners"):
            assert await world.listings.items(kind) == []

    run(main())


def test_a_result_in_the_promised_shape(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(truck={})
        value = result_value(await world.submit.send(trip.id))
        assert list(value)[:5] == ["trip", "outcome", "customs", "status", "errors"]
        assert all(list(error) == ["path", "text"] for error in value["errors"])

    run(main())
