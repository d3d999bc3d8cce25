"""Uploads and send requests as a client sees them: the page's examples, the ledger, and every switch both ways."""

from __future__ import annotations

import json

import pytest

USED = "Trip Number is already used (must be unique for a CREATE operation)"


def switched(**personality):
    return json.dumps({"personality": personality})


def notes(answer):
    return [error["note"] for error in answer["errors"]]


# --- the page's examples


@pytest.mark.parametrize(
    ("name", "kind", "number"), [("ace-trip", "ACE", "AAAA123457A"), ("aci-trip", "ACI", "1234923ASDF")]
)
def test_the_trips_of_the_page_are_imported_in_its_words(run, bench, message, name, kind, number):
    async def main():
        async with bench.both() as (_, client):
            answer = await client.ask(message(name))
            assert answer == {
                "data": "API_RESPONSE",
                "status": "IMPORTED",
                "message": f"1 {kind} Trip [{number}] successfully imported",
                "dateTime": f"{bench.clock.now():%Y-%m-%d %H:%M:%S}",
                "tripCount": 1,
                "shipmentCount": 1,
                "tripNumber": number,
                "sendId": "001",
            }
            assert set(message("api-response-imported")) == set(answer) - {"sendId"}

    run(main())


def test_a_used_trip_number_is_refused_in_the_words_of_the_page(run, bench, message):
    async def main():
        async with bench.both(switched(error_send_id="none")) as (service, client):
            await client.ask(message("aci-trip"))
            answer = await client.ask(message("aci-trip"))
            page = message("api-response-data-error")
            assert list(answer) == list(page)
            assert answer["message"] == page["message"]
            assert answer["errors"] == [{"identifier": "1234923ASDF", "note": f"{USED} [1234923ASDF]"}]
            assert page["errors"][0]["note"] == f"{USED} [1234923ASDFA]"
            assert service.ledger.imports == {"1234923ASDF": 1}

    run(main())


def test_the_misprinted_send_request_is_refused_and_the_mended_one_taken(run, bench, message, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("aci-trip"))
            answer = await client.ask(message("aci-send-request-as-printed"))
            assert answer["status"] == "DATA_ERROR"
            assert notes(answer) == [
                "Type is not a type of this manifest [1234923ASDF]",
                "bundleTripAndShipments is not part of this message [1234923ASDF]",
            ]
            answer = await client.ask(aci_request())
            assert (answer["status"], answer["sendId"]) == ("TRANSMITTED", "1302213")

    run(main())


def test_the_ace_send_request_of_the_page_gets_the_response_of_the_page(run, bench, message):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("ace-trip"))
            assert (await client.ask(message("ace-send-request")))["status"] == "TRANSMITTED"
            now = f"{bench.clock.now():%Y-%m-%d %H:%M:%S}"
            response = await client.next()
            assert response == {**message("ace-response"), "dateTime": now, "cbpDateTime": now}
            assert bench.slept == [0.4]

    run(main())


def test_an_accepted_aci_trip_is_matched_and_not_yet_cleared(run, bench, message, aci_request):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("aci-trip"))
            await client.ask(aci_request())
            response, notice, rns = [await client.next() for _ in range(3)]
            assert list(response) == list(message("aci-response"))
            assert response["sendRequest"] == message("aci-response")["sendRequest"]
            assert response["type"] == "ACCEPT"
            assert list(notice) == list(message("aci-notice"))
            assert (notice["type"], notice["cargoControlNumber"]) == ("MATCHED", "1234PARS34213341")
            assert list(rns) == list(message("rns-shipment"))
            assert list(rns["status"]["releaseCode"]) == ["number", "shortName", "longName"]
            assert rns["status"]["releaseCode"]["number"] == "24"
            assert rns["releaseOffice"] == {"number": "0440", "name": "SARNIA"}
            assert len(rns["transactionNumber"]) == 14
            assert response["cbsaDateTime"] < notice["cbsaDateTime"] < rns["status"]["dateTime"]
            assert bench.slept == [0.4, 0.2, 0.2]

    run(main())


