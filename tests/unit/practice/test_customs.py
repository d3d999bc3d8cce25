"""Practice customs: what they accept, what they refuse and why, and whom they tell."""

from __future__ import annotations

import pytest


def notes(answer):
    return [error["note"] for error in answer["errors"]]


def ace_request(kind="COMPLETE"):
    return {"data": "ACE_SEND_REQUEST", "type": f"{kind}_TRIP_AND_SHIPMENTS", "tripNumber": "AAAA123457A"}


async def customs_answer(client, request):
    """Send a request; return customs' first message."""
    assert (await client.ask(request))["status"] == "TRANSMITTED"
    return await client.next()


def reasons(answer):
    if answer["data"] == "ACE_RESPONSE":
        return [one["description"] for one in answer.get("validationResponses", [])]
    return [one["errorDescription"] for one in answer.get("errorResponses", [])]


def test_cbp_refuses_a_second_original_and_takes_a_change_and_a_cancellation(run, bench, message):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(message("ace-trip"))
            assert reasons(await customs_answer(client, ace_request("AMEND"))) == ["MANIFEST NOT ON FILE"]
            assert reasons(await customs_answer(client, ace_request())) == []
            assert reasons(await customs_answer(client, ace_request())) == ["MANIFEST ALREADY ON FILE, DO NOT RESEND"]
            changed = await customs_answer(client, ace_request("AMEND"))
            assert changed["sendRequest"]["type"] == "AMEND_TRIP_AND_SHIPMENTS"
            assert reasons(changed) == []
            assert reasons(await customs_answer(client, ace_request("CANCEL"))) == []
            assert not service.ledger.filed
            assert not service.ledger.linked
            assert reasons(await customs_answer(client, ace_request("CANCEL"))) == ["MANIFEST NOT ON FILE"]

    run(main())


def test_cbsa_refuses_a_request_that_does_not_fit_what_is_on_file(run, bench, message, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("aci-trip"))
            for kind in ("CHANGE", "CANCEL"):
                assert reasons(await customs_answer(client, aci_request(type=kind))) == ["INVALID STATUS OF REQUEST"]
            assert (await customs_answer(client, aci_request()))["type"] == "ACCEPT"
            assert [(await client.next())["data"] for _ in range(2)] == ["ACI_NOTICE", "RNS_SHIPMENT"]
            refused = await customs_answer(client, aci_request())
            assert (refused["type"], refused["tripNumber"]) == ("REJECT", "1234923ASDF")
            amend = aci_request(type="AMEND", tripAmendmentReasonCode="40")
            assert (await customs_answer(client, amend))["type"] == "ACCEPT"
            assert (await customs_answer(client, aci_request(type="CANCEL")))["type"] == "ACCEPT"
            assert await client.hears_nothing()

    run(main())


def test_an_amendment_needs_a_reason_code(run, bench, message, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("aci-trip"))
            answer = await client.ask(aci_request(type="AMEND"))
            assert notes(answer) == ["Amendment Reason Code is required [1234923ASDF]"]
            answer = await client.ask(aci_request(type="AMEND", shipmentAmendmentReasonCode="2x"))
            assert notes(answer) == ["Shipment Amendment Reason Code must be 2 digits [1234923ASDF]"]

    run(main())


