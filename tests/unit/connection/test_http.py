"""The HTTP way against a real server on this computer (protocol 1; faults 7 to 9, 14 to 18)."""

import asyncio

import pytest
from fakes.http_desk import Desk
from fakes.toy_twin import KEY, ToyTwin, answer

from desktop.clock import SystemClock
from desktop.connection.http import NotTaken
from desktop.connection.trouble import LinkError
from desktop.connection.websocket import NotWritten
from desktop.domain.lifecycle import LinkState

NOTICE, RNS = b'{"data": "ACI_NOTICE", "n":1.50}', b'{"data":"RNS_SHIPMENT"}'
TRIP = b'{"data":"ACE_TRIP"}'


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr("desktop.delivery.polling.SOON_S", 0.02)
    monkeypatch.setattr("desktop.connection.http.SOON_S", 0.02)
    monkeypatch.setattr("desktop.delivery.polling.AT_ONCE_S", 0.01)
    monkeypatch.setattr("desktop.delivery.polling.IDLE_S", 0.05)


def test_messages_go_both_ways_and_the_key_only_into_its_header(run, until):
    async def main():
        async with ToyTwin(b"[" + NOTICE + b", " + RNS + b"]", b"null", RNS) as far, Desk(far.address) as desk:
            await until(lambda: len(desk.frames) == 3)
            await desk.link.send(TRIP)
            assert far.sent == [TRIP]
            assert desk.frames == [NOTICE, RNS, RNS, b'{"status":"SUCCESS"}']
        assert {(asked.method, asked.path) for asked in far.asked} == {
            ("GET", "/api/receive/toy"),
            ("POST", "/api/send/toy"),
        }
        for asked in far.asked:
            assert asked.headers["api-key"] == KEY
            others = {name: value for name, value in asked.headers.items() if name != "api-key"}
            assert KEY not in repr((asked.path, others, asked.body))
        assert desk.details() == [(LinkState.CONNECTING, ""), (LinkState.CONNECTED, ""), (LinkState.OFF, "")]

    run(main())


REFUSALS = [
    (answer(b'{"status":"FAILURE","errorCode":"INVALID_API_KEY"}', 401), LinkState.KEY_REFUSED, "key_refused"),
    (answer(b'{"status":"FAILURE","errorCode":"EXPIRED_API_KEY"}'), LinkState.KEY_REFUSED, "key_refused"),
    (answer(b'{"status":"FAILED","errorCode":"API_KEY_URL_MISMATCH"}'), LinkState.KEY_REFUSED, "key_refused"),
    (answer(b"", 403), LinkState.KEY_REFUSED, "key_refused"),
    *((answer(b"", code, Location="/"), LinkState.REFUSED, "redirect") for code in (301, 302, 307, 308)),
]


@pytest.mark.parametrize(("said", "state", "detail"), REFUSALS, ids=lambda one: str(one)[:12])
def test_a_refusal_is_final_after_one_request(run, until, said, state, detail):
    """Wrong key, redirect: exactly one attempt, nothing follows the redirect, and who mends it goes on."""

    async def main():
        async def reply(_asked, writer):
            writer.write(said.replace(b"Location: /", f"Location: http://127.0.0.1:{other.port}/".encode()))

        async with ToyTwin() as far, ToyTwin() as other:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(lambda: desk.link.state is state)
                await asyncio.sleep(0.1)
                assert (len(far.asked), other.connections, desk.link.detail) == (1, 0, detail)
                with pytest.raises(NotWritten):
                    await desk.link.send(TRIP)
                far.reply = None
                desk.link.retry_now()
                await until(desk.is_connected)

    run(main())


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (answer(b"", 404), "not_found"),
        (answer(b"", 503), "busy"),
        (answer(b"", 503, Retry_After="Mon, 01 Jan 2026 00:00:00 +99999999999999999999"), "busy"),
        (answer(b"", 429), "too_many"),
        (answer(b"<html>Welcome</html>", Content_Type="text/html"), "web_page"),
        (answer(b"[]", 418), "no_twin"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "no_twin"),
        (b"", "closed"),
    ],
)
def test_what_may_pass_is_tried_again_and_named(run, until, said, detail):
    async def main():
        async def reply(_asked, writer):
            writer.write(said)

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(lambda: len(far.asked) > 2)
                assert (LinkState.RECONNECTING, detail) in desk.details()
                assert desk.frames == []
                far.reply = None
                await until(desk.is_connected)

    run(main())


