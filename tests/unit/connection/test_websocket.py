"""The link against a real socket on this computer (reliability 2 and 6; faults 7, 8, 14 to 18, 23)."""

import asyncio
import base64
import datetime as dt
import hashlib
import json
import logging
import ssl
from itertools import repeat

import pytest
import trustme
from fakes.clock import ManualClock
from fakes.toy_gateway import CONNECTED, KEY, ToyGateway, listen
from websockets.exceptions import InvalidURI

from desktop import texts
from desktop.clock import SystemClock
from desktop.connection.address import checked, tls
from desktop.connection.trouble import LinkError, of_opening
from desktop.connection.websocket import NotWritten, WebSocketLink
from desktop.delivery.backoff import Trouble
from desktop.domain.lifecycle import LinkState
from desktop.errors import EnvironmentFailure


class Key:
    def __init__(self, value):
        self._value = value

    def reveal(self):
        return self._value


class Desk:
    """A link with its listeners, and what they heard."""

    def __init__(self, address, key=KEY, **options):
        self.frames, self.states, self.keys_asked, self.batches = [], [], 0, []
        self.key = key
        self.store = self.keep
        self.link = WebSocketLink(
            address=address,
            key_source=self.give_key,
            on_frames=self.on_frames,
            on_state=lambda state, detail, retry_at: self.states.append((state, detail, retry_at)),
            **{"clock": SystemClock(), "make_pauses": lambda: repeat(0.01), **options},
        )
        self.task = None

    async def give_key(self):
        self.keys_asked += 1
        return None if self.key is None else Key(self.key)

    async def on_frames(self, arrivals):
        self.batches.append(len(arrivals))
        for frame, at in arrivals:
            await self.store(frame, at)

    async def keep(self, frame, at):
        assert at.tzinfo is not None
        self.frames.append(frame)

    async def __aenter__(self):
        self.task = asyncio.get_running_loop().create_task(self.link.run(), name="link")
        return self

    async def __aexit__(self, *_):
        async with asyncio.timeout(5):
            await self.link.stop()
            await self.task

    def details(self):
        return [(state, detail) for state, detail, _ in self.states]

    def is_connected(self):
        return self.link.connected_since is not None


def test_a_good_key_connects_and_messages_go_both_ways(run, until):
    async def main():
        async def talk(socket):
            await socket.send('{"data":"ACI_NOTICE"}')
            await socket.send(b"\xff\x00binary")

        async with ToyGateway(talk) as gateway, Desk(gateway.address) as desk:
            await until(lambda: len(desk.frames) == 3)
            await desk.link.send('{"data":"ACE_TRIP","x":"é"}'.encode())
            await until(lambda: gateway.received)
        assert desk.frames == [CONNECTED.encode(), b'{"data":"ACI_NOTICE"}', b"\xff\x00binary"]
        assert gateway.received == ['{"data":"ACE_TRIP","x":"é"}']
        assert gateway.keys == [KEY]
        assert desk.details() == [(LinkState.CONNECTING, ""), (LinkState.CONNECTED, ""), (LinkState.OFF, "")]

    run(main())


def test_what_is_here_already_comes_together_in_order_and_one_alone_does_not_wait(run, until):
    async def main():
        first, more = asyncio.Event(), asyncio.Event()

        async def talk(socket):
            await first.wait()
            await socket.send("alone")
            await more.wait()
            for number in range(1000):
                await socket.send(f"{number}")

        async with ToyGateway(talk) as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            first.set()
            await until(lambda: len(desk.frames) == 2)
            assert desk.batches == [1, 1]
            more.set()
            await until(lambda: len(desk.frames) == 1002)
        assert desk.frames[2:] == [f"{number}".encode() for number in range(1000)]
        assert max(desk.batches) <= 200
        assert len(desk.batches) < 200

    run(main())


def test_a_wrong_key_makes_one_connection_and_stops(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address, key="practice-other") as desk:
            await until(lambda: desk.link.state is LinkState.KEY_REFUSED)
            await asyncio.sleep(0.1)
            assert gateway.requests == 1
            with pytest.raises(NotWritten):
                await desk.link.send(b"{}")
            desk.key = KEY
            desk.link.retry_now()
            await until(desk.is_connected)
            assert gateway.keys == ["practice-other", KEY]

    run(main())


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_at_the_door_is_final(run, until, status):
    async def main():
        async with ToyGateway() as gateway:
            gateway.status = status
            async with Desk(gateway.address) as desk:
                await until(lambda: desk.link.state is LinkState.KEY_REFUSED)
                await asyncio.sleep(0.1)
                assert (gateway.requests, gateway.keys) == (1, [])

    run(main())


