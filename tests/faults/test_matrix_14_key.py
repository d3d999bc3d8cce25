"""Rows 14 to 17 and 22 of the fault matrix: the handshake, keys that are slow, wrong or gone, and whom one may trust."""

from __future__ import annotations

import asyncio
import socket
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
import trustme
from fakes.chaos import ChaosProxy
from fakes.far_end import FarEnd, far_end, fast, scenario
from fakes.keyring_backend import MemoryKeyring
from fakes.office import Office, connected, state
from fakes.oracle import judge
from fakes.toy_gateway import KEY, ToyGateway

from desktop.assembly import DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.connection.websocket import WebSocketLink
from desktop.domain.lifecycle import LinkState, Regime
from desktop.security.keystore import Keystore
from desktop.security.secret import Secret
from desktop.security.vault import PracticeKeys

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")


@asynccontextmanager
async def _queued(far: FarEnd, folder: Path, **options: Any) -> AsyncIterator[tuple[Office, str]]:
    """An office with a trip that waits for the link, which is just being made."""
    office = Office(folder, far)
    await office.open(link=False, **options)
    trip = await office.trip(Regime.ACE)
    await office.send(trip, None)
    await office.desk.start_link()
    yield office, trip
    await judge(office, may_lose_frames=True)


# --- row 14 -------------------------------------------------------------------------------------------------------