def test_only_pars_gets_rns(run, bench, message, aci_request, trip_of):
    trip = trip_of("ACI", "1234923ASDF", "1234BOND0001", "1234PARS0002")
    trip["shipments"][0]["shipmentType"] = "BOND"

    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip)
            await client.ask(aci_request())
            heard = [await client.next() for _ in range(4)]
            assert [(one["data"], one.get("cargoControlNumber")) for one in heard] == [
                ("ACI_RESPONSE", None),
                ("ACI_NOTICE", "1234BOND0001"),
                ("ACI_NOTICE", "1234PARS0002"),
                ("RNS_SHIPMENT", "1234PARS0002"),
            ]
            assert await client.hears_nothing()

    run(main())


def test_a_trip_of_many_shipments_still_gets_its_notices_within_ten_seconds(run, bench, trip_of, aci_request):
    numbers = [f"1234PARS{index:04}" for index in range(60)]

    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACI", "1234923ASDF", *numbers))
            await client.ask(aci_request())
            heard = [await client.next() for _ in range(121)]
            assert {one["data"] for one in heard} == {"ACI_RESPONSE", "ACI_NOTICE", "RNS_SHIPMENT"}
            assert sum(bench.slept) < 5

    run(main())


# --- ledger


def test_a_shipment_number_is_used_once(run, bench, message, trip_of):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(message("ace-trip"))
            answer = await client.ask(trip_of("ACE", "AAAA0002", "AAAAA754321", "AAAAB0002", "AAAAB0002"))
            assert answer["message"] == "1 ACE Trip [AAAA0002] failed"
            assert answer["errors"] == [
                {
                    "identifier": "AAAAA754321",
                    "note": "Shipment Control Number is already used (must be unique for a CREATE operation) [AAAAA754321]",
                },
                {
                    "identifier": "AAAAB0002",
                    "note": "Shipment Control Number is used more than once in this message [AAAAB0002]",
                },
            ]
            assert (await client.ask(trip_of("ACE", "AAAA0002", "AAAAB0002")))["status"] == "IMPORTED"

    run(main())


def test_update_replaces_the_whole_record(run, bench, trip_of):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002"))
            answer = await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0002", "AAAAB0003", operation="UPDATE"))
            assert (answer["status"], answer["shipmentCount"]) == ("IMPORTED", 2)
            stored = service.ledger.shipments_of("", "ACE_TRIP", "AAAA0001")
            assert [record.number for record in stored] == ["AAAAB0002", "AAAAB0003"]
            assert service.ledger.find("", "ACE_TRIP", "AAAA0001").version == 2
            assert service.ledger.find("", "ACE_SHIPMENT", "AAAAB0001").trip is None
            assert service.ledger.imports == {"AAAA0001": 1}

    run(main())


