"""Faults the practice service plays below its messages: other answers than a socket, a frozen peer, broken frames."""

from __future__ import annotations

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from desktop.practice import garbage

ELSEWHERE = "ws://127.0.0.1:9/elsewhere"


def steps(*steps, **personality):
    return json.dumps({"personality": personality, "steps": steps})


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 403, 429, 500, 502, 503, 504])
def test_answers_with_another_status_and_then_opens(run, bench, status):
    async def main():
        respond = {"do": "respond", "status": status, "location": ELSEWHERE, "retry_after": 7}
        played = steps({"on": "upgrade", "times": 1, "do": [respond]})
        async with bench.service(played) as service:
            with pytest.raises(InvalidStatus) as refused:
                async with NoRedirect(service.address, proxy=None):
                    pass
            response = refused.value.response
            assert response.status_code == status
            assert (response.headers["Location"], response.headers["Retry-After"]) == (ELSEWHERE, "7")
            assert service.log[-1].values == {"status": status}
            async with bench.client(service):
                assert service.is_heard

    run(main())


class NoRedirect(connect):
    def process_redirect(self, exc):
        return exc


def test_a_frozen_peer_answers_nothing_and_says_nothing(run, bench, message, until):
    async def main():
        played = steps({"on": "upload", "times": 1, "do": [{"do": "freeze"}]})
        async with bench.both(played) as (service, client):
            await client.send(message("ace-trip"))
            (connection,) = service._connections
            await until(lambda: connection.is_frozen)
            await client.send(message("ace-send-request"))
            pong = await client.socket.ping()
            async with bench.client(service) as other:  # everybody else is served as ever
                assert (await other.ask(message("ace-send-request")))["status"] == "SEND_ERROR"
            assert not pong.done()
            assert client.socket.close_code is None
            assert service.ledger.records == {}
            client.socket.transport.abort()
            pong.cancel()

    run(main())


def test_text_that_is_no_utf8_goes_out_as_text(run, bench):
    async def main():
        async with bench.both(steps({"on": "upload", "do": [{"do": "garbage", "kind": "bad_text"}]})) as (_, client):
            await client.send("x")
            body = await client.socket.recv(decode=False)
            assert body == garbage.frame("bad_text")
            with pytest.raises(UnicodeDecodeError):
                body.decode()

    run(main())


def test_a_compressed_frame_nobody_agreed_to_ends_the_connection(run, bench):
    async def main():
        bomb = {"do": "garbage", "kind": "bomb", "size": 1024 * 1024}
        async with bench.both(steps({"on": "upload", "do": [bomb]})) as (_, client):
            await client.send("x")
            with pytest.raises(ConnectionClosedError) as closed:
                await client.socket.recv()
            assert closed.value.sent.code == 1002

    run(main())


def test_a_bomb_is_small_and_unfolds_to_what_was_asked_for():
    assert len(garbage.frame("bomb", 64 * 1024 * 1024)) < 128 * 1024


@pytest.mark.parametrize(
    ("personality", "status"), [({}, "IMPORTED"), ({"imported_word": "unknown"}, "PRACTICE_STATUS")]
)
def test_an_import_has_a_word_of_the_list_or_none(run, bench, message, personality, status):
    async def main():
        async with bench.both(steps(**personality)) as (service, client):
            answer = await client.ask(message("ace-trip"))
            assert answer["status"] == status
            assert service.ledger.imports

    run(main())


@pytest.mark.parametrize("send_id", ["echo", "none"])
def test_no_answer_quotes_our_id_where_it_is_never_echoed(run, bench, message, send_id):
    async def main():
        async with bench.both(steps(send_id=send_id)) as (_, client):
            good = await client.ask(message("ace-trip", sendId="sample-1"))
            bad = await client.ask(message("ace-trip", sendId="sample-2"))
            assert [answer.get("sendId") for answer in (good, bad)] == (
                ["sample-1", "sample-2"] if send_id == "echo" else [None, None]
            )

    run(main())


def test_a_service_with_a_frozen_connection_stops(run, bench, message):
    async def main():
        async with bench.both(steps({"on": "upload", "do": [{"do": "freeze"}]})) as (service, client):
            await client.send(message("ace-trip"))
            await asyncio.sleep(0)
            await service.stop()

    run(main())