def test_a_shipment_on_file_under_another_trip_is_refused(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACI", "1234OLD1", "1234PARS0001", autoSend=True))
            for _ in range(3):
                await client.next()
            await client.ask(trip_of("ACI", "1234NEW1"))
            await client.ask(trip_of("ACI", "1234NEW1", "1234PARS0001", operation="UPDATE"))
            refused = await customs_answer(client, aci_request(tripNumber="1234NEW1"))
            assert reasons(refused) == ["SHIPMENT LINKED TO ANOTHER TRIP"]
            assert refused["errorResponses"][0]["errorText"] == "1234PARS0001"
            await client.ask(trip_of("ACE", "AAAAOLD1", "AAAAB0001", autoSend=True))
            await client.next()
            await client.ask(trip_of("ACE", "AAAANEW1"))
            await client.ask(trip_of("ACE", "AAAANEW1", "AAAAB0001", operation="UPDATE"))
            refused = await customs_answer(client, {**ace_request(), "tripNumber": "AAAANEW1"})
            assert reasons(refused) == ["SHIPMENT ALREADY ON FILE"]
            assert refused["processingResponse"] == {"shipmentsRejected": 1, "shipmentsAccepted": 0}

    run(main())


def test_cbsa_wants_one_port_and_numbers_that_differ(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACI", "1234TRIP1", "1234PARS0001", portOfEntry="0453"))
            assert reasons(await customs_answer(client, aci_request(tripNumber="1234TRIP1"))) == [
                "TRIP PORT DOES NOT MATCH"
            ]
            await client.ask(trip_of("ACI", "1234TRIP2", "1234TRIP2"))
            assert reasons(await customs_answer(client, aci_request(tripNumber="1234TRIP2"))) == ["DUPLICATE"]

    run(main())


def test_a_trip_alone_needs_its_shipments_on_file_and_a_shipment_can_be_sent_alone(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(trip_of("ACI", "1234TRIP1", "1234PARS0001"))
            alone = aci_request(tripNumber="1234TRIP1", bundleTripAndShipments=False)
            assert reasons(await customs_answer(client, alone)) == ["SHIPMENT NOT ON FILE"]
            cargo = {
                "data": "ACI_SEND_REQUEST",
                "type": "ORIGINAL",
                "cargoControlNumber": "1234PARS0001",
                "bundleTripAndShipments": False,
            }
            accepted = await customs_answer(client, cargo)
            assert (accepted["type"], accepted["cargoControlNumber"]) == ("ACCEPT", "1234PARS0001")
            assert [(await client.next())["data"] for _ in range(2)] == ["ACI_NOTICE", "RNS_SHIPMENT"]
            assert reasons(await customs_answer(client, alone)) == []
            assert ("", "ACI", "1234TRIP1") in service.ledger.filed
            assert await client.hears_nothing()

    run(main())


def test_a_request_for_an_unknown_shipment_or_nothing_is_refused(run, bench, aci_request):
    async def main():
        async with bench.both() as (_, client):
            request = aci_request(cargoControlNumber="1234PARS0001")
            del request["tripNumber"]
            assert notes(await client.ask(request)) == ["Cargo Control Number does not exist [1234PARS0001]"]
            del request["cargoControlNumber"]
            assert notes(await client.ask(request)) == ["Trip Number is required"]

    run(main())


@pytest.mark.parametrize("kind", ["PRELIMINARY_SHIPMENTS", "STATUS_QUERY"])
def test_a_send_request_type_nobody_knows_cannot_be_sent(run, bench, message, kind):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("ace-trip"))
            answer = await client.ask(message("ace-send-request", type=kind))
            assert answer["status"] == "SEND_ERROR"
            assert notes(answer) == ["Type is not available"]

    run(main())


def test_in_bond_reports_are_passed_on_without_an_answer_from_customs(run, bench, message):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("ace-trip"))
            assert (await client.ask(message("ace-send-request", type="INBOND_ARRIVAL")))["status"] == "TRANSMITTED"
            assert await client.hears_nothing()

    run(main())


def test_a_status_query_is_answered_by_rns(run, bench, message):
    query = {
        "data": "RNS_SEND_REQUEST",
        "type": "STATUS_QUERY",
        "cargoControlNumbers": ["1234PARS34213341", "9999PARS0001"],
    }

    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("aci-trip"))
            assert (await client.ask(query))["status"] == "TRANSMITTED"
            first, second = await client.next(), await client.next()
            assert [first["cargoControlNumber"], second["cargoControlNumber"]] == query["cargoControlNumbers"]
            assert (await client.ask({**query, "cargoControlNumbers": []}))["status"] == "DATA_ERROR"
            assert (await client.ask({**query, "operation": "DELETE"}))["status"] == "TRANSMITTED"

    run(main())


def test_auto_send_files_changes_and_leaves_a_lone_ace_shipment(run, bench, trip_of, message):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", autoSend=True))
            filed = await client.next()
            assert filed["sendRequest"] == {"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": "AAAA0001"}
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", autoSend=True, operation="UPDATE"))
            assert (await client.next())["sendRequest"]["type"] == "AMEND_TRIP_AND_SHIPMENTS"
            await client.ask({"data": "ACE_TRIP", "operation": "DELETE", "tripNumber": "AAAA0001", "autoSend": True})
            lone = {**message("ace-trip")["shipments"][0], "autoSend": True}
            assert (await client.ask(lone))["status"] == "IMPORTED"
            assert (await client.ask(lone))["status"] == "DATA_ERROR"
            assert await client.hears_nothing()
            cargo = {**message("aci-trip")["shipments"][0], "autoSend": True}
            assert (await client.ask(cargo))["status"] == "IMPORTED"
            accepted = await client.next()
            assert accepted["sendRequest"] == {
                "cargoControlNumber": "1234PARS34213341",
                "type": "ORIGINAL",
                "bundleTripAndShipments": True,
            }

    run(main())


