"""Several carriers in one folder: on addresses of their own or on one, each gets its own answers and nobody else's."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest
from fakes.far_end import FarEnd, fast, scenario
from fakes.office import Office
from fakes.oracle import judge

from desktop.domain.lifecycle import LinkState, Regime
from desktop.errors import EnvironmentFailure
from desktop.practice.scenario import Scenario

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

KEYS = ("c-practice-one", "c-practice-two")


async def provider(*steps: dict, **personality: object) -> FarEnd:
    """A gateway whose key is a service provider's, for two carriers."""
    far = FarEnd(scenario(*steps, key_type="provider", **personality), company_keys=KEYS)
    await far.start()
    return far


async def both(office: Office) -> tuple[str, str]:
    """The first carrier's id and a second one's, on the same address."""
    (first,) = await office.desk.store.companies.all()
    return first.id, await office.add_company("Second Sample Carrier", company_key=KEYS[1])


async def delivered(office: Office, *trips: str) -> None:
    for trip in trips:
        await office.until_states(trip, "ACKED", "ACKED")

        async def is_on_file(trip: str = trip) -> bool:
            return (await office.desk.lookups.trip(trip)).row.customs.value in {"on_file", "cleared"}

        await office.until(is_on_file)


def test_a_second_carrier_on_the_same_address_is_served_at_once(run, tmp_path: Path) -> None:
    """Added while the first is connected: one socket, both deliver, even trips that bear the same number."""

    async def main() -> None:
        far = await provider()
        office = Office(tmp_path, far)
        await office.open()
        await office.until(lambda: far.service.is_heard)
        one, two = await both(office)
        trips = [await office.trip(regime, company=company) for regime in Regime for company in (one, two)]
        await asyncio.gather(*(office.send(trip, None) for trip in trips))
        for trip in trips:
            await office.until_states(trip, "ACKED", "ACKED")
        assert office.desk.link.status_of(two).state is LinkState.CONNECTED
        assert len(far.service._connections) == 1
        assert {text.split('"companyKey":"')[1].split('"')[0] for text in far.taken} == set(KEYS)
        await office.settle()
        assert set(far.service.ledger.imports.values()) == {2}  # the book counts numbers: once for each carrier
        far.service.ledger.imports.clear()
        await judge(office)
        await far.service.stop()

    run(main())


def test_refusals_without_our_id_find_the_right_carrier(run, tmp_path: Path) -> None:
    """Two carriers, the same trip number, refusals that quote nothing: the company key tells them apart."""

    async def main() -> None:
        far = await provider(
            {"on": "upload", "times": 1, "do": [{"do": "refuse", "note": "Practice refusal"}]}, error_send_id="none"
        )
        office = Office(tmp_path, far)
        await office.open()
        one, two = await both(office)
        first = await office.trip(Regime.ACE, company=one)
        second = await office.trip(Regime.ACE, company=two)
        assert (await office.send(first, 5)).outcome == "refused"
        assert (await office.send(second, 5)).outcome == "delivered"
        assert await office.states(first) == ["REJECTED", "CANCELLED"]
        await judge(office)
        await far.service.stop()

    run(main())


def test_two_addresses_are_two_lines_and_one_may_fail_alone(run, tmp_path: Path) -> None:
    async def main() -> None:
        far, other = FarEnd(), FarEnd()
        await far.start()
        await other.start()
        office = Office(tmp_path, far)
        await office.open()
        (one,) = await office.desk.store.companies.all()
        two = await office.add_company("Second Sample Carrier", address=other.service.address)
        first = await office.trip(Regime.ACE, company=one.id)
        second = await office.trip(Regime.ACI, company=two)
        await office.until(lambda: office.desk.link.status_of(two).state is LinkState.CONNECTED)
        await other.service.stop()
        assert (await office.send(second, 0.2)).outcome == "no_connection"
        assert (await office.send(first, 5)).outcome == "delivered"
        assert office.desk.link.status.state is not LinkState.CONNECTED  # the bar shows the one that needs attention
        await other.service.start(other.service.port)
        await delivered(office, second)
        assert len(far.taken) == len(other.taken) == 2
        await office.settle()
        far.given += other.given  # one book for the oracle
        far.taken += other.taken
        far.stored |= other.stored
        far.service.ledger.imports |= other.service.ledger.imports
        far.service.ledger.filed |= other.service.ledger.filed
        await judge(office)
        await far.service.stop()
        await other.service.stop()

    run(main())