def test_nothing_is_asked_without_a_key_and_the_key_comes_first(run, until):
    async def main():
        async with ToyTwin() as far, Desk(far.address, key=None) as desk:
            await until(lambda: desk.link.state is LinkState.KEY_NEEDED)
            assert far.connections == 0
            desk.key = KEY
            desk.link.retry_now()
            await until(desk.is_connected)

    run(main())


def test_a_gateway_that_wants_rest_stays_connected_and_a_long_rest_is_told(run, until):
    async def main():
        async def reply(asked, writer):
            rest = "0" if len(far.asked) < 4 else "300"
            writer.write(answer(b"", 429, Retry_After=rest) if len(far.asked) > 1 else answer())

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(desk.is_connected)
                desk.link._pace.refused = lambda _rest: 0.01
                await until(lambda: desk.link.state is LinkState.RECONNECTING)
                state, detail, at = desk.states[-1]
                assert (state, detail, len(far.asked)) == (LinkState.RECONNECTING, "too_many", 4)
                assert (at - SystemClock().now()).total_seconds() > 250

    run(main())


# --- what became of a message -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"status":"FAILURE","errorCode":"INVALID_API_KEY"}', 401),
        (b'{"status":"FAILURE","errorCode":"TOO_MANY_REQUESTS"}', 200),
        (b"", 429),
    ],
)
def test_a_message_refused_at_the_door_is_known_not_to_be_taken(run, until, body, status):
    async def main():
        async def reply(asked, writer):
            writer.write(answer(body, status) if asked.method == "POST" else answer())

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(desk.is_connected)
                with pytest.raises(NotTaken):
                    await desk.link.send(TRIP)
                assert desk.frames == []
                assert not desk.is_connected()  # no second one before a question was answered
                await until(lambda: len(desk.states) > 2)

    run(main())


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[", answer(b"", 502), answer(b"", 302)]
)
def test_a_message_whose_answer_is_lost_ends_the_connection_without_proof(run, until, said):
    async def main():
        async def reply(asked, writer):
            writer.write(said if asked.method == "POST" else answer())

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(desk.is_connected)
                await desk.link.send(TRIP)  # no NotWritten: nobody knows
                await until(
                    lambda: (LinkState.RECONNECTING, desk.link.detail) in desk.details() or len(desk.states) > 2
                )
                assert len(far.sent) == 1
                if said.startswith(b"HTTP/1.1 200"):
                    assert desk.frames == [b"["]  # what came of it is kept

    run(main())


def test_a_message_is_not_written_where_no_connection_stands(run, until):
    async def main():
        async with ToyTwin() as far:
            desk = Desk(far.address)
            with pytest.raises(NotWritten):
                await desk.link.send(TRIP)
            async with desk:
                await until(desk.is_connected)
                await far.__aexit__()
                with pytest.raises(NotWritten):
                    await desk.link.send(TRIP)
                assert far.sent == []

    run(main())


def test_answers_of_a_message_are_stored_before_send_returns_whatever_the_status(run, until):
    async def main():
        said = b'{"data":"API_RESPONSE","status":"DATA_ERROR"}'

        async def reply(asked, writer):
            writer.write(answer(said, 400) if asked.method == "POST" else answer())

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(desk.is_connected)
                await desk.link.send(TRIP)
                assert desk.frames == [said]

    run(main())


# --- nothing that was received is lost --------------------------------------------------------------------------------


