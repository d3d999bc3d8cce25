"""The practice service over a real socket: handshake, path, limits, queue, two sockets, stop."""

from __future__ import annotations

import asyncio
import json
import re
import socket

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from desktop.errors import EnvironmentFailure
from desktop.practice.service import PracticeService, new_api_key, new_company_key

REAL_KEY = re.compile(r"[ac]-\d+-[0-9a-f]{16}")


def scenario(**personality):
    return json.dumps({"personality": personality})


# --- keys and handshake


def test_keys_are_plainly_practice_keys_and_differ():
    assert new_api_key().startswith("practice-")
    assert new_api_key() != new_api_key()
    assert len(new_company_key()) <= 30
    assert REAL_KEY.search(new_api_key()) is None
    assert REAL_KEY.search(new_company_key()) is None


def test_answers_a_good_key_in_the_words_of_the_page(run, bench, message):
    async def main():
        async with bench.service() as service, bench.raw_client(service) as client:
            answer = await client.ask({"apiKey": service.api_key})
            assert answer == {**message("api-response-ok"), "dateTime": f"{bench.clock.now():%Y-%m-%d %H:%M:%S}"}
            assert service.is_heard

    run(main())


@pytest.mark.parametrize("first", ['{"apiKey": "practice-wrong"}', "no JSON", '{"apiKey": 7}', '["apiKey"]', b"bytes"])
def test_refuses_a_wrong_first_frame_and_closes(run, bench, first):
    async def main():
        async with bench.service() as service, bench.raw_client(service) as client:
            answer = await client.ask(first)
            assert answer["data"] == "API_RESPONSE"
            assert answer["status"] == "ACCESS_DENIED_ERROR"
            assert await client.closed() == 1008
            assert not service.is_heard

    run(main())


def test_closes_when_no_key_comes_in_time(run, bench):
    async def main():
        async with bench.service(key_limit_s=0.05) as service, bench.raw_client(service) as client:
            assert await client.closed() == 1008
            assert "connection 1: no key in time" in [line.text for line in service.log]

    run(main())


def test_the_limit_for_the_key_is_ten_seconds_unless_told():
    assert PracticeService()._key_limit_s == 10.0


@pytest.mark.parametrize(
    "path", ["/", "/api/sockets", "/api/sockets/", "/api/sockets/other", "/api/sockets/practice/x"]
)
def test_any_other_path_is_not_found(run, bench, path):
    async def main():
        async with bench.service() as service:
            with pytest.raises(InvalidStatus) as refused:
                async with connect(f"ws://127.0.0.1:{service.port}{path}", proxy=None):
                    pass
            assert refused.value.response.status_code == 404

    run(main())


def test_listens_on_loopback_only(run, bench):
    async def main():
        async with bench.service() as service:
            assert [end.getsockname()[0] for end in service._server.sockets] == ["127.0.0.1"]
            assert service.address == f"ws://127.0.0.1:{service.port}/api/sockets/practice"

    run(main())


def test_a_port_in_use_is_said(run, bench):
    async def main():
        with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(EnvironmentFailure) as failure:
            await PracticeService().start(other.getsockname()[1])
        assert failure.value.code == "practice.port_in_use"

    run(main())


def test_no_key_name_or_plate_is_logged(run, bench, message, caplog):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(message("ace-trip"))
            await client.ask(message("aci-trip"))
            async with bench.raw_client(service) as stranger:
                await stranger.ask({"apiKey": "practice-of-somebody-else"})
            return service

    caplog.set_level("DEBUG")
    service = run(main())
    logged = [record.getMessage() for record in caplog.records if record.name != "websockets.client"]  # the test's own
    written = "\n".join([*map(str, service.log), *logged])
    assert "upload CREATE ACE_TRIP AAAA123457A: imported" in written
    assert "connection open" in written
    for secret in (service.api_key, service.company_key, "practice-of-somebody-else", "Dorn", "Doe", "TEMP5", "TRK1NG"):
        assert secret not in written


def test_a_foreign_number_cannot_write_into_the_log(run, bench, message):
    async def main():
        async with bench.both() as (service, client):
            await client.ask(message("ace-trip", tripNumber="x\nkey accepted"))
            assert service.log[-1].text == "upload CREATE ACE_TRIP -: refused (1)"

    run(main())


def test_log_lines_reach_listeners_until_they_leave(run, bench):
    heard = []

    async def main():
        async with bench.service() as service:
            leave = service.subscribe(lambda line: heard.append(line.text))
            async with bench.client(service):
                pass
            leave()
            async with bench.client(service):
                pass

    run(main())
    assert heard[:2] == ["connection 1 opened", "connection 1: key accepted"]
    assert "connection 2 opened" not in heard


# --- frames


