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