def test_a_shipment_created_within_an_update_may_be_the_trips_own_but_no_others(run, bench, trip_of):
    async def main():
        async with bench.both() as (_, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001"))
            await client.ask(trip_of("ACE", "AAAA0002", "AAAAB0002"))
            update = trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002")
            update["operation"] = "UPDATE"
            answer = await client.ask(update)
            assert [error["identifier"] for error in answer["errors"]] == ["AAAAB0002"]
            update["shipments"][1:] = []
            assert (await client.ask(update))["status"] == "IMPORTED"

    run(main())


def test_a_shipment_can_be_deleted_from_its_trip(run, bench, trip_of):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002"))
            update = trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002", operation="UPDATE")
            update["shipments"][1]["operation"] = "DELETE"
            assert (await client.ask(update))["shipmentCount"] == 1
            assert service.ledger.find("", "ACE_SHIPMENT", "AAAAB0002") is None

    run(main())


@pytest.mark.parametrize(("rule", "status"), [("fail", "DATA_ERROR"), ("create", "IMPORTED")])
def test_update_of_an_unknown_trip(run, bench, trip_of, rule, status):
    async def main():
        async with bench.both(switched(unknown_update=rule)) as (_, client):
            answer = await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", operation="UPDATE"))
            assert answer["status"] == status
            if status == "DATA_ERROR":
                assert notes(answer) == ["Trip Number does not exist [AAAA0001]"]

    run(main())


@pytest.mark.parametrize(("rule", "status"), [("free", "IMPORTED"), ("used", "DATA_ERROR")])
def test_delete_removes_the_trip_and_its_number_is_free_or_not(run, bench, trip_of, rule, status):
    delete = {"data": "ACE_TRIP", "operation": "DELETE", "tripNumber": "AAAA0001", "autoSend": False}

    async def main():
        async with bench.both(switched(deleted_numbers=rule)) as (service, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001"))
            answer = await client.ask(delete)
            assert answer["message"] == "1 ACE Trip [AAAA0001] successfully deleted"
            assert not service.ledger.records
            assert notes(await client.ask(delete)) == ["Trip Number does not exist [AAAA0001]"]
            assert (await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001")))["status"] == status

    run(main())


def test_shipments_come_alone_too(run, bench, message):
    ace = {**message("ace-trip")["shipments"][0], "sendId": "9"}
    aci = message("aci-trip")["shipments"][0]

    async def main():
        async with bench.both() as (_, client):
            answer = await client.ask(ace)
            assert answer["message"] == "1 ACE Shipment [AAAAA754321] successfully imported"
            assert (answer["shipmentCount"], answer["sendId"]) == (1, "9")
            assert "tripCount" not in answer
            assert "tripNumber" not in answer
            assert (await client.ask(ace))["errors"][0]["identifier"] == "AAAAA754321"
            assert (await client.ask(aci))["message"] == "1 ACI Shipment [1234PARS34213341] successfully imported"
            answer = await client.ask(
                {"data": "ACI_SHIPMENT", "operation": "DELETE", "cargoControlNumber": aci["cargoControlNumber"]}
            )
            assert answer["message"] == "1 ACI Shipment [1234PARS34213341] successfully deleted"

    run(main())


def test_cargo_on_file_elsewhere_is_attached_by_reference(run, bench, trip_of):
    trip = trip_of("ACI", "1234TRIP2")
    trip["shipments"] = [
        {
            "shipmentType": "PARS",
            "cargoControlNumber": "9999PARS0001",
            "referenceOnlyShipment": True,
            "operation": "CREATE",
        }
    ]

    async def main():
        async with bench.both() as (_, client):
            assert (await client.ask(trip))["status"] == "IMPORTED"
            assert (await client.ask({**trip, "tripNumber": "1234TRIP3"}))["status"] == "IMPORTED"

    run(main())


# --- switches


@pytest.mark.parametrize(("rule", "expected"), [("echo", "001"), ("none", None)])
def test_send_id_on_errors(run, bench, message, rule, expected):
    async def main():
        async with bench.both(switched(error_send_id=rule)) as (_, client):
            answer = await client.ask(message("ace-trip", usPortOfArrival="x"))
            assert answer.get("sendId") == expected

    run(main())


@pytest.mark.parametrize(("rule", "status"), [("CREATE", "IMPORTED"), ("refuse", "DATA_ERROR")])
def test_a_trip_without_operation(run, bench, message, rule, status):
    trip = message("ace-trip")
    del trip["operation"]

    async def main():
        async with bench.both(switched(missing_operation=rule)) as (_, client):
            answer = await client.ask(trip)
            assert answer["status"] == status
            if status == "DATA_ERROR":
                assert notes(answer) == ["Operation is required [AAAA123457A]"]

    run(main())


@pytest.mark.parametrize("operation", ["SYNC", "CANCEL_SYNC"])
def test_operations_of_unknown_meaning_are_not_played(run, bench, message, operation):
    async def main():
        async with bench.both() as (_, client):
            answer = await client.ask(message("ace-trip", operation=operation))
            assert answer["status"] == "SYNC_ERROR"
            assert notes(answer) == ["Operation is not available [AAAA123457A]"]

    run(main())


@pytest.mark.parametrize(
    ("rule", "statuses"),
    [("imported", ["IMPORTED"]), ("queued_first", ["QUEUED", "IMPORTED"]), ("queued_only", ["QUEUED"])],
)
def test_answers_to_an_upload(run, bench, message, rule, statuses):
    async def main():
        async with bench.both(switched(upload_answer=rule)) as (service, client):
            await client.send(message("ace-trip"))
            for status in statuses:
                answer = await client.next()
                assert (answer["status"], answer["sendId"]) == (status, "001")
            assert service.ledger.imports == {"AAAA123457A": 1}
            assert await client.hears_nothing()

    run(main())


@pytest.mark.parametrize("rule", ["TRANSMITTED", "QUEUED", "none"])
def test_the_first_answer_to_a_send_request(run, bench, message, rule):
    async def main():
        async with bench.both(switched(send_request_ack=rule)) as (_, client):
            await client.ask(message("ace-trip"))
            answer = await client.ask(message("ace-send-request"))
            if rule == "none":
                assert answer["data"] == "ACE_RESPONSE"
            else:
                assert (answer["status"], answer["sendId"]) == (rule, "1302213")

    run(main())


@pytest.mark.parametrize("rule", ["SEND_ERROR", "DATA_ERROR"])
def test_a_send_request_for_an_unknown_trip(run, bench, message, aci_request, rule):
    async def main():
        async with bench.both(switched(unknown_trip_request=rule)) as (_, client):
            for request, number in ((message("ace-send-request"), "AAAA123457A"), (aci_request(), "1234923ASDF")):
                answer = await client.ask(request)
                assert answer["status"] == rule
                assert answer["errors"] == [{"identifier": number, "note": f"Trip Number does not exist [{number}]"}]
            assert await client.hears_nothing()

    run(main())


@pytest.mark.parametrize(("rule", "status"), [("fail", "DATA_ERROR"), ("leave_out", "IMPORTED_WITH_ERRORS")])
def test_one_bad_shipment(run, bench, trip_of, rule, status):
    trip = trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002")
    trip["shipments"][0]["provinceOfLoading"] = ""

    async def main():
        async with bench.both(switched(bad_shipment=rule)) as (service, client):
            answer = await client.ask(trip)
            assert answer["status"] == status
            assert [error["identifier"] for error in answer["errors"]] == ["AAAAB0001"]
            stored = [record.number for record in service.ledger.shipments_of("", "ACE_TRIP", "AAAA0001")]
            assert stored == (["AAAAB0002"] if rule == "leave_out" else [])
            again = await client.ask(trip)
            assert (f"{USED} [AAAA0001]" in notes(again)) == (rule == "leave_out")

    run(main())


def test_a_provider_key_needs_the_company_key_and_shows_it(run, bench, message, trip_of):
    async def main():
        async with bench.both("provider") as (service, client):
            trip = trip_of("ACI", "1234923ASDF", "1234PARS0001")
            answer = await client.ask(trip)
            assert notes(answer) == [
                "Company Key is missing or unknown [1234923ASDF]",
                "Company Key is missing or unknown [1234PARS0001]",
            ]
            key = service.company_key
            trip["companyKey"] = trip["shipments"][0]["companyKey"] = key
            answer = await client.ask(trip)
            assert (answer["status"], answer["companyKey"]) == ("IMPORTED", key)
            request = {
                "data": "ACI_SEND_REQUEST",
                "type": "ORIGINAL",
                "tripNumber": "1234923ASDF",
                "bundleTripAndShipments": True,
                "companyKey": key,
            }
            assert (await client.ask(request))["companyKey"] == key
            response, notice, rns = [await client.next() for _ in range(3)]
            assert (response["companyKey"], notice["companyKey"], rns.get("companyKey")) == (key, key, None)

    run(main())


def test_rns_can_carry_the_company_key(run, bench, trip_of):
    async def main():
        async with bench.both(switched(key_type="provider", rns_company_key="yes"), company_keys=("c-practice-1",)) as (
            _,
            client,
        ):
            trip = trip_of("ACI", "1234923ASDF", "1234PARS0001", companyKey="c-practice-1", autoSend=True)
            trip["shipments"][0]["companyKey"] = "c-practice-1"
            await client.ask(trip)
            heard = [await client.next() for _ in range(3)]
            assert [one["companyKey"] for one in heard] == ["c-practice-1"] * 3

    run(main())


def test_the_companies_of_a_provider_keep_their_numbers_apart(run, bench, trip_of):
    async def main():
        async with bench.both("provider", company_keys=("c-practice-1", "c-practice-2")) as (_, client):
            for company in ("c-practice-1", "c-practice-2"):
                assert (await client.ask(trip_of("ACE", "AAAA0001", companyKey=company)))["status"] == "IMPORTED"

    run(main())


# --- customs


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
