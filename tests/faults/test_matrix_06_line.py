"""Rows 6 to 8 of the fault matrix: clocks that jump, gateways that go and refuse, peers that fall silent."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.chaos import ChaosProxy, Plan, Way, both
from fakes.far_end import WarpClock, far_end, fast, scenario
from fakes.office import Office, connected, state
from fakes.oracle import judge

from desktop.connection import websocket
from desktop.delivery import backoff
from desktop.domain.lifecycle import LinkState, Regime

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

DAY_S = 86_400.0
LATE_ANSWER = {"on": "upload", "times": 1, "do": [{"do": "import"}, {"do": "answer", "after_s": 6}]}


class WallClock(WarpClock):
    """A clock whose hands can be moved without any time passing."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = timedelta()

    def now(self) -> datetime:
        """Return what the wall says."""
        return super().now() + self.moved


@pytest.mark.parametrize("jump_s", [DAY_S, -DAY_S, 8 * 3600.0])
def test_row_06_the_wall_clock_jumps_while_an_answer_is_awaited(run, tmp_path: Path, jump_s: float) -> None:
    """A day ahead, a day back, eight hours of sleep in which no clock of limits ran: no time limit is met, nothing
    goes out a second time, and the state is what it is without the jump."""

    async def main() -> None:
        async with far_end(scenario(LATE_ANSWER)) as far:
            far.clock = clock = WallClock()
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            clock.moved = timedelta(seconds=jump_s)
            office.desk.link.kick()
            assert await office.states(trip) == ["IN_FLIGHT", "READY"]
            await office.until_states(trip, "ACKED", "ACKED")
            await _on_file(office, trip)
            assert len(far.taken) == 2
            await judge(office)

    run(main())


def test_row_06_a_night_in_which_the_clocks_change(run, tmp_path: Path, monkeypatch) -> None:
    """The hour from one to two comes twice in Toronto: what is awaited through it is neither late nor sent again."""
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()

    async def main() -> None:
        async with far_end(scenario(LATE_ANSWER)) as far:
            far.clock = clock = WallClock()
            clock.moved = datetime(2026, 11, 1, 5, 59, 59, tzinfo=UTC) - datetime.now(UTC)
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACI)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            clock.moved += timedelta(seconds=2)
            office.desk.link.kick()
            await office.until_states(trip, "ACKED", "ACKED")
            await _on_file(office, trip)
            assert len(far.taken) == 2
            await judge(office)

    try:
        run(main())
    finally:
        monkeypatch.undo()
        time.tzset()


def test_row_06_asleep_for_eight_hours_with_every_clock_running(run, tmp_path: Path) -> None:
    """Where the clock of limits ran on, the attempt is not sure; the answer that waited settles it, nothing is resent."""

    async def main() -> None:
        async with far_end(scenario(LATE_ANSWER)) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            await office.pass_time(8 * 3600)
            await office.until_states(trip, "ACKED", "ACKED")
            await _on_file(office, trip)
            assert len(far.taken) == 2
            await judge(office)

    run(main())


async def _on_file(office: Office, trip: str) -> None:
    async def is_so() -> bool:
        return (await office.desk.lookups.trip(trip)).row.customs.value in {"on_file", "cleared"}

    await office.until(is_so)


ENDS = [{"do": "close", "code": code} for code in (1000, 1001, 1011, 1012, 1013)] + [{"do": "drop"}]  # that is 1006


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """The pauses the link wanted; it waits a moment each time."""
    wanted: list[float] = []

    def made(random):
        for pause in backoff.pauses(random):
            wanted.append(pause)
            yield 0.01

    monkeypatch.setattr(websocket, "pauses", made)
    return wanted


def _is_gentle(wanted: list[float]) -> bool:
    """At most one try a second, never more than a minute, longer and longer, and not in step with everybody else."""
    steps = [min(60.0, 2.0**index) for index in range(len(wanted))]
    is_bound = all(max(1.0, step / 2) <= pause <= step for pause, step in zip(wanted, steps, strict=True))
    return is_bound and any(pause not in steps for pause in wanted)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: str(end.get("code", 1006)))
