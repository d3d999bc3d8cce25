"""The connection ends, on purpose or not, at any moment: promptly, and with the truth about what was on the line."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from fakes.broken_line import BrokenLine
from fakes.far_end import far_end, fast
from fakes.office import Office, connected, state
from fakes.oracle import judge
from websockets.asyncio.client import ClientConnection

from desktop.domain.lifecycle import LinkState, Regime
from desktop.errors import Bug

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

STOPS = ["off", "nobody", "opening", "handshake", "connected", "on_the_line", "frozen", "refused", "no_key"]


async def _reach(moment: str, office: Office, line: BrokenLine) -> None:
    if moment in {"connected", "on_the_line", "frozen"}:
        await connected(office)
    elif moment in {"nobody", "refused"}:
        wanted = LinkState.RECONNECTING if moment == "nobody" else LinkState.KEY_REFUSED
        await office.until(lambda: state(office) is wanted)
    elif moment in {"opening", "handshake"}:
        await office.until(lambda: line.opened == 1)


@pytest.mark.parametrize("moment", STOPS)
def test_it_ends_within_three_seconds(run, tmp_path: Path, moment: str, monkeypatch, expected_logs) -> None:
    if moment == "no_key":
        expected_logs("key not read")

    async def main() -> None:
        if moment == "nobody":
            monkeypatch.setattr("desktop.connection.websocket.pauses", lambda _: itertools.repeat(60.0))
        played = {"handshake": "silent-handshake", "on_the_line": "silent", "frozen": "silent"}.get(moment)
        async with far_end(played) as far, BrokenLine(far.service.address) as line:
            office = Office(tmp_path, far)
            if moment == "nobody":
                await far.service.stop()
            line.is_frozen = moment == "opening"
            key = {"refused": "practice-wrong", "no_key": None}.get(moment, far.service.api_key)
            await office.open(address=line.address, link=moment != "off", key=key)
            await _reach(moment, office, line)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            if moment in {"on_the_line", "frozen"}:
                await office.until(lambda: bool(far.taken))
                line.is_frozen = moment == "frozen"
            began = time.monotonic()
            await office.close()
            assert time.monotonic() - began < 3.0
            await office.open(link=False)
            if moment in {"connected", "on_the_line", "frozen"}:
                assert (await office.desk.store.link_log.newest(limit=1))[0].what == "down"  # since when nobody listens
            is_out = moment in {"on_the_line", "frozen"}
            first = (await office.states(trip))[0]
            assert first in (
                {"UNCERTAIN"} if is_out else {"READY", "ACKED", "UNCERTAIN"} if moment == "connected" else {"READY"}
            )
            await office.close()

    run(main())


def test_a_message_claimed_as_the_link_ends_waits_without_doubt(run, tmp_path: Path, monkeypatch) -> None:
    """No byte of it went out, and that is known; a doubt that only a person can end would be made up."""
    monkeypatch.setattr("desktop.connection.websocket.pauses", lambda _: itertools.repeat(60.0))

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            (ours,) = office.desk.link._lines.values()
            send = ours.courier._socket.send

            async def as_it_ends(payload: bytes) -> None:
                ours.courier._socket.send = send
                far.drop_all()
                await office.until(lambda: state(office) is LinkState.RECONNECTING)
                await office.settle()  # the end has been settled, with this message claimed and not written
                await send(payload)

            ours.courier._socket.send = as_it_ends
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: ours.courier._socket.send == send and state(office) is LinkState.RECONNECTING)
            await office.until_states(trip, "READY", "READY")
            assert [row.attempts for row in await office.rows(trip)] == [0, 0]
            assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sent"
            office.desk.link.retry_now()
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


def test_a_message_written_as_the_link_ends_is_in_doubt(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            (ours,) = office.desk.link._lines.values()
            send = ours.courier._socket.send

            async def then_it_ends(payload: bytes) -> None:
                await send(payload)
                far.drop_all()
                await office.until(lambda: state(office) is not LinkState.CONNECTED)
                await connected(office)

            ours.courier._socket.send = then_it_ends
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until_states(trip, "UNCERTAIN", "READY")
            await judge(office)

    run(main())


def test_a_transport_that_is_gone_is_a_closed_connection(run, tmp_path: Path, monkeypatch) -> None:
    """asyncio may fail to abort a transport that has closed with bytes in its buffer; the link lives on."""

    async def main() -> None:
        close, times = ClientConnection.close, 0

        async def fails(self: ClientConnection, *values: object) -> None:
            nonlocal times
            await close(self, *values)
            times += 1
            raise AttributeError("'NoneType' object has no attribute 'call_soon'")

        monkeypatch.setattr(ClientConnection, "close", fails)
        async with far_end("disconnect") as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACI)
            assert (await office.send(trip, 8)).outcome == "delivered"
            assert times
            await judge(office)

    run(main())


def test_what_fails_at_the_last_gate_is_a_bug_and_nothing_is_queued(run, tmp_path: Path, monkeypatch) -> None:
    def fails(_: object) -> None:
        raise Bug("a message that is not ready reached the last gate")

    async def main() -> None:
        monkeypatch.setattr("desktop.protocol.gate.assert_sendable", fails)
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            with pytest.raises(Bug):
                await office.send(trip, 1)
            assert await office.rows(trip) == []
            assert far.taken == []
            await judge(office)

    run(main())