def test_a_message_in_fragments_is_cut_as_the_page_warns(run, bench, message):
    text = json.dumps(message("ace-trip"))

    async def main():
        async with bench.both() as (service, client):
            await client.socket.send(iter([text[:100], text[100:]]))
            answer = await client.next()
            assert answer["status"] == "DATA_ERROR"
            assert answer["errors"] == [{"note": "Message arrived in 3 fragments and was cut after the first"}]
            assert service.fragmented == 1
            assert not service.ledger.records

    run(main())


def test_a_message_in_fragments_is_put_together_when_told(run, bench, message):
    text = json.dumps(message("ace-trip"))

    async def main():
        async with bench.both(scenario(fragmented="accept")) as (service, client):
            await client.socket.send(iter([text[:100], text[100:]]))
            assert (await client.next())["status"] == "IMPORTED"
            assert service.fragmented == 1

    run(main())


@pytest.mark.parametrize(
    ("frame", "note"),
    [
        (b'{"data": "ACE_TRIP"}', "Message must be text"),
        ("", "Message is not a valid JSON object"),
        ("{", "Message is not a valid JSON object"),
        ("[]", "Message is not a valid JSON object"),
        ('{"data": NaN}', "Message is not a valid JSON object"),
        ('{"data": 1e999}', "Message is not a valid JSON object"),
        ('{"data": "ACE_TRIP", "data": "ACE_TRIP"}', "Message is not a valid JSON object"),
        ('{"data": "\\ud800"}', "Message is not a valid JSON object"),
        ("[" * 100_000, "Message is not a valid JSON object"),
        ("{}", "Data is required"),
        ('{"data": "ACE_RESPONSE"}', "Data is not a known type"),
        ('{"data": ["ACE_TRIP"]}', "Data is not a known type"),
    ],
)
def test_unreadable_messages_are_refused_and_the_line_stays_open(run, bench, message, frame, note):
    async def main():
        async with bench.both() as (_, client):
            answer = await client.ask(frame)
            assert answer["status"] == "DATA_ERROR"
            assert answer["message"] == "Message could not be read"
            assert answer["errors"] == [{"note": note}]
            assert (await client.ask(message("ace-trip")))["status"] == "IMPORTED"

    run(main())


def test_a_huge_upload_is_refused_politely(run, bench, message):
    async def main():
        async with bench.both() as (_, client):
            answer = await client.ask(json.dumps({"data": "ACE_TRIP", "x": "y" * 1024 * 1024}))
            assert answer["status"] == "DATA_ERROR"
            assert answer["errors"] == [{"note": "Message is larger than 1048576 bytes"}]
            assert (await client.ask(message("ace-trip")))["status"] == "IMPORTED"

    run(main())


def test_a_message_beyond_sixteen_mebibytes_closes_with_1009(run, bench, until):
    async def main():
        async with bench.service() as service:
            # not left through close(): on Python 3.11 a transport that was closed with unsent bytes cannot be aborted
            client = await bench.open_client(service)
            await client.ask({"apiKey": service.api_key})
            await client.send("x" * (16 * 1024 * 1024 + 1))
            assert await client.closed() == 1009
            await until(lambda: "connection 1: message too big, closed" in [line.text for line in service.log])
            async with bench.client(service) as again:
                assert (await again.ask("x"))["status"] == "DATA_ERROR"

    run(main())


def test_closes_a_silent_line_when_told(run, bench):
    async def main():
        async with bench.both(scenario(idle_close_s=0.05)) as (_, client):
            assert await client.closed() == 1000

    run(main())


# --- queue and two sockets


def test_what_comes_while_nobody_listens_waits_for_the_next_handshake(run, bench):
    async def main():
        async with bench.service() as service:
            assert not await service.announce({"data": "SYSTEM_ALERT", "message": "one"})
            assert not await service.announce({"data": "SYSTEM_ALERT", "message": "two"})
            assert service.waiting == 2
            async with bench.client(service) as client:
                assert (await client.next())["message"] == "one"
                assert (await client.next())["message"] == "two"
                assert await client.hears_nothing()

    run(main())


def test_what_comes_while_nobody_listens_is_lost_when_told(run, bench):
    async def main():
        async with bench.service(scenario(redeliver="no")) as service:
            await service.announce({"data": "SYSTEM_ALERT", "message": "one"})
            assert service.waiting == 0
            async with bench.client(service) as client:
                assert await client.hears_nothing()

    run(main())


def test_a_wrong_key_gets_nothing_of_what_waits(run, bench):
    async def main():
        async with bench.service() as service:
            await service.announce({"data": "SYSTEM_ALERT", "message": "one"})
            async with bench.raw_client(service) as stranger:
                await stranger.ask({"apiKey": "practice-wrong"})
                await stranger.closed()
            assert service.waiting == 1

    run(main())