def test_the_key_is_asked_for_before_connecting(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address, key=None) as desk:
            await until(lambda: desk.link.state is LinkState.KEY_NEEDED)
            await asyncio.sleep(0.05)
            assert gateway.requests == 0
            desk.key = KEY
            desk.link.retry_now()
            await until(desk.is_connected)

    run(main())


def test_who_asks_for_another_try_is_told_again_that_the_key_is_missing(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address, key=None) as desk:
            await until(lambda: desk.link.state is LinkState.KEY_NEEDED)
            desk.link.retry_now()
            await until(lambda: [state for state, _ in desk.details()].count(LinkState.KEY_NEEDED) == 2)

    run(main())


def test_no_answer_to_the_key_is_bounded_and_said(run, until):
    async def main():
        async with ToyGateway() as gateway:
            gateway.answers_key = False
            async with Desk(gateway.address, key_answer_limit_s=0.1) as desk:
                await until(lambda: gateway.connections >= 2)
                assert (LinkState.RECONNECTING, "no_answer") in desk.details()
                assert not desk.is_connected()

    run(main())


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1012, 1013])
def test_a_closed_connection_is_tried_again(run, until, code):
    async def main():
        async with ToyGateway(lambda socket: socket.close(code)) as gateway, Desk(gateway.address) as desk:
            await until(lambda: gateway.connections >= 2)
            gateway.talk = listen
            await until(desk.is_connected)
            states = [state for state in desk.states if state[0] is LinkState.RECONNECTING]
            assert {detail for _, detail, _ in states} == {"closed"}
            assert all(retry_at is not None for _, _, retry_at in states)

    run(main())


def test_a_connection_that_just_goes_is_tried_again(run, until):
    async def main():
        async def drop(socket):
            socket.transport.abort()

        async with ToyGateway(drop) as gateway, Desk(gateway.address) as desk:
            await until(lambda: gateway.connections >= 2)
            assert (LinkState.RECONNECTING, "closed") in desk.details()

    run(main())


def test_the_third_message_above_the_limit_stops(run, until):
    async def main():
        big = "x" * 2000
        async with (
            ToyGateway(lambda socket: socket.send(big)) as gateway,
            Desk(gateway.address, max_frame_bytes=1000) as desk,
        ):
            await until(lambda: desk.link.state is LinkState.REFUSED)
            await asyncio.sleep(0.1)
            assert gateway.connections == 3
            assert desk.states[-1] == (LinkState.REFUSED, "too_big", None)
            gateway.talk = listen
            desk.link.retry_now()
            await until(desk.is_connected)

    run(main())


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_refused_and_the_key_stays_here(run, until, status):
    async def main():
        async with ToyGateway() as elsewhere, ToyGateway() as gateway:
            gateway.status, gateway.location = status, elsewhere.address
            async with Desk(gateway.address) as desk:
                await until(lambda: desk.link.state is LinkState.REFUSED)
                assert desk.link.detail == "redirect"
            assert (elsewhere.requests, elsewhere.keys, gateway.keys) == (0, [], [])

    run(main())


@pytest.mark.parametrize(("status", "detail"), [(429, "busy"), (500, "busy"), (503, "busy"), (404, "not_found")])
def test_a_busy_gateway_is_tried_again(run, until, status, detail):
    async def main():
        async with ToyGateway() as gateway:
            gateway.status = status
            async with Desk(gateway.address) as desk:
                await until(lambda: gateway.requests >= 2)
                assert (LinkState.RECONNECTING, detail) in desk.details()
                gateway.status = None
                await until(desk.is_connected)

    run(main())