@pytest.mark.parametrize("is_shared", [True, False])
def test_answers_stored_before_a_death_are_understood_for_each_carrier(run, tmp_path: Path, is_shared: bool) -> None:
    """Each line understands its own; another's courier would know nothing of the message answered."""

    async def main() -> None:
        far = await provider() if is_shared else FarEnd()
        other = far if is_shared else FarEnd()
        if not is_shared:
            await far.start()
            await other.start()
        office = Office(tmp_path / "first", far)
        await office.open()
        (one,) = await office.desk.store.companies.all()
        two = await office.add_company("A Second Carrier", address=other.service.address, company_key=KEYS[1])
        await office.until(lambda: office.desk.link.status_of(two).state is LinkState.CONNECTED)
        await office.until(lambda: office.desk.link.status_of(one.id).state is LinkState.CONNECTED)
        await office.settle()
        trips = [await office.trip(Regime.ACE, company=one.id), await office.trip(Regime.ACI, company=two)]
        stored, gone = 0, asyncio.Event()
        append = office.desk.store.frames.append

        async def stored_and_no_more(batch):
            nonlocal stored
            await append(batch)
            stored += 1
            await gone.wait()

        office.desk.store.frames.append = stored_and_no_more
        for trip in trips:
            await office.send(trip, None, hold=True)
        await office.until(lambda: stored == (1 if is_shared else 2))
        after = await office.left_by_a_kill(tmp_path / "second")
        gone.set()
        await after.open(link=False)
        assert "UNCERTAIN" in await after.states(trips[0])
        await after.desk.start_link()
        for trip in trips:
            await after.until_states(trip, "ACKED")
        await after.settle()
        assert await after.desk.store.frames.not_understood() == []
        await after.close()
        await far.service.stop()
        await other.service.stop()

    run(main())


def test_answers_of_a_carrier_that_was_removed_are_still_understood(run, tmp_path: Path) -> None:
    async def main() -> None:
        far = FarEnd()
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        trip = await office.trip(Regime.ACE)
        await office.send(trip, 5, hold=True)
        (company,) = await office.desk.store.companies.all()
        row = (await office.rows(trip))[0]
        await office.desk.link.stop()
        await _unanswer(office, row.id)
        await office.desk.companies.remove(company.id)
        assert await office.states(trip) == ["UNCERTAIN"]
        await office.close()
        await office.open(link=False)
        await office.desk.start_link()
        assert await office.states(trip) == ["ACKED"]
        await office.close()
        await far.service.stop()

    run(main())


async def _unanswer(office: Office, row: str) -> None:
    """The last answer was stored, and the program died before it was understood."""

    def work(db) -> None:
        db.execute("DELETE FROM inbox_frames WHERE inbox IS NOT NULL")
        db.execute("DELETE FROM inbox")
        db.execute("UPDATE outbox SET state = 'UNCERTAIN' WHERE id = ?", (row,))

    await office.desk.store.outbox._writer.write(work)


def test_a_carriers_test_with_a_new_key_leaves_the_others_answers_to_them(run, tmp_path: Path, monkeypatch) -> None:
    """What waited for the key comes over the very connection that is only a test."""
    monkeypatch.setattr("desktop.connection.websocket.pauses", lambda _: itertools.repeat(60.0))

    async def main() -> None:
        steps = [{"do": "import"}, {"do": "drop"}, {"do": "answer"}]
        far = await provider({"on": "upload", "do": steps})
        office = Office(tmp_path, far)
        await office.open()
        one, two = await both(office)
        trip = await office.trip(Regime.ACE, company=two)
        await office.send(trip, None, hold=True)
        await office.until_states(trip, "UNCERTAIN")
        assert far.service.waiting == 1
        status = await office.desk.companies.test(one, far.service.api_key)
        assert status.state is LinkState.CONNECTED
        await office.until_states(trip, "ACKED")
        await office.until(lambda: office.desk.link.status_of(two).state is LinkState.CONNECTED)
        assert len(far.service._connections) == 1
        await judge(office)
        await far.service.stop()

    run(main())


