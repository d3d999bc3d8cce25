"""The connection fails in every way it can: it comes back gently, says what is so, and nothing is sent twice."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path

import pytest
from fakes.broken_line import BrokenLine
from fakes.far_end import FarEnd, far_end, fast, scenario
from fakes.office import Office, connected, state
from fakes.oracle import judge

from desktop.delivery import backoff
from desktop.domain.lifecycle import LinkState, Regime

__all__ = ["fast"]

_FRAME_HEAD = 8  # bytes before the payload of a masked frame below 64 KiB

pytestmark = pytest.mark.usefixtures("fast")


def test_the_gateway_restarts_and_what_waited_goes_out(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            port = far.service.port
            await far.service.stop()
            await office.until(lambda: state(office) is LinkState.RECONNECTING)
            assert office.desk.link.status.retry_at is not None
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 0.1)).outcome == "no_connection"
            await far.service.start(port)
            await office.until_states(trip, "ACKED", "ACKED")
            lines = await office.desk.store.link_log.newest()
            assert [line.what for line in reversed(lines)] == ["handshake", "up", "down", "handshake", "up"]
            await judge(office)

    run(main())


def test_a_gateway_that_always_closes_is_not_stormed(run, tmp_path: Path, monkeypatch) -> None:
    """At most one try a second, by the real pauses."""

    async def main() -> None:
        monkeypatch.setattr("desktop.connection.websocket.pauses", backoff.pauses)
        closing = scenario({"on": "connect", "do": [{"do": "answer"}, {"do": "close", "code": 1013}]})
        async with far_end(closing) as far:
            office = Office(tmp_path, far)
            began = time.monotonic()
            await office.open()
            await office.until(lambda: far.service._opened == 3)
            assert time.monotonic() - began >= 2.0
            await office.close()

    run(main())


@pytest.mark.parametrize("code", [1000, 1001, 1008, 1011, 1012, 1013, None])
def test_a_close_in_the_middle_leaves_doubt_until_the_answer_comes(run, tmp_path: Path, code: int | None) -> None:
    end = {"do": "drop"} if code is None else {"do": "close", "code": code}

    async def main() -> None:
        steps = [{"do": "import"}, end, {"do": "answer", "after_s": 4}]
        async with far_end(scenario({"on": "upload", "times": 1, "do": steps})) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACI)
            await office.send(trip, None)
            await office.until_states(trip, "UNCERTAIN", "READY")
            assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sure"
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


def test_a_frozen_line_is_noticed_and_leaves_doubt(run, tmp_path: Path, monkeypatch) -> None:
    async def main() -> None:
        monkeypatch.setattr("desktop.connection.websocket._PING_S", 0.1)
        monkeypatch.setattr("desktop.connection.websocket._CLOSE_S", 0.2)
        async with far_end("silent") as far, BrokenLine(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: bool(far.taken))
            line.is_frozen = True
            await office.until_states(trip, "UNCERTAIN", "READY")
            assert state(office) is not LinkState.CONNECTED
            line.is_frozen = False
            line.pull()
            await connected(office)
            assert len(far.taken) == 1
            await judge(office)

    run(main())


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_a_line_cut_inside_the_upload_leaves_doubt(run, tmp_path: Path, share: float) -> None:
    """However few bytes got through: once the socket had them, nobody can say."""

    async def main() -> None:
        async with far_end() as far, BrokenLine(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            await office.settle()
            (ours,) = office.desk.link._lines.values()
            send = ours.courier._socket.send

            async def cut(payload: bytes) -> None:
                ours.courier._socket.send = send
                line.let_through = int(share * (len(payload) + _FRAME_HEAD))
                await send(payload)

            ours.courier._socket.send = cut
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: line.cuts == 1)
            await connected(office)
            await office.settle()
            if share < 1:
                assert await office.states(trip) == ["UNCERTAIN", "READY"]
                assert far.taken == []
            await judge(office, may_lose_frames=True)

    run(main())


def test_three_frames_above_the_limit_stop_the_link_and_it_says_so(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end("garbage-too-big") as far:
            office = Office(tmp_path, far)
            await office.open()
            await office.until(lambda: state(office) is LinkState.REFUSED, 20)
            assert office.desk.link.status.detail == "too_big"
            assert far.service._opened == 3
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 5)).outcome == "no_connection"
            far.play("accept")
            office.desk.link.retry_now()
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office, may_lose_frames=True)

    run(main())


@pytest.mark.parametrize("count", [300, pytest.param(3000, marks=[pytest.mark.soak, pytest.mark.timeout(900)])])
def test_a_burst_while_sending(run, tmp_path: Path, count: int) -> None:
    """So many messages come in between an upload and its answer: all are kept, and the answer is found."""
    notice = {"data": "ACI_NOTICE", "dateTime": "{now}", "type": "MATCHED", "cargoControlNumber": "9SMPPARS77"}
    burst = [{"do": "send", "message": {**notice, "n": index}, "repeat": 100} for index in range(count // 100)]
    steps = [{"do": "import"}, *burst, {"do": "answer"}]
    far = FarEnd(scenario({"on": "upload", "times": 1, "do": steps}))
    office = Office(tmp_path, far)

    async def begin() -> str:
        await far.start()
        await office.open()
        trip = await office.trip(Regime.ACE)
        await office.send(trip, None)
        return trip

    async def is_done() -> bool:
        with contextlib.suppress(AssertionError):
            await office.until_states(trip, "ACKED", "ACKED")
            return True
        return False

    async def end() -> None:
        assert await office.desk.store.frames.count() > count
        await judge(office)
        await far.service.stop()

    with asyncio.Runner() as runner:  # `run` allows half a minute; a slow disk takes longer for thousands
        trip = runner.run(begin())
        assert any(runner.run(is_done()) for _ in range(1 + count // 100))
        runner.run(end())


def test_a_key_that_is_missing_is_asked_for_and_used(run, tmp_path: Path, expected_logs) -> None:
    expected_logs("key not read")

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(key=None)
            await office.until(lambda: state(office) is LinkState.KEY_NEEDED)
            assert far.service._opened == 0
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 5)).outcome == "no_connection"
            (company,) = await office.desk.companies.all()
            await office.desk.companies.give_key(company.id, far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


def test_a_wrong_key_is_tried_once_and_a_right_one_goes_on(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(key="practice-wrong")
            await office.until(lambda: state(office) is LinkState.KEY_REFUSED)
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 5)).outcome == "no_connection"
            assert far.service._opened == 1
            (company,) = await office.desk.companies.all()
            await office.desk.companies.edit(company.id, key=far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


def test_a_wrong_suffix_is_said_and_tried_on_slowly(run, tmp_path: Path) -> None:
    """Not final: a gateway under repair says the same (reliability 2)."""

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(address=far.service.address + "x")
            await office.until(lambda: office.desk.link.status.detail == "not_found")
            assert state(office) is LinkState.RECONNECTING
            trip = await office.trip(Regime.ACE)
            (company,) = await office.desk.companies.all()
            assert (await office.send(trip, 0.2)).outcome == "no_connection"
            await office.desk.companies.edit(company.id, address=far.service.address)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())