def test_nobody_there_and_no_gateway_there(run, until):
    async def main():
        async with ToyGateway() as gateway:
            address = gateway.address
        async with Desk(address) as desk:
            await until(lambda: (LinkState.RECONNECTING, "network") in desk.details())

        async def hello(_reader, writer):
            writer.write(b"SSH-2.0 hello\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(hello, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Desk(f"ws://127.0.0.1:{port}/x") as desk:
            await until(lambda: (LinkState.RECONNECTING, "no_gateway") in desk.details())

    run(main())


# --- TLS ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path):
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    return ca


def secured(authority, name="127.0.0.1", **options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **options).configure_cert(context)
    return context


def test_an_added_authority_is_trusted(run, until, authority, tmp_path):
    async def main():
        async with (
            ToyGateway(context=secured(authority)) as gateway,
            Desk(gateway.address, ca_file=str(tmp_path / "ca.pem")) as desk,
        ):
            await until(desk.is_connected)
            assert gateway.keys == [KEY]

    run(main())


@pytest.mark.parametrize("fault", ["unknown", "host", "expired", "not_yet"])
def test_a_bad_certificate_is_final_and_named(run, until, authority, tmp_path, fault):
    past, future = dt.datetime(2001, 1, 1, tzinfo=dt.UTC), dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    context = {
        "unknown": lambda: secured(authority),
        "host": lambda: secured(authority, "gateway.example"),
        "expired": lambda: secured(authority, not_after=past),
        "not_yet": lambda: secured(authority, not_before=future),
    }[fault]()

    async def main():
        async with ToyGateway(context=context) as gateway:
            ca_file = "" if fault == "unknown" else str(tmp_path / "ca.pem")
            async with Desk(gateway.address, ca_file=ca_file) as desk:
                await until(lambda: desk.link.state is LinkState.REFUSED)
                await asyncio.sleep(0.05)
                assert desk.link.detail == f"tls_{fault}"
                assert (gateway.requests, gateway.keys) == (0, [])
                assert len(desk.states) == 2

    run(main())


def test_old_tls_is_refused_and_named(run, until):
    async def main():
        async def too_old(reader, writer):
            await reader.read(1)
            writer.write(bytes.fromhex("15030100020246"))  # the alert of a server that ends at TLS 1.1
            writer.close()

        server = await asyncio.start_server(too_old, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Desk(f"wss://127.0.0.1:{port}/x") as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert desk.link.detail == "tls"

    run(main())


def test_verification_is_never_off():
    context = tls("wss://gateway.example/x")
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert tls("ws://127.0.0.1:1/x") is None


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_unreadable_authority_is_named(run, until, tmp_path, content):
    file = tmp_path / "other.pem"
    if content is not None:
        file.write_text(content)

    async def main():
        async with Desk("wss://127.0.0.1:1/x", ca_file=str(file)) as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert desk.link.detail == "ca_file"
            assert desk.keys_asked == 0

    run(main())


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["wss://borderconnect.com/api/sockets/x", "ws://127.0.0.1:8000/x", "ws://[::1]:8000/x"]
)
def test_good_addresses(address):
    assert checked(address) == address


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("ws://borderconnect.com/x", "address_plain"),
        ("ws://localhost:8000/x", "address_plain"),
        ("ws://127.0.0.2:8000/x", "address_plain"),
        ("ws://127.0.0.1.example/x", "address_plain"),
        ("https://borderconnect.com/x", "address"),
        ("borderconnect.com", "address"),
        ("wss://", "address"),
        ("wss://user:word@borderconnect.com/x", "address"),
        ("wss://borderconnect.com/x#part", "address"),
        ("wss://borderconnect.com:port/x", "address"),
        ("wss://[::1/x", "address"),
        ("", "address"),
    ],
)
def test_addresses_that_are_refused_before_connecting(run, until, address, detail):
    with pytest.raises(LinkError) as caught:
        checked(address)
    assert caught.value.detail == detail

    async def main():
        async with Desk(address) as desk:
            await until(lambda: desk.link.state is LinkState.REFUSED)
            assert (desk.link.detail, desk.keys_asked) == (detail, 0)

    run(main())


def test_loopback_uses_no_proxy(run, until, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address, proxy="http://127.0.0.1:9") as desk:
            await until(desk.is_connected)

    run(main())


def test_elsewhere_the_users_proxy_is_used(run, until):
    asked = []

    async def main():
        async def refuse(reader, writer):
            asked.append(await reader.readline())
            writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Desk("wss://gateway.example/x", proxy=f"http://127.0.0.1:{port}") as desk:
            await until(lambda: (LinkState.RECONNECTING, "proxy") in desk.details())

    run(main())
    assert asked[0].startswith(b"CONNECT gateway.example:443")


# --- sending --------------------------------------------------------------------------------------------------------