@pytest.mark.parametrize(
    ("rule", "first_hears", "second_hears"),
    [("copy", 2, 2), ("newest", 0, 2), ("steal", 0, 2), ("share", 1, 1)],
)
def test_two_sockets_on_one_key(run, bench, rule, first_hears, second_hears):
    async def count(client):
        heard = 0
        while (await client.next())["data"] == "SYSTEM_ALERT":
            heard += 1
        return heard

    async def main():
        async with (
            bench.service(scenario(two_sockets=rule)) as service,
            bench.client(service) as first,
            bench.client(service) as second,
        ):
            await service.announce({"data": "SYSTEM_ALERT", "message": "one"})
            await service.announce({"data": "SYSTEM_ALERT", "message": "two"})
            for line in list(service._mailbox._open):
                await line.send('{"data": "END"}')
            assert (await count(first), await count(second)) == (first_hears, second_hears)

    run(main())


@pytest.mark.parametrize(("rule", "is_stolen"), [("copy", False), ("newest", False), ("share", False), ("steal", True)])
def test_who_gets_the_answer_to_an_upload(run, bench, message, rule, is_stolen):
    async def main():
        async with (
            bench.service(scenario(two_sockets=rule)) as service,
            bench.client(service) as first,
            bench.client(service) as second,
        ):
            await first.send(message("ace-trip"))
            answer = await (second if is_stolen else first).next()
            assert answer["status"] == "IMPORTED"

    run(main())


def test_the_answer_for_a_line_that_is_gone_goes_to_another_on_the_key(run, bench, message):
    steps = {"steps": [{"on": "upload", "do": [{"do": "import"}, {"do": "close"}, {"do": "answer"}]}]}

    async def main():
        async with (
            bench.service(json.dumps(steps)) as service,
            bench.client(service) as other,
            bench.client(service) as client,
        ):
            await client.send(message("ace-trip"))
            assert (await other.next())["status"] == "IMPORTED"

    run(main())


# --- start and stop


def test_stop_leaves_nothing_behind(run, bench, message, until):
    async def main():
        service = PracticeService(clock=bench.clock)
        await service.start()
        async with bench.client(service) as client:
            await client.ask(message("ace-trip"))
            await client.ask(message("ace-send-request"))  # customs' answer is still to come
            await service.stop()
            assert await client.closed() == 1001
        with pytest.raises(ConnectionRefusedError):
            async with connect(service.address, proxy=None):
                pass
        assert not service.is_heard
        await service.stop()

    run(main())


def test_stop_does_not_wait_for_a_client_that_reads_no_more(run, bench, monkeypatch, until):
    monkeypatch.setattr("desktop.practice.service._STOP_LIMIT_S", 0.05)

    async def main():
        async with bench.service("garbage-too-big") as service:
            client = await bench.open_client(service)
            await client.send({"apiKey": service.api_key})
            client.socket.transport.pause_reading()
            await until(lambda: service.is_heard)
            async with asyncio.timeout(1.0):
                await service.stop()
            assert service.log[-1].text == "stopped"
            client.socket.transport.abort()
            await client.socket.wait_closed()

    run(main())


def test_a_client_that_finds_our_message_too_big_is_not_blamed(run, bench, until):
    async def main():
        async with bench.service("garbage-too-big") as service:
            async with connect(service.address, proxy=None) as client:
                await client.send(json.dumps({"apiKey": service.api_key}))
                await client.wait_closed()
                assert client.protocol.close_sent.code == 1009
            await until(lambda: service.log[-1].text == "connection 1 closed")
            assert "too big" not in "".join(line.text for line in service.log)

    run(main())


def test_a_service_that_never_started_can_be_stopped(run):
    run(PracticeService().stop())


def test_another_scenario_can_be_chosen_while_it_runs(run, bench, message, trip_of):
    async def main():
        async with bench.both() as (service, client):
            assert (await client.ask(message("ace-trip")))["status"] == "IMPORTED"
            from desktop.practice import scenario_file

            service.use(scenario_file.load("upload-refused"))
            assert (await client.ask(trip_of("ACE", "AAAA0002")))["status"] == "DATA_ERROR"
            assert service.ledger.imports == {"AAAA123457A": 1}

    run(main())


def test_many_clients_at_once_are_served(run, bench, trip_of):
    async def one(service, number):
        async with bench.client(service) as client:
            return await client.ask(trip_of("ACE", f"AAAA{number:04}"))

    async def main():
        async with bench.service() as service:
            answers = await asyncio.gather(*(one(service, number) for number in range(20)))
            assert {answer["status"] for answer in answers} == {"IMPORTED"}
            assert len(service.ledger.imports) == 20

    run(main())