def test_a_carrier_edited_while_connected_has_one_connection(run, tmp_path: Path) -> None:
    async def main() -> None:
        far = FarEnd()
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        (company,) = await office.desk.companies.all()
        for number in range(3):
            await office.desk.companies.edit(company.id, phone=f"519-555-010{number}")
        await asyncio.gather(*(office.desk.link.restart(company.id) for _ in range(4)))
        await office.until(lambda: office.desk.link.status.state is LinkState.CONNECTED)
        await office.settle()
        assert len(far.service._connections) == 1
        trip = await office.trip(Regime.ACE)
        await office.send(trip, 5)
        await asyncio.gather(office.desk.link.restart(company.id), office.desk.link.stop())
        assert office.desk.link.status.state is LinkState.OFF  # nobody connects behind a stop
        await office.settle()
        assert not far.service._connections
        await judge(office)
        await far.service.stop()

    run(main())


def test_what_could_not_be_understood_is_made_good_soon(run, tmp_path: Path, expected_logs) -> None:
    """The disk is full just after an answer was stored: it is not lost, and needs no new start of the program."""
    expected_logs("stored messages not understood")

    async def main() -> None:
        far = FarEnd()
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        await office.until(lambda: far.service.is_heard)
        await office.settle()
        trip = await office.trip(Regime.ACE)
        move, times = office.desk.store.outbox.move, 0

        async def full(*moves):
            nonlocal times
            if moves[0].cause == "taken" and times == 0:
                times += 1
                raise EnvironmentFailure("store.full")
            return await move(*moves)

        office.desk.store.outbox.move = full
        await office.send(trip, None)
        await delivered(office, trip)
        await judge(office)
        await far.service.stop()

    run(main())


PERSONALITIES = [
    {"error_send_id": "none"},
    {"send_id": "none"},
    {"redeliver": "no"},
    {"two_sockets": "steal"},
    {"two_sockets": "share"},
    {"two_sockets": "newest"},
    {"unknown_update": "create"},
    {"unknown_update": "fail"},
    {"upload_answer": "queued_first"},
    {"send_request_ack": "none"},
    {"send_request_ack": "QUEUED"},
    {"missing_operation": "refuse"},
    {"deleted_numbers": "used"},
    {"bad_shipment": "leave_out"},
    {"unknown_fields": "refuse"},
    {"null_values": "refuse"},
    {"fragmented": "accept"},
    {"key_type": "provider", "rns_company_key": "yes"},
    {"key_type": "provider", "error_send_id": "none", "send_request_ack": "none"},
    {"idle_close_s": 0.3},
]


@pytest.mark.parametrize("personality", PERSONALITIES, ids=lambda one: "-".join(f"{a}={b}" for a, b in one.items()))
def test_each_way_the_gateway_may_be_comes_to_the_same(run, tmp_path: Path, personality: dict) -> None:
    """A first filing of a trip each way, and a second desk on the same key that hears what it may."""

    async def main() -> None:
        played: Scenario = scenario(**personality)
        far = FarEnd(played)
        await far.start()
        office, beside = Office(tmp_path / "one", far), Office(tmp_path / "beside", far)
        await office.open()
        is_shared = "two_sockets" in personality
        if is_shared:
            await beside.open()
            await beside.until(lambda: len(far.service._connections) == 2)
        trips = [await office.trip(regime) for regime in Regime]
        await asyncio.gather(*(office.send(trip, None) for trip in trips))
        if is_shared:  # the other desk may have got the answers: then nobody here can know
            await office.settle()
            await office.pass_time(61.0)
            await office.pass_time(16 * 60.0)
            for trip in trips:
                assert set(await office.states(trip)) <= {"ACKED", "UNCERTAIN", "READY"}
            await beside.close()
        else:
            await delivered(office, *trips)
        await judge(office, may_lose_frames=is_shared)
        await far.service.stop()

    run(main())


def test_an_old_key_never_goes_to_a_new_address(run, tmp_path: Path) -> None:
    """Address and key changed in one go: the other host hears the new key only."""

    async def main() -> None:
        far, other = FarEnd(), FarEnd()
        await far.start()
        await other.start()
        office = Office(tmp_path, far)
        await office.open(key="practice-old-key")
        await office.until(lambda: office.desk.link.status.state is LinkState.KEY_REFUSED)
        (company,) = await office.desk.companies.all()
        await office.desk.companies.edit(company.id, address=other.service.address, key=other.service.api_key)
        await office.until(lambda: office.desk.link.status.state is LinkState.CONNECTED)
        assert "key_refused" not in {line.what for line in other.service.log}
        await office.close()
        await far.service.stop()
        await other.service.stop()

    run(main())