def test_send_while_closed_is_proved_not_written(run):
    async def main():
        desk = Desk("ws://127.0.0.1:1/x")
        with pytest.raises(NotWritten) as caught:
            await desk.link.send(b"{}")
        assert texts.has("link.error.not_written.text")
        assert caught.value.code == "link.not_written"

    run(main())


def test_send_before_the_key_is_answered_is_proved_not_written(run, until):
    async def main():
        async with ToyGateway() as gateway:
            gateway.answers_key = False
            async with Desk(gateway.address) as desk:
                await until(lambda: gateway.keys)
                with pytest.raises(NotWritten):
                    await desk.link.send(b"{}")

    run(main())


def test_a_message_wanted_out_too_early_does_not_hide_the_missing_answer(run, until):
    async def main():
        async with ToyGateway() as gateway:
            gateway.answers_key = False
            async with Desk(gateway.address, key_answer_limit_s=0.2) as desk:
                await until(lambda: gateway.keys)
                for _ in range(40):
                    with pytest.raises(NotWritten):
                        await desk.link.send(b"{}")
                    await asyncio.sleep(0.01)
                await until(lambda: (LinkState.RECONNECTING, "no_answer") in desk.details())

    run(main())


def test_a_retry_while_connected_changes_nothing(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            desk.link.retry_now()
            await asyncio.sleep(0.05)
            assert gateway.connections == 1

    run(main())


def test_a_large_message_goes_out_unfragmented(run, until):
    async def main():
        payload = json.dumps({"data": "ACE_TRIP", "x": "y" * 300_000}).encode()
        async with ToyGateway() as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            sent = []
            socket = desk.link._socket
            write = socket.protocol.send_text
            socket.protocol.send_text = lambda data, fin=True: (sent.append((len(data), fin)), write(data, fin))
            await desk.link.send(payload)
            await until(lambda: gateway.received)
            assert sent == [(len(payload), True)]
            assert gateway.received[0] == payload.decode()
            assert socket.protocol.extensions == []

    run(main())


def test_a_link_lost_while_writing_is_no_proof(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            desk.link._socket.transport.abort()
            await desk.link.send(b"{}")

    run(main())


# --- receiving ------------------------------------------------------------------------------------------------------


def test_frames_are_handed_over_in_order_each_awaited_before_the_next(run, until):
    async def main():
        async def talk(socket):
            for number in range(20):
                await socket.send(str(number))

        async with ToyGateway(talk) as gateway:
            desk = Desk(gateway.address)
            inside, most, order = 0, 0, []

            async def slow(frame, _at):
                nonlocal inside, most
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                order.append(frame)
                inside -= 1

            desk.store = slow
            async with desk:
                await until(lambda: len(order) == 21)
        assert most == 1
        assert order[1:] == [str(number).encode() for number in range(20)]

    run(main())


def test_a_message_of_16_mib_comes_through(run, until):
    async def main():
        big = "x" * (16 * 1024 * 1024)
        async with ToyGateway(lambda socket: socket.send(big)) as gateway, Desk(gateway.address) as desk:
            await until(lambda: len(desk.frames) == 2)
            assert len(desk.frames[1]) == len(big)
            assert desk.is_connected()

    run(main())


def test_a_connection_that_held_starts_the_pauses_over(run, until):
    async def main():
        clock = ManualClock()
        began = []

        def make_pauses():
            began.append(clock.monotonic())
            return repeat(0.01)

        async with ToyGateway() as gateway, Desk(gateway.address, make_pauses=make_pauses, clock=clock) as desk:
            for seconds in (29, 31):
                await until(desk.is_connected)
                clock.advance(seconds)
                desk.link._socket.transport.abort()
                await until(lambda: not desk.is_connected())
            await until(desk.is_connected)
        assert len(began) == 2

    run(main())


def test_a_frozen_peer_is_hung_up_on(run, until):
    async def main():
        frozen = asyncio.Event()

        async def silent(reader, writer):
            request = await reader.readuntil(b"\r\n\r\n")
            key = next(line for line in request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
            accept = base64.b64encode(
                hashlib.sha1(key.split(b":")[1].strip() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
            )
            writer.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
            )
            await frozen.wait()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Desk(f"ws://127.0.0.1:{port}/x", key_answer_limit_s=0.1) as desk:
            await until(lambda: (LinkState.RECONNECTING, "no_answer") in desk.details())
            frozen.set()

    run(main())


def test_a_burst_does_not_starve_the_loop(run, until):
    async def main():
        async def talk(socket):
            for number in range(6000):
                await socket.send(json.dumps({"data": "RNS_SHIPMENT", "cargoControlNumber": str(number)}))

        async with ToyGateway(talk) as gateway:
            desk = Desk(gateway.address)
            beats = 0

            async def heart():
                nonlocal beats
                while len(desk.frames) < 6001:
                    beats += 1
                    await asyncio.sleep(0.002)

            async with desk:
                await heart()
            numbers = [json.loads(frame)["cargoControlNumber"] for frame in desk.frames[1:]]
            assert numbers == [str(number) for number in range(6000)]
            assert beats >= 5

    run(main())


def test_a_frame_that_cannot_be_stored_ends_the_connection_and_is_said(run, until, expected_logs):
    expected_logs("could not be stored: store.disk_full")

    async def main():
        async with ToyGateway() as gateway:
            desk = Desk(gateway.address)
            keep = desk.store

            async def full(_frame, _at):
                desk.store = keep
                raise EnvironmentFailure("store.disk_full")

            desk.store = full
            async with desk:
                await until(desk.is_connected)
                assert (LinkState.RECONNECTING, "not_stored") in desk.details()

    run(main())


# --- its life -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["connected", "reconnecting", "no key", "key source hangs", "storing hangs"])
def test_stop_ends_promptly(run, until, moment):
    async def main():
        async with ToyGateway() as gateway:
            address = "ws://127.0.0.1:1/x" if moment == "reconnecting" else gateway.address
            desk = Desk(address, key=None if moment == "no key" else KEY, make_pauses=lambda: repeat(1000))
            hanging = asyncio.Event()
            if moment == "storing hangs":
                desk.store = lambda _frame, _at: hanging.wait()
            if moment == "key source hangs":
                desk.link._key_source = hanging.wait
            before = SystemClock().monotonic()
            async with desk:
                await until(
                    lambda: {
                        "connected": desk.is_connected(),
                        "reconnecting": desk.link.state is LinkState.RECONNECTING,
                        "no key": desk.link.state is LinkState.KEY_NEEDED,
                        "key source hangs": desk.task is not None,
                        "storing hangs": gateway.keys,
                    }[moment]
                )
            assert SystemClock().monotonic() - before < 4
            assert desk.link.state is LinkState.OFF
            await desk.link.stop()

    run(main())


def test_a_cancelled_link_is_cancelled(run, until):
    async def main():
        async with ToyGateway() as gateway:
            desk = Desk(gateway.address)
            task = asyncio.get_running_loop().create_task(desk.link.run())
            await until(desk.is_connected)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    run(main())


def test_the_library_never_logs_the_key(run, until, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("websockets.client").setLevel(logging.DEBUG)

    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            assert not logging.getLogger("websockets.client").isEnabledFor(logging.DEBUG)

    run(main())
    assert KEY not in "\n".join(record.getMessage() for record in caplog.records if record.name != "websockets.server")


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (TimeoutError(), "timeout"),
        (ssl.SSLEOFError(), "network"),
        (ConnectionResetError(), "network"),
        (OSError(), "network"),
        (ValueError(), "address"),
        (InvalidURI("x", "y"), "address"),
        (LinkError(Trouble.TLS, "ca_file"), "ca_file"),
    ],
)
def test_what_an_opening_error_means(error, detail):
    assert of_opening(error).detail == detail


def test_a_certificate_refused_for_another_reason_is_still_tls():
    error = ssl.SSLCertVerificationError()
    error.verify_code = 24
    assert (of_opening(error).trouble, of_opening(error).detail) == (Trouble.TLS, "tls")


def test_every_detail_has_its_sentence():
    details = [
        "network", "timeout", "closed", "no_answer", "busy", "no_gateway", "proxy", "not_found", "not_stored", "too_big",
        "key_refused", "key_needed", "redirect", "address", "address_plain", "ca_file", "tls", "tls_expired",
        "tls_not_yet", "tls_host", "tls_unknown",
    ]  # fmt: skip
    for detail in details:
        assert texts.has(f"link.{detail}")
        assert all(texts.has(f"link.error.{detail}.{part}") for part in ("title", "text", "remedy"))