def test_what_cannot_be_stored_is_kept_and_nothing_more_is_asked_for(run, until, expected_logs):
    expected_logs("messages could not be stored")

    async def main():
        async with ToyTwin(NOTICE, RNS) as far:
            desk = Desk(far.address)
            desk.fails = 3
            async with desk:
                await until(lambda: len(desk.frames) == 2)
            assert desk.frames == [NOTICE, RNS]
            assert (LinkState.RECONNECTING, "not_stored") in desk.details()
            assert desk.keys_asked == 2  # nothing was asked before it was stored

    run(main())


def test_half_a_body_is_kept_and_the_break_is_said(run, until):
    async def main():
        async def reply(_asked, writer):
            first = len(far.asked) == 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[" + NOTICE if first else answer())

        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(desk.is_connected)
                assert desk.frames == [b"[" + NOTICE]
                assert desk.details()[1] == (LinkState.RECONNECTING, "closed")

    run(main())


def test_the_third_answer_above_the_limit_stops(run, until, monkeypatch):
    monkeypatch.setattr("desktop.connection.http_exchange.HttpExchange.receive", _too_big)

    async def main():
        async with Desk("ws://127.0.0.1:9/api/sockets/toy") as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert desk.details().count((LinkState.RECONNECTING, "too_big")) == 2
            assert desk.frames == [b"xxxx"] * 3

    run(main())


async def _too_big(self, key):
    from desktop.connection.http_exchange import Answer
    from desktop.delivery.backoff import Trouble

    return Answer(200, b"xxxx", broken=LinkError(Trouble.TOO_BIG, "too_big"))


def test_the_end_waits_for_a_question_that_is_under_way(run, until):
    """What the gateway gives out it forgets."""

    async def main():
        asked_for, go = asyncio.Event(), asyncio.Event()

        async def reply(_asked, writer):
            asked_for.set()
            await go.wait()
            writer.write(answer(NOTICE))

        async with ToyTwin() as far:
            far.reply = reply
            desk = Desk(far.address)
            async with desk:
                await asked_for.wait()
                stopping = asyncio.get_running_loop().create_task(desk.link.stop())
                await asyncio.sleep(0)
                go.set()
                await stopping
            assert desk.frames == [NOTICE]
            assert desk.link.state is LinkState.OFF

    run(main())


def test_the_end_is_prompt_where_nobody_answers(run, until):
    async def main():
        async def reply(_asked, _writer):
            await never.wait()

        never = asyncio.Event()
        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address):
                await until(lambda: bool(far.asked))
            never.set()

    run(main())


def test_a_dead_line_is_noticed(run, until, monkeypatch):
    """How long that takes is told by the limits: the longest pause and the limit of reading are below 30 s together."""
    monkeypatch.setattr("desktop.connection.http_exchange.READ_S", 0.05)

    async def main():
        async def reply(_asked, writer):
            if len(far.asked) == 1:
                writer.write(answer())
            else:
                await never.wait()

        never = asyncio.Event()
        async with ToyTwin() as far:
            far.reply = reply
            async with Desk(far.address) as desk:
                await until(lambda: (LinkState.RECONNECTING, "timeout") in desk.details())
                far.reply = None
                await until(desk.is_connected)
            never.set()

    run(main())


def test_the_end_waits_for_the_answer_to_a_message(run, until):
    """What is being sent as the program ends may still be answered; then nobody has to doubt it."""

    async def main():
        sent_to, go = asyncio.Event(), asyncio.Event()

        async def reply(asked, writer):
            if asked.method == "POST":
                sent_to.set()
                await go.wait()
            writer.write(answer(NOTICE if asked.method == "POST" else b"[]"))

        async with ToyTwin() as far:
            far.reply = reply
            desk = Desk(far.address)
            async with desk:
                await until(desk.is_connected)
                sending = asyncio.get_running_loop().create_task(desk.link.send(TRIP))
                await sent_to.wait()
                stopping = asyncio.get_running_loop().create_task(desk.link.stop())
                await asyncio.sleep(0)
                go.set()
                await asyncio.gather(stopping, sending)
            assert desk.frames == [NOTICE]

    run(main())
