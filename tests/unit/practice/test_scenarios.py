"""Every built-in scenario is played over a real socket, and does what its title says."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosed

from desktop import assets
from desktop.practice import garbage, scenario_file
from desktop.practice.answers import PLACEHOLDERS, names_in, table

NAMES = scenario_file.names()
ENDING = {"bomb", "bad_text"}  # a client that reads as the library does hangs up at them: see test_faults.py


async def _rest(client):
    while (one := await client.next()).get("message") != "Message could not be read":
        yield one


@pytest.fixture
def filed(bench, message, aci_request):
    """File one of the page's trips under a scenario and return all that customs say."""

    async def file(scenario, regime):
        async with bench.both(scenario) as (service, client):
            await client.ask(message(f"{regime}-trip"))
            await client.ask(message("ace-send-request") if regime == "ace" else aci_request())
            await bench.settle(service)
            await client.send("x")
            return [one async for one in _rest(client)]

    return file


def codes(heard):
    """Return the news in short: kind and code of each message."""
    news = []
    for one in heard:
        if one["data"] == "RNS_SHIPMENT":
            news.append(f"RNS {one['status']['releaseCode']['number']}")
        elif one["data"] in {"ACI_NOTICE", "ACI_RESPONSE"}:
            news.append(one["type"])
        elif "tripStatus" in one:
            news.append(one["tripStatus"])
        elif "shipmentStatusList" in one:
            news += [entry["code"] for entry in one["shipmentStatusList"]]
        else:
            news.append("REJECT" if "validationResponses" in one else "ACCEPT")
    return news