def test_row_14_a_key_that_is_never_answered_is_bounded_and_said(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(WebSocketLink.__init__.__kwdefaults__, "key_answer_limit_s", 0.1)
    assert WebSocketLink.__init__.__kwdefaults__["max_frame_bytes"]  # the defaults are the real ones' names

    async def main() -> None:
        async with far_end("silent-handshake") as far, _queued(far, tmp_path) as (office, trip):
            await office.until(lambda: office.desk.link.status.detail == "no_answer")
            await office.until(lambda: far.service._opened >= 3)
            assert state(office) is not LinkState.CONNECTED
            assert (await office.states(trip), far.taken) == (["READY", "READY"], [])
            far.play("accept")
            await office.until_states(trip, "ACKED", "ACKED")

    run(main())


@pytest.mark.parametrize("code", [1000, 1008])
def test_row_14_a_gateway_that_closes_instead_of_answering_is_said(run, tmp_path: Path, code: int) -> None:
    """As it does ten seconds after a connection that brought no key; 1008 is how it closes on a key it refuses."""

    async def main() -> None:
        closing = scenario({"on": "connect", "times": 3, "do": [{"do": "close", "code": code, "after_s": 1}]})
        async with far_end(closing) as far, _queued(far, tmp_path) as (office, trip):
            await office.until(lambda: office.desk.link.status.detail == ("key_refused" if code == 1008 else "closed"))
            assert (await office.states(trip), far.taken) == (["READY", "READY"], [])
            if code == 1008:
                await office.settle()
                assert (state(office), far.service._opened) == (LinkState.KEY_REFUSED, 1)
                far.play("accept")
                office.desk.link.retry_now()
            await office.until_states(trip, "ACKED", "ACKED")
            assert far.service._opened == (2 if code == 1008 else 4)

    run(main())


def test_row_14_a_key_answered_twice_is_one_connection(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end("double-handshake") as far, _queued(far, tmp_path) as (office, trip):
            await office.until_states(trip, "ACKED", "ACKED")
            assert far.service._opened == 1
            assert len(far.taken) == 2

    run(main())


# --- row 15 -------------------------------------------------------------------------------------------------------


def test_row_15_a_slow_keystore_is_waited_for_before_anybody_connects(run, tmp_path: Path, monkeypatch) -> None:
    """Not one TCP connection while its prompt is open, however long: the ten seconds have not begun."""
    answered, asked = asyncio.Event(), asyncio.Event()
    read = PracticeKeys.key

    async def slow(self: PracticeKeys, company: str) -> Secret | None:
        asked.set()
        await answered.wait()
        return await read(self, company)

    async def main() -> None:
        async with far_end(key_limit_s=0.5) as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(link=False, address=line.address)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            monkeypatch.setattr(PracticeKeys, "key", slow)
            linking = asyncio.get_running_loop().create_task(office.desk.start_link())
            await asked.wait()
            far.clock.advance(60.0)
            office.desk.link.kick()
            await office.settle()
            assert (line.opened, far.service._opened) == (0, 0)
            assert state(office) is not LinkState.CONNECTED
            answered.set()
            await office.until_states(trip, "ACKED", "ACKED")
            assert line.opened == 1
            await linking
            await judge(office)

    run(main())


def test_row_15_without_a_key_nobody_connects(run, tmp_path: Path, expected_logs) -> None:
    expected_logs("key not read")

    async def main() -> None:
        async with far_end() as far, _queued(far, tmp_path, key=None) as (office, trip):
            await office.until(lambda: state(office) is LinkState.KEY_NEEDED)
            assert far.service._opened == 0
            (company,) = await office.desk.companies.all()
            await office.desk.companies.give_key(company.id, far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")

    run(main())


# --- row 16 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["wrong", "revoked", "expired"])
def test_row_16_a_key_that_is_refused_is_tried_once_and_the_queue_is_kept(run, tmp_path: Path, wrong: str) -> None:
    async def main() -> None:
        played = scenario({"on": "connect", "times": 1, "do": [{"do": "deny"}]}) if wrong == "expired" else None
        async with far_end(played) as far:
            office = Office(tmp_path, far)
            await office.open(
                key="practice-wrong" if wrong == "wrong" else far.service.api_key, link=wrong != "expired"
            )
            if wrong == "revoked":
                await connected(office)
                far.service.api_key = "practice-new-key"
                far.drop_all()
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.desk.start_link()
            await office.until(lambda: state(office) is LinkState.KEY_REFUSED)
            tried = far.service._opened
            await office.pass_time(3600.0)
            assert far.service._opened == tried == (2 if wrong == "revoked" else 1)
            assert (await office.states(trip), far.taken) == (["READY", "READY"], [])
            assert office.desk.link.status.detail == "key_refused"
            (company,) = await office.desk.companies.all()
            await office.desk.companies.edit(company.id, key=far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


# --- row 17 -------------------------------------------------------------------------------------------------------


class Lonely:
    """A link by itself, and what it said."""

    def __init__(self, address: str, ca_file: str = "") -> None:
        self.said: list[tuple[LinkState, str]] = []
        self.link = WebSocketLink(
            address=address,
            ca_file=ca_file,
            key_source=self._key,
            on_frames=self._take,
            on_state=lambda state, detail, _: self.said.append((state, detail)),
            clock=SystemClock(),
            make_pauses=lambda: repeat(0.01),
        )

    async def _key(self) -> Secret:
        return Secret(KEY)

    async def _take(self, arrivals: Any) -> None:
        raise AssertionError(arrivals)

    async def refused(self, until) -> str:
        """Run until it stands still; return why. What it said since must be one attempt."""
        task = asyncio.get_running_loop().create_task(self.link.run())
        try:
            await until(lambda: self.link.state is LinkState.REFUSED)
        except TimeoutError:
            raise AssertionError(self.said[:9]) from None
        for _ in range(20):
            await asyncio.sleep(0.005)  # three pauses' time: another try would show
        why = self.link.detail
        await self.link.stop()
        await task
        tries = [state for state, _ in self.said if state is LinkState.CONNECTING]
        assert len(tries) <= 1
        return why


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    """A certificate authority of this test, its certificate in `ca.pem`."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return made


def _context(authority: trustme.CA, fault: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    host = "gateway.example" if fault == "host" else "127.0.0.1"
    until = datetime(2001, 1, 1, tzinfo=UTC) if fault == "expired" else None
    authority.issue_cert(host, not_after=until).configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("fault", "why"), [("unknown", "tls_unknown"), ("host", "tls_host"), ("expired", "tls_expired")]
)
def test_row_17_a_gateway_that_cannot_be_trusted_never_sees_the_key(
    run, until, authority, tmp_path: Path, fault: str, why: str
) -> None:
    """Signed by nobody we know, for another host, expired: one attempt, a named reason."""

    async def main() -> None:
        async with ToyGateway(context=_context(authority, fault)) as gateway:
            link = Lonely(gateway.address, "" if fault == "unknown" else str(tmp_path / "ca.pem"))
            assert await link.refused(until) == why
            assert (gateway.requests, gateway.keys) == (0, [])

    run(main())


def test_row_17_a_gateway_that_ends_at_tls_1_1_never_sees_the_key(run, until, authority, tmp_path: Path) -> None:
    context = _context(authority, "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    heard: list[bytes] = []

    def serve(listening: socket.socket) -> None:  # asyncio's own server would swallow the alert
        with listening, listening.accept()[0] as one:
            try:
                with context.wrap_socket(one, server_side=True) as secured:
                    heard.append(secured.recv(4096))
            except ssl.SSLError as error:
                heard.append(b"" if error.reason == "UNSUPPORTED_PROTOCOL" else repr(error).encode())

    async def main() -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        serving = asyncio.get_running_loop().run_in_executor(None, serve, listening)
        link = Lonely(f"wss://127.0.0.1:{listening.getsockname()[1]}/x", str(tmp_path / "ca.pem"))
        assert await link.refused(until) == "tls"
        await serving

    run(main())
    assert heard == [b""]


@pytest.mark.parametrize("host", ["gateway.example", "localhost", "127.0.0.2", "[::2]", "10.0.0.1"])
def test_row_17_plain_ws_goes_to_the_literal_loopback_alone(run, until, host: str) -> None:
    """Nothing is looked up and nobody is called: the network guard of the tests would say so."""

    async def main() -> None:
        link = Lonely(f"ws://{host}:9/api/sockets/x")
        assert await link.refused(until)
        assert link.said[0][0] is LinkState.REFUSED

    run(main())


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_row_17_a_redirect_to_another_host_is_refused(run, tmp_path: Path, status: int) -> None:
    async def main() -> None:
        async with far_end() as elsewhere:
            respond = {"do": "respond", "status": status, "location": elsewhere.service.address}
            redirecting = scenario({"on": "upgrade", "times": 1, "do": [respond]})
            async with far_end(redirecting) as far, _queued(far, tmp_path) as (office, trip):
                await office.until(lambda: state(office) is LinkState.REFUSED)
                assert office.desk.link.status.detail == "redirect"
                assert (elsewhere.service._opened, far.service._opened) == (0, 0)
                assert [line.what for line in elsewhere.service.log] == ["listening"]
                assert await office.states(trip) == ["READY", "READY"]
                office.desk.link.retry_now()
                await office.until_states(trip, "ACKED", "ACKED")

    run(main())


# --- row 22 -------------------------------------------------------------------------------------------------------

SECRET = "a-0-00000000deadbeef"


@pytest.mark.parametrize("fault", ["missing", "locked", "emptied", "other"])
def test_row_22_without_its_keystore_the_data_open_and_the_key_is_asked_for(
    run, until, tmp_path: Path, fault: str, monkeypatch, expected_logs
) -> None:
    """A key was there; at the next start there is no keystore, or it is locked, empty, or another one."""
    if fault in {"missing", "locked"}:
        expected_logs("key not read")
    backend: list[MemoryKeyring | None] = [MemoryKeyring()]
    monkeypatch.setattr("desktop.services.keys.Keystore", lambda: Keystore(lambda: backend[0]))

    async def main() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path))
        company = await desk.companies.add(
            name="Sample Carrier",
            scacs=["SMPL"],
            carrier_codes=["9SMP"],
            address="wss://127.0.0.1:9/api/sockets/x",
            company_key="",
            key=SECRET,
        )
        await desk.store.trips.add(Regime.ACE, {"data": "ACE_TRIP", "tripNumber": "SMPL0001"}, company=company.id)
        await desk.close()
        assert backend[0] is not None
        assert SECRET in backend[0].secrets.values()
        if fault == "locked":
            backend[0].is_locked = True
        elif fault == "emptied":
            backend[0].secrets.clear()
        else:
            backend[0] = None if fault == "missing" else MemoryKeyring()
        desk = await open_desk(DeskOptions(folder=tmp_path))
        assert [row.number for row in await desk.lookups.trips()] == ["SMPL0001"]
        await desk.start_link()
        await until(lambda: desk.link.status.state is LinkState.KEY_NEEDED)
        await desk.companies.give_key(company.id, SECRET)  # for this run, where it cannot be kept
        await until(lambda: desk.link.status.state is not LinkState.KEY_NEEDED)
        await desk.close()

    run(main())
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), f"the key stands in {path.name}"