def test_row_07_a_gateway_that_closes_is_tried_again_gently(run, tmp_path: Path, end: dict, pauses) -> None:
    async def main() -> None:
        closing = {"on": "connect", "times": 8, "do": [{"do": "answer"}, end]}
        async with far_end(scenario(closing)) as far:
            office = Office(tmp_path, far)
            trip = await _trip_before_the_link(office)
            await office.until_states(trip, "ACKED", "ACKED")
            assert far.service._opened == 9
            assert len(pauses) == 8
            assert _is_gentle(pauses)
            await judge(office)

    run(main())


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_row_07_a_busy_gateway_is_tried_again_gently(run, tmp_path: Path, status: int, pauses) -> None:
    async def main() -> None:
        busy = {"on": "upgrade", "times": 8, "do": [{"do": "respond", "status": status, "retry_after": 0}]}
        async with far_end(scenario(busy)) as far:
            office = Office(tmp_path, far)
            trip = await _trip_before_the_link(office)
            await office.until_states(trip, "ACKED", "ACKED")
            assert _tries(far, status) == 8
            assert far.service._opened == 1
            assert _is_gentle(pauses)
            await judge(office)

    run(main())


@pytest.mark.parametrize("status", [401, 403])
def test_row_07_a_refusal_at_the_door_stops_and_asks(run, tmp_path: Path, status: int, pauses) -> None:
    async def main() -> None:
        refusal = {"on": "upgrade", "times": 1, "do": [{"do": "respond", "status": status}]}
        async with far_end(scenario(refusal)) as far:
            office = Office(tmp_path, far)
            trip = await _trip_before_the_link(office)
            await office.until(lambda: state(office) is LinkState.KEY_REFUSED)
            assert await office.states(trip) == ["READY", "READY"]
            await office.settle()
            assert (_tries(far, status), far.service._opened, far.taken) == (1, 0, [])
            (company,) = await office.desk.companies.all()
            await office.desk.companies.edit(company.id, key=far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


def test_row_07_a_restart_brings_what_waited(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            port = far.service.port
            await far.service.stop()
            trip = await office.trip(Regime.ACI)
            await office.send(trip, None)
            await office.until(lambda: state(office) is LinkState.RECONNECTING)
            await far.service.start(port)
            await office.until_states(trip, "ACKED", "ACKED")
            assert len(far.taken) == 2
            await judge(office)

    run(main())


async def _trip_before_the_link(office: Office) -> str:
    await office.open(link=False)
    trip = await office.trip(Regime.ACE)
    await office.send(trip, None)
    await office.desk.start_link()
    return trip


def _tries(far, status: int) -> int:
    return sum(line.what == "no_upgrade" and line.values["status"] == status for line in far.service.log)


HOLE = Way(fault="hole")
SILENT = {"both ways": both(HOLE), "out": Plan(out=HOLE), "back": Plan(back=HOLE)}


def test_row_08_a_dead_line_is_noticed_within_30_seconds_by_its_own_limits() -> None:
    """A ping at the latest after one pause, its answer within the other, and the closing handshake given up."""
    assert websocket._PING_S + websocket._PING_S + websocket._STOP_S <= 30.0


@pytest.mark.parametrize("way", [*SILENT, "stopped", "peer"])
def test_row_08_a_half_open_line_is_noticed_and_leaves_doubt(run, tmp_path: Path, way: str, monkeypatch) -> None:
    """Dropped both ways or one, a line that stands still, a peer that reads no more."""
    monkeypatch.setattr(websocket, "_PING_S", 0.1)
    monkeypatch.setattr(websocket, "_CLOSE_S", 0.2)

    async def main() -> None:
        steps = [{"on": "upload", "times": 1, "do": [{"do": "freeze"}]}] if way == "peer" else []
        async with far_end(scenario(*steps)) as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            await office.settle()
            (ours,) = office.desk.link._lines.values()
            send = ours.courier._socket.send

            async def into_silence(payload: bytes) -> None:
                ours.courier._socket.send = send
                if way == "stopped":
                    line.freeze()
                elif way in SILENT:
                    line.arm(SILENT[way])
                await send(payload)

            ours.courier._socket.send = into_silence
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until_states(trip, "UNCERTAIN", "READY")
            assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sure"
            assert line.counts["freeze" if way == "stopped" else "hole"] >= (way != "peer")
            line.thaw()
            await connected(office)
            if way in {"back", "stopped"}:  # it had arrived: the answer waited for the next connection
                await office.until(lambda: len(far.taken) >= 1)
            await judge(office, may_lose_frames=True)

    run(main())