def test_titles_and_explanations_are_there():
    assert NAMES[0] == "accept"
    assert len(NAMES) > 40
    for name in NAMES:
        assert 0 < len(scenario_file.title(name)) <= 90
        assert scenario_file.about(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_loads_and_runs(run, bench, message, aci_request, name):
    """Whatever a scenario does, it neither fails nor leaves the service unusable."""

    async def main():
        async with bench.service(name) as service:
            for value in (message("ace-trip"), message("ace-send-request"), message("aci-trip"), aci_request()):
                client = await bench.open_client(service)
                try:
                    await client.send({"apiKey": service.api_key})
                    await client.send(value)
                    await client.send(value)
                    await client.socket.close()
                except ConnectionClosed:
                    assert name in {"access-denied", "disconnect", "disconnect-lost", "disconnect-at-send"}
            await bench.settle(service)
            assert service.log

    run(main())


@pytest.mark.parametrize(
    ("name", "regime", "news"),
    [
        ("accept", "ace", ["ACCEPT"]),
        ("accept", "aci", ["ACCEPT", "MATCHED", "RNS 24"]),
        ("clear", "ace", ["ACCEPT", "05"]),
        ("clear", "aci", ["ACCEPT", "MATCHED", "RNS 9"]),
        ("release", "ace", ["ACCEPT", "05", "AAD", "1C", "RTR"]),
        ("release", "aci", ["ACCEPT", "MATCHED", "RNS 9", "ARRIVAL_REPORTED", "RNS 4"]),
        ("hold", "ace", ["ACCEPT", "1H"]),
        ("hold", "aci", ["ACCEPT", "MATCHED", "RNS 9", "RNS 8"]),
        ("hold-removed", "ace", ["ACCEPT", "05", "1H", "1I", "1C"]),
        ("exam", "ace", ["ACCEPT", "1A"]),
        ("exam", "aci", ["ACCEPT", "MATCHED", "RNS 9", "RNS 5"]),
        ("not-matched", "aci", ["ACCEPT", "NOT_MATCHED"]),
        ("late", "aci", ["ACCEPT", "INSUFFICIENT_REVIEW_TIME_WARNING"]),
        ("rns-error", "aci", ["ACCEPT", "MATCHED", "RNS 14"]),
        ("unknown-codes", "ace", ["ACCEPT", "QZX", "ZZZ"]),
        ("unknown-codes", "aci", ["ACCEPT", "PRACTICE_NOTICE", "RNS 77"]),
        ("reject", "ace", ["REJECT"]),
        ("reject", "aci", ["REJECT"]),
        ("lost-customs-answer", "ace", []),
    ],
)
def test_what_customs_say(run, filed, name, regime, news):
    async def main():
        heard = await filed(name, regime)
        assert codes([one for one in heard if one["data"] != "API_RESPONSE"]) == news

    run(main())


def test_silence_after_the_handshake(run, bench, message):
    async def main():
        async with bench.both("silent") as (service, client):
            for value in (message("ace-trip"), message("ace-send-request"), "no JSON"):
                await client.send(value)
            await (await client.socket.ping())
            await service.announce({"data": "END"})
            assert await client.next() == {"data": "END"}
            assert not service.ledger.records

    run(main())


def test_customs_times_run_in_the_order_of_the_news(run, filed):
    """Else a reader that orders by customs time would take RNS 9 for newer than RNS 4."""

    async def main():
        aci = await filed("release", "aci")
        times = [one.get("cbsaDateTime") or one["status"]["dateTime"] for one in aci]
        assert times == sorted(set(times))
        ace = [one["cbpDateTime"] for one in await filed("release", "ace")]
        assert ace == sorted(set(ace))

    run(main())


def test_a_cleared_ace_trip_has_an_entry_number_for_each_shipment(run, bench, trip_of):
    async def main():
        async with bench.both("clear") as (_, client):
            await client.ask(trip_of("ACE", "AAAA0001", "AAAAB0001", "AAAAB0002", autoSend=True))
            assert (await client.next())["processingResponse"] == {"shipmentsRejected": 0, "shipmentsAccepted": 2}
            entries = (await client.next())["shipmentStatusList"]
            assert [entry["shipmentControlNumber"] for entry in entries] == ["AAAAB0001", "AAAAB0002"]
            assert len({entry["entryNumber"] for entry in entries}) == 2
            assert entries[0]["port"] == "0101"

    run(main())


REASONS = [name for name in NAMES if name.startswith("reject-")]


def test_each_known_reason_has_its_scenario():
    played = {name.removeprefix("reject-").replace("-", "_") for name in REASONS}
    assert set(table()["reasons"]) - {"ace_not_on_file"} == played


@pytest.mark.parametrize("name", REASONS)
def test_each_known_reason_is_given(run, bench, message, aci_request, name):
    regime = name.split("-")[1]
    reason = table()["reasons"][name.removeprefix("reject-").replace("-", "_")]

    async def main():
        async with bench.both(name) as (_, client):
            await client.ask(message(f"{regime}-trip"))
            request = message("ace-send-request") if regime == "ace" else aci_request()
            if name.endswith("cannot-cancel"):
                request["type"] = "CANCEL" if regime == "aci" else "CANCEL_TRIP_AND_SHIPMENTS"
            await client.ask(request)
            answer = await client.next()
            if regime == "ace":
                assert answer["tripNumber"] == answer["sendRequest"]["tripNumber"] == "AAAA123457A"
                assert answer["validationResponses"][0]["description"] == reason["description"]
                assert answer["validationResponses"][0].get("code") == reason.get("code")
            else:
                assert (answer["type"], answer["tripNumber"]) == ("REJECT", "1234923ASDF")
                assert answer["errorResponses"][0]["errorDescription"] == reason["description"]
            assert await client.hears_nothing()

    run(main())


def test_a_reject_ends_when_a_change_was_uploaded_and_not_before(run, bench, message):
    async def main():
        async with bench.both("reject-ace-travel-document") as (_, client):
            await client.ask(message("ace-trip"))
            for _ in range(2):
                await client.ask(message("ace-send-request"))
                assert "validationResponses" in await client.next()
            await client.ask(message("ace-trip", operation="UPDATE"))
            await client.ask(message("ace-send-request"))
            assert "processingResponse" in await client.next()

    run(main())


def test_a_reject_of_a_number_ends_with_a_new_number(run, bench, trip_of, aci_request):
    async def main():
        async with bench.both("reject-aci-already-used") as (_, client):
            await client.ask(trip_of("ACI", "1234TRIP1", "1234PARS0001", autoSend=True))
            assert (await client.next())["type"] == "REJECT"
            await client.ask(trip_of("ACI", "1234TRIP2", "1234PARS0002", autoSend=True))
            assert (await client.next())["type"] == "ACCEPT"

    run(main())


@pytest.mark.parametrize("name", ["release", "clear"])
def test_a_seed_gives_the_same_numbers_again(run, filed, name):
    async def main():
        assert await filed(name, "aci") == await filed(name, "aci")
        assert await filed(name, "ace") == await filed(name, "ace")
        other = await filed('{"seed": 2}', "aci")
        first = await filed('{"seed": 1}', "aci")
        assert other[2]["transactionNumber"] != first[2]["transactionNumber"]
        assert other[:2] == first[:2]

    run(main())


# --- the faults between us and the gateway


def test_upload_refused(run, bench, message):
    async def main():
        async with bench.both("upload-refused") as (service, client):
            answer = await client.ask(message("ace-trip"))
            assert (answer["status"], answer["sendId"]) == ("DATA_ERROR", "001")
            assert answer["errors"][0]["note"].endswith("[AAAA123457A]")
            assert not service.ledger.records
            assert (await client.ask(message("ace-trip")))["status"] == "IMPORTED"

    run(main())


@pytest.mark.parametrize(
    ("name", "imported", "retry"), [("lost-answer", 1, "DATA_ERROR"), ("lost-upload", 0, "IMPORTED")]
)
def test_what_was_lost_decides_how_a_retry_ends(run, bench, message, name, imported, retry):
    async def main():
        async with bench.both(name) as (service, client):
            await client.send(message("ace-trip"))
            assert await client.hears_nothing()
            assert len(service.ledger.imports) == imported
            assert (await client.ask(message("ace-trip")))["status"] == retry
            assert service.ledger.imports == {"AAAA123457A": 1}

    run(main())


def test_duplicates_are_equal_byte_for_byte(run, bench, message):
    async def main():
        async with bench.both("duplicate") as (_, client):
            for value, count in ((message("ace-trip"), 2), (message("ace-send-request"), 4)):
                await client.send(value)
                frames = [await client.frame() for _ in range(count)]
                assert frames[0::2] == frames[1::2]
            assert await client.hears_nothing()

    run(main())


def test_delays_are_asked_of_the_clock_and_block_nobody(run, bench, message):
    async def main():
        async with bench.both("delay") as (service, client):
            await client.send(message("ace-trip"))
            assert (await client.next())["status"] == "IMPORTED"
            await client.send(message("ace-send-request"))
            assert (await client.next())["status"] == "TRANSMITTED"
            assert (await client.next())["data"] == "ACE_RESPONSE"
            assert bench.slept == [3, 3, 12]
            assert service.log[3].text == "upload CREATE ACE_TRIP AAAA123457A: imported"

    run(main())


@pytest.mark.parametrize(("name", "code", "is_kept"), [("disconnect", 1011, True), ("disconnect-lost", 1006, False)])
def test_the_line_breaks_before_the_answer(run, bench, message, until, name, code, is_kept):
    async def main():
        async with bench.service(name) as service:
            async with bench.client(service) as client:
                await client.send(message("ace-trip"))
                assert await client.closed() == code
            await until(lambda: service.log[-1].text == "connection 1 closed")
            assert service.ledger.imports == {"AAAA123457A": 1}
            async with bench.client(service) as client:
                if is_kept:
                    assert (await client.next())["status"] == "IMPORTED"
                assert await client.hears_nothing()

    run(main())


def test_the_line_breaks_at_the_send_request_and_customs_answer_later(run, bench, message, until):
    async def main():
        async with bench.service("disconnect-at-send") as service:
            async with bench.client(service) as client:
                await client.ask(message("ace-trip"))
                await client.send(message("ace-send-request"))
                assert await client.closed() == 1006
            async with bench.client(service) as client:
                assert (await client.ask(message("ace-send-request")))["status"] == "TRANSMITTED"

    run(main())


def test_garbage_of_every_kind_then_a_frame_of_sixteen_mebibytes_then_the_answer(run, bench, message):
    async def main():
        async with bench.both("garbage") as (_, client):
            await client.ask(message("ace-trip"))
            await client.ask(message("ace-send-request"))
            played = scenario_file.load("garbage").steps[0].do
            kinds = [action.values["kind"] for action in played if action.do == "garbage"]
            assert {*kinds, *ENDING} == set(garbage.KINDS)
            assert kinds.pop() == "big"
            assert [await client.frame() for _ in kinds] == [garbage.frame(kind) for kind in kinds]
            big = await client.frame()
            assert len(big) == 16 * 1024 * 1024
            assert json.loads(big)["data"] == "PRACTICE_NONSENSE"
            assert (await client.next())["data"] == "ACE_RESPONSE"

    run(main())


def test_a_message_larger_than_any_client_should_take(run, bench):
    async def main():
        async with bench.service("garbage-too-big") as service, bench.client(service) as client:
            assert len(await client.frame()) == 16 * 1024 * 1024 + 1

    run(main())


def test_the_right_key_is_refused(run, bench):
    async def main():
        async with bench.service("access-denied") as service, bench.raw_client(service) as client:
            assert (await client.ask({"apiKey": service.api_key}))["status"] == "ACCESS_DENIED_ERROR"
            assert await client.closed() == 1008
            assert not service.is_heard

    run(main())


def test_a_handshake_that_is_never_answered(run, bench, message, until):
    async def main():
        async with bench.service("silent-handshake") as service, bench.raw_client(service) as client:
            await client.send({"apiKey": service.api_key})
            await client.send(message("ace-trip"))
            await until(lambda: "ignored" in service.log[-1].text)
            assert not service.ledger.records
            await service.announce("late")
            assert service.waiting == 1

    run(main())


def test_a_handshake_that_is_answered_twice(run, bench):
    async def main():
        async with bench.service("double-handshake") as service, bench.client(service) as client:
            assert (await client.next())["status"] == "OK"
            assert await client.hears_nothing()

    run(main())


def test_an_alert_on_connecting(run, bench):
    async def main():
        async with bench.service("alert") as service, bench.client(service) as client:
            alert = await client.next()
            assert alert["data"] == "SYSTEM_ALERT"
            assert alert["message"].startswith("Practice alert")

    run(main())


def test_rns_for_a_shipment_of_no_trip(run, bench):
    async def main():
        async with bench.service("rns-unknown") as service, bench.client(service) as client:
            rns = await client.next()
            assert rns["cargoControlNumber"] == "9SMPPARS000999"
            assert rns["driverName"] == "Sample Driver Three"
            assert rns["releaseOffice"]["name"] == "WINDSOR AMBASSADOR BRIDGE"
            assert rns["status"]["releaseCode"]["number"] == "9"

    run(main())


def test_queued_then_imported(run, bench, message):
    async def main():
        async with bench.both("queued-then-imported") as (_, client):
            assert (await client.ask(message("ace-trip")))["message"] == "1 ACE Trip [AAAA123457A] queued"
            assert (await client.next())["status"] == "IMPORTED"
            assert (await client.ask(message("ace-send-request")))["status"] == "QUEUED"

    run(main())


# --- a trainee's own


def test_own_messages_at_their_time_and_as_often_as_told(run, bench):
    own = {
        "steps": [
            {
                "on": "time",
                "at_s": 60,
                "do": [{"do": "send", "repeat": 3, "message": {"data": "SYSTEM_ALERT", "n": "{count}"}}],
            },
            {"on": "time", "at_s": 90, "do": [{"do": "garbage", "kind": "number"}, {"do": "answer", "after_s": 0}][:1]},
        ]
    }

    async def main():
        async with bench.service(json.dumps(own)) as service, bench.client(service) as client:
            heard = [await client.next() for _ in range(4)]
            assert heard == [{"data": "SYSTEM_ALERT", "n": 0}] * 3 + [42]
            assert bench.slept == [60, 90]
            async with bench.client(service) as second:
                assert await second.hears_nothing()

    run(main())


def test_an_own_refusal_of_a_send_request_reaches_no_customs(run, bench, message):
    own = {
        "steps": [
            {"on": "send_request", "do": [{"do": "refuse", "note": "Not today"}, {"do": "customs"}, {"do": "answer"}]}
        ]
    }

    async def main():
        async with bench.both(json.dumps(own)) as (service, client):
            await client.ask(message("ace-trip"))
            answer = await client.ask(message("ace-send-request"))
            assert (answer["status"], answer["errors"][0]["note"]) == ("SEND_ERROR", "Not today [AAAA123457A]")
            assert not service.ledger.filed
            assert await client.hears_nothing()

    run(main())


def test_a_half_character_in_an_own_message_goes_out_escaped(run, bench):
    own = '{"steps": [{"on": "connect", "do": [{"do": "answer"}, {"do": "send", "message": {"data": "\\ud800"}}]}]}'

    async def main():
        async with bench.service(own) as service, bench.client(service) as client:
            assert await client.frame() == '{"data": "\\ud800"}'

    run(main())


def test_templates_and_programs_name_only_what_exists():
    answers = table()
    for template in answers["messages"].values():
        assert set(names_in(template)) <= PLACEHOLDERS
    for program in answers["programs"].values():
        assert {step["use"] for step in program} <= set(answers["messages"])
    for reason in answers["reasons"].values():
        assert reason.get("program", "ace_rejected_shipments") in answers["programs"]
        assert set(names_in(reason.get("text"))) <= {"trip", "shipment"}
    assert assets.path("practice/answers.json").read_text(encoding="utf-8").isascii()