def test_a_change_brings_notices_only_for_what_is_new(run, bench, trip_of):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACI", "1234TRIP1", "1234PARS0001", autoSend=True))
            for _ in range(3):
                await client.next()
            await client.ask(
                trip_of("ACI", "1234TRIP1", "1234PARS0001", "1234PARS0002", autoSend=True, operation="UPDATE")
            )
            heard = [await client.next() for _ in range(3)]
            assert heard[0]["sendRequest"]["type"] == "CHANGE"
            assert [one["cargoControlNumber"] for one in heard[1:]] == ["1234PARS0002"] * 2
            await client.ask(trip_of("ACI", "1234TRIP1", autoSend=True, operation="UPDATE"))
            assert (await client.next())["type"] == "ACCEPT"

    run(main())


def test_cbp_changes_neither_day_nor_shipments_but_takes_them_after_a_cancellation(run, bench, trip_of):
    async def main():
        async with bench.both() as (service, client):

            async def asked(kind):
                return reasons(await customs_answer(client, {**ace_request(kind), "tripNumber": "AAAA0001"}))

            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002"))
            assert await asked("COMPLETE") == []
            for changed in (
                trip_of("ACE", "AAAA0001", "AAAAB0001", operation="UPDATE"),
                trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002", operation="UPDATE")
                | {"estimatedArrivalDateTime": "2027-01-05 04:45:00"},
            ):
                await client.ask(changed)
                assert await asked("AMEND") == ["MANIFEST RETURNED TO PRELIMINARY"]
            assert await asked("CANCEL") == []
            assert not service.ledger.linked
            assert await asked("COMPLETE") == []
            assert await asked("AMEND") == []

    run(main())


def test_what_has_arrived_is_not_cancelled(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both("release") as (_, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", autoSend=True))
            while "RTR" not in str((await client.next()).get("tripStatus")):
                pass
            cancel = {**ace_request("CANCEL"), "tripNumber": "AAAA0001"}
            assert reasons(await customs_answer(client, cancel)) == ["CANNOT CANCEL: TRIP ARRIVED"]
            await client.ask(trip_of("ACI", "1234TRIP1", "1234PARS0001", autoSend=True))
            while (await client.next())["data"] != "ACI_NOTICE":
                pass
            while (await client.next()).get("type") != "ARRIVAL_REPORTED":
                pass
            await client.next()
            cancel = aci_request(type="CANCEL", tripNumber="1234TRIP1")
            assert reasons(await customs_answer(client, cancel)) == ["CANNOT CANCEL: LINKED OR ARRIVED"]
            await client.ask(trip_of("ACI", "1234TRIP1", operation="UPDATE"))
            amend = aci_request(type="AMEND", tripNumber="1234TRIP1", tripAmendmentReasonCode="50")
            assert reasons(await customs_answer(client, amend)) == ["INVALID STATUS OF REQUEST"]

    run(main())


def test_a_shipment_moves_once_the_old_trip_was_told_to_be_without_it(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(trip_of("ACI", "1234OLD1", "1234PARS0001", "1234PARS0002", autoSend=True))
            for _ in range(5):
                await client.next()
            await client.ask(trip_of("ACI", "1234OLD1", "1234PARS0001", operation="UPDATE"))
            moved = trip_of("ACI", "1234NEW1", "1234PARS0002")
            moved["shipments"][0]["operation"] = "UPDATE"
            assert (await client.ask(moved))["status"] == "IMPORTED"
            linked = await customs_answer(client, aci_request(tripNumber="1234NEW1"))
            assert reasons(linked) == ["SHIPMENT LINKED TO ANOTHER TRIP"]
            amend = aci_request(type="AMEND", tripNumber="1234OLD1", tripAmendmentReasonCode="50")
            assert (await customs_answer(client, amend))["type"] == "ACCEPT"
            assert (await customs_answer(client, aci_request(tripNumber="1234NEW1")))["type"] == "ACCEPT"
            assert service.ledger.linked["", "ACI", "1234PARS0002"] == "1234NEW1"

    run(main())
