"""The HTTP way end to end: the desk and the far end agree whatever the twin is like and whatever breaks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fakes.chaos import ChaosProxy, Plan, Way
from fakes.far_end import far_end, fast, scenario
from fakes.office import Office, connected, state
from fakes.oracle import judge

from desktop.domain.lifecycle import LinkState, Regime
from desktop.practice.http_door import HttpDoor

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

PERSONALITIES = [
    {},
    {"http_answer": "response"},
    {"http_answer": "empty"},
    {"http_body": "object"},
    {"http_body": "messages"},
    {"http_body": "empty"},
    {"http_queue": "own"},
    {"upload_answer": "queued_first", "http_answer": "response"},
    {"error_send_id": "none"},
    {"key_type": "provider"},
]


@pytest.mark.parametrize(
    "personality", PERSONALITIES, ids=lambda one: "-".join(f"{a}={b}" for a, b in one.items()) or "-"
)
def test_each_way_the_twin_may_be_comes_to_the_same(run, tmp_path: Path, personality: dict) -> None:
    async def main() -> None:
        async with far_end(scenario(**personality)) as far:
            office = Office(tmp_path, far)
            await office.open(way="http")
            await connected(office)
            trips = [await office.trip(regime) for regime in Regime]
            for trip in trips:
                await office.send(trip, None)
            for trip in trips:
                await office.until_states(trip, "ACKED", "ACKED")
            assert far.service._opened == 0  # never a socket beside it
            assert far.service.http.sent == 4
            await judge(office)

    run(main())


def test_a_wrong_key_is_asked_with_once_and_the_queue_is_kept(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(key="practice-wrong", way="http")
            await office.until(lambda: state(office) is LinkState.KEY_REFUSED)
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 5)).outcome == "no_connection"
            assert far.service.http.requests == ["GET /api/receive/practice"]
            assert set(await office.states(trip)) == {"READY"}
            (company,) = await office.desk.companies.all()
            await office.desk.companies.edit(company.id, key=far.service.api_key)
            await office.until_states(trip, "ACKED", "ACKED")
            await judge(office)

    run(main())


@pytest.mark.parametrize("way", ["socket", "http"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_one_attempt_and_the_queue_is_kept(run, tmp_path: Path, way: str, status: int) -> None:
    async def main() -> None:
        async with far_end() as other:
            elsewhere = f"http://127.0.0.1:{other.service.port}/"
            led = {"on": "upgrade", "do": [{"do": "respond", "status": status, "location": elsewhere}]}
            async with far_end(scenario(led)) as far:
                office = Office(tmp_path, far)
                await office.open(way=way)
                await office.until(lambda: state(office) is LinkState.REFUSED)
                trip = await office.trip(Regime.ACI)
                await office.send(trip, 0.2)
                assert office.desk.link.status.detail == "redirect"
                assert [line.what for line in far.service.log].count("no_upgrade") == 1
                assert other.service.http.requests == []
                assert other.service._opened == 0
                assert set(await office.states(trip)) == {"READY"}
                far.play("accept")
                office.desk.link.retry_now()
                await office.until_states(trip, "ACKED", "ACKED")
                await judge(office)

    run(main())


@pytest.mark.parametrize("back", [False, True], ids=["before the message is whole", "before its answer"])
@pytest.mark.parametrize("fault", ["cut", "reset"])
def test_a_message_cut_off_is_in_doubt_and_a_late_answer_ends_that(
    run, tmp_path: Path, fault: str, back: bool, monkeypatch
) -> None:
    """Never sent twice: where it arrived its answer is collected later, where not the doubt stays."""

    async def main() -> None:
        taken, begun = HttpDoor._sent, asyncio.Event()

        async def noticed(self: HttpDoor, *values):
            begun.set()
            return await taken(self, *values)

        monkeypatch.setattr(HttpDoor, "_sent", noticed)
        async with far_end() as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address, way="http")
            await connected(office)
            (ours,) = office.desk.link._lines.values()
            send = ours.socket.send

            async def over_a_bad_line(payload: bytes) -> None:
                ours.courier._socket.send = send
                spoilt = Way(fault=fault, after=0 if back else 600)
                line.use(Plan(back=spoilt) if back else Plan(out=spoilt))
                await send(payload)
                line.use(Plan())

            ours.courier._socket.send = over_a_bad_line
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None, hold=True)
            await office.until_states(trip, "ACKED" if back else "UNCERTAIN")
            assert line.counts[fault] == 1
            assert begun.is_set() is back
            assert far.service.http.sent == int(back)
            await judge(office, may_lose_frames=back)  # the word that it came was lost on the way

    run(main())


def test_what_is_not_written_waits_without_doubt(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(way="http")
            await connected(office)
            (ours,) = office.desk.link._lines.values()
            send, port = ours.socket.send, far.service.port

            async def to_nobody(payload: bytes) -> None:
                ours.courier._socket.send = send
                await far.service.stop()
                await send(payload)

            ours.courier._socket.send = to_nobody
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: state(office) is LinkState.RECONNECTING)
            await office.until_states(trip, "READY", "READY")
            assert [row.attempts for row in await office.rows(trip)] == [0, 0]
            await far.service.start(port)
            await office.until_states(trip, "ACKED", "ACKED")
            assert [line.what for line in await office.desk.store.link_log.newest()][:3] == ["up", "down", "up"]
            await judge(office)

    run(main())


def test_a_refusal_of_the_upload_is_no_doubt(run, tmp_path: Path, monkeypatch) -> None:
    """`FAILED_TO_IMPORT_DATA` carries no type and no number, and is the answer to the one message on the line."""
    refusal = b'{"status":"FAILURE","errorCode":"FAILED_TO_IMPORT_DATA"}'

    async def sent(_self: HttpDoor, _body: bytes, _caller: object) -> tuple[int, dict[str, str], bytes]:
        return 400, {}, refusal

    async def main() -> None:
        monkeypatch.setattr(HttpDoor, "_sent", sent)
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open(way="http")
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until_states(trip, "REJECTED", "CANCELLED")
            await office.close()

    run(main())


def test_changing_the_way_leaves_one_connection_of_the_new_kind(run, tmp_path: Path) -> None:
    """Never both at once for one key."""

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            (company,) = await office.desk.companies.all()
            assert far.service.is_heard
            await office.desk.companies.edit(company.id, way="http")
            assert not far.service.is_heard
            await connected(office)
            assert office.desk.link.status.way == "http"
            asked = len(far.service.http.requests)
            await office.desk.companies.edit(company.id, way="socket")
            await connected(office)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until_states(trip, "ACKED", "ACKED")
            assert len(far.service.http.requests) <= asked + 1
            assert far.service.http.sent == 0
            await judge(office)

    run(main())
