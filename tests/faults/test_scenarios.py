"""Every built-in scenario, for a trip into the USA and one into Canada: what is said, and that it is true.

The tables say what a person reads after Send, and after an hour in which nobody spoke. Whatever else happens, the
oracle holds (`fakes.oracle`), and "go" is said only where the far end has nothing against it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.far_end import FarEnd, fast, scenario
from fakes.office import Office
from fakes.oracle import judge

from desktop import assets
from desktop.domain.lifecycle import Outcome, Regime
from desktop.practice.personality import Personality
from desktop.services.submit import send_errors_to_exit

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

HOUR_S = 3600.0

# outcome of send, its exit, delivery, customs, clearance of the shipments, verdict
ACE = ("delivered", 0, "delivered", "on_file", "none", "wait")
ACI = ("delivered", 0, "delivered", "on_file", "matched", "wait")
REJECTED = ("refused", 1, "delivered", "refused", "none", "stop")
OFFLINE = ("no_connection", 4, "not_sent", "none", "none", "wait")
SILENT = ("not_sure", 3, "sending", "none", "none", "wait")
DOUBT = ("not_sure", 3, "not_sure", "none", "none", "unknown")

TABLE = {
    "accept": (ACE, ACI),
    "access-denied": (OFFLINE, OFFLINE),
    "alert": (ACE, ACI),
    "bad-shipment": (ACE, ACI),
    "clear": (
        ("delivered", 0, "delivered", "cleared", "entry_on_file", "wait"),
        ("delivered", 0, "delivered", "cleared", "set", "wait"),
    ),
    "delay": (ACE, ACI),
    "disconnect": (ACE, ACI),
    "disconnect-at-send": (DOUBT, DOUBT),
    "disconnect-lost": (DOUBT, DOUBT),
    "double-handshake": (ACE, ACI),
    "duplicate": (ACE, ACI),
    "exam": (
        ("delivered", 0, "delivered", "on_file", "exam", "stop"),
        ("delivered", 0, "delivered", "on_file", "exam", "stop"),
    ),
    "garbage": (ACE, ACI),
    "hold": (
        ("delivered", 0, "delivered", "on_file", "hold", "stop"),
        ("delivered", 0, "delivered", "released", "released_cfia", "wait"),
    ),
    "hold-removed": (("delivered", 0, "delivered", "cleared", "released", "wait"), ACI),
    "late": (ACE, ("delivered", 0, "delivered", "on_file", "none", "wait")),
    "lost-answer": (SILENT, SILENT),
    "lost-customs-answer": (
        ("not_sure", 3, "delivered", "transmitted", "none", "wait"),
        ("not_sure", 3, "delivered", "transmitted", "none", "wait"),
    ),
    "lost-upload": (SILENT, SILENT),
    "not-matched": (ACE, ("delivered", 0, "delivered", "on_file", "not_matched", "wait")),
    "provider": (ACE, ACI),
    "queued-only": (SILENT, SILENT),
    "queued-then-imported": (ACE, ACI),
    "reject": (REJECTED, REJECTED),
    **{
        f"reject-ace-{reason}": (REJECTED, ACI)
        for reason in (
            *("003", "005", "009", "017", "021", "032", "033", "401", "402", "manifest-already-on-file"),
            *("no-person-in-charge", "party-ace-id", "returned-to-preliminary", "section-321"),
            *("shipment-already-on-file", "trailer-ace-id", "travel-document"),
        )
    },
    **{
        f"reject-aci-{reason}": (ACE, REJECTED)
        for reason in (
            *("already-used", "duplicate", "invalid-status", "linked-to-another-trip", "port-mismatch"),
            "shipment-not-on-file",
        )
    },
    "reject-aci-cannot-cancel": (ACE, ACI),  # it refuses a cancellation only
    "reject-ace-cannot-cancel": (ACE, ACI),
    "change-refused": (ACE, ACI),
    "cancel-unanswered": (ACE, ACI),
    "release": (
        ("delivered", 0, "delivered", "released", "released", "go"),
        ("delivered", 0, "delivered", "released", "released", "go"),
    ),
    "rns-error": (ACE, ("delivered", 0, "delivered", "on_file", "refused", "stop")),
    "rns-unknown": (ACE, ACI),
    "silent": (SILENT, SILENT),
    "silent-handshake": (OFFLINE, OFFLINE),
    "unknown-codes": (
        ("delivered", 0, "delivered", "on_file", "unknown", "unknown"),
        ("delivered", 0, "delivered", "on_file", "unknown", "unknown"),
    ),
    "upload-refused": (
        ("refused", 1, "refused", "none", "none", "stop"),
        ("refused", 1, "refused", "none", "none", "stop"),
    ),
}
"""What is said once the scenario has played."""

AFTER_AN_HOUR = {
    "lost-answer": ("not_sure", "none", "none", "unknown"),
    "lost-customs-answer": ("delivered", "transmitted", "none", "unknown"),
    "lost-upload": ("not_sure", "none", "none", "unknown"),
    "queued-only": ("not_sure", "none", "none", "unknown"),
    "silent": ("not_sure", "none", "none", "unknown"),
}
"""Delivery, customs, clearance and verdict where time changes them; everything else stands."""

GO_AFTER_AN_HOUR = {
    ("clear", Regime.ACE),
    ("clear", Regime.ACI),
    ("hold-removed", Regime.ACE),
}
"""Where only the hour was missing; what is released at the border does not wait for it."""

RELEASED_BEFORE_ARRIVAL = {("hold", Regime.ACI)}
"""Where a release says nothing for certain while nobody listens, since worse news may follow."""

UNDECIDED = {SILENT, DOUBT, OFFLINE, TABLE["lost-customs-answer"][0]}


def test_the_table_knows_every_scenario() -> None:
    bundled = {path.stem for path in assets.path("practice/scenarios").glob("*.json")}
    assert bundled == set(TABLE) | {"garbage-too-big", "day"}  # the day is played by tests/gui/test_day.py


async def _seen(office: Office, trip: str) -> tuple[str, str, str, str]:
    detail = await office.desk.lookups.trip(trip)
    (clearance,) = {one.clearance.value for one in detail.shipments}
    row = detail.row
    return row.delivery.value, row.customs.value, clearance, row.readiness.verdict.value


async def _play(name: str, regime: Regime, folder: Path) -> None:
    outcome, code, *said = TABLE[name][0 if regime is Regime.ACE else 1]
    far = FarEnd(name)
    await far.start()
    office = Office(folder, far)
    try:
        await office.open()
        trip = await office.trip(regime)
        result = await office.send(trip, 0.4 if TABLE[name][0 if regime is Regime.ACE else 1] in UNDECIDED else 8.0)
        assert (result.outcome.value, send_errors_to_exit(result.outcome)) == (outcome, code)

        async def is_said() -> bool:
            return await _seen(office, trip) == tuple(said)

        try:
            await office.until(is_said, 5.0)
        except TimeoutError:
            assert await _seen(office, trip) == tuple(said)
        await office.settle()
        await office.pass_time(HOUR_S)
        later = AFTER_AN_HOUR.get(name, tuple(said))
        if (name, regime) in GO_AFTER_AN_HOUR:
            later = (*later[:3], "go")
        if (name, regime) in GO_AFTER_AN_HOUR | RELEASED_BEFORE_ARRIVAL:
            await office.desk.listening.beat()  # the hour went by in one leap, as while a computer sleeps:
            await office.desk.watching.looked([trip])  # a person looks what came meanwhile
        assert await _seen(office, trip) == later
        await _send_again(office, trip, result.outcome)
        await judge(office)
    finally:
        await far.service.stop()


async def _send_again(office: Office, trip: str, first: Outcome) -> None:
    """A second Send of an unchanged trip brings nothing out, whatever the first one came to; refusals apart."""
    if first is Outcome.REFUSED:
        return
    before = len(office.far.taken)
    again = await office.send(trip, 0.0)
    await office.settle()
    assert again.outcome in {Outcome.NOT_SURE, Outcome.NOT_READY, Outcome.NO_CONNECTION}
    assert len(office.far.taken) == before


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_scenario_is_told_as_it_is(name: str, run, tmp_path: Path) -> None:
    async def main() -> None:
        await asyncio.gather(*(_play(name, regime, tmp_path / regime) for regime in (Regime.ACE, Regime.ACI)))

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("unknown_update", ["fail", "create"])
def test_a_refused_trip_is_corrected_and_accepted(run, tmp_path: Path, regime: Regime, unknown_update: str) -> None:
    """The gateway holds it already: it goes out again as a change, and customs' old words stand no more."""

    async def main() -> None:
        far = FarEnd("reject" if regime is Regime.ACE else "reject-aci-port-mismatch")
        far.play(replace(far.service._player.director.scenario, personality=Personality(unknown_update=unknown_update)))
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        trip = await office.trip(regime)
        assert (await office.send(trip, 8)).outcome == "refused"
        assert (await office.send(trip, 1)).outcome == "not_ready"  # the very same again would be refused again
        session = await office.desk.editing.open(trip)
        session.set("/truck/number", "T7702")
        await session.flush()
        result = await office.send(trip, 8)
        assert (result.outcome, result.customs, result.errors) == ("delivered", "on_file", ())
        assert [(row.operation, row.state) for row in await office.rows(trip)][2][0] == "UPDATE"
        await session.close()
        await judge(office)
        await far.service.stop()

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize(
    ("played", "outcome", "customs"),
    [("accept", "delivered", "on_file"), ("reject", "refused", "refused"), ("upload-refused", "refused", "none")],
)
def test_a_file_that_files_at_once_waits_for_customs(
    run, tmp_path: Path, regime: Regime, played: str, outcome: str, customs: str
) -> None:
    """`autoSend` true in a file: the gateway's IMPORTED alone is not the end of it."""

    async def main() -> None:
        far = FarEnd(played)
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        (company,) = await office.desk.store.companies.all()
        message = {**office.documents[regime], "operation": "CREATE", "autoSend": True}
        result = await office.desk.submit.send_message(message, company, wait_s=8)
        assert (result.outcome, result.customs) == (outcome, customs)
        assert len(far.taken) == 1
        await judge(office)
        await far.service.stop()

    run(main())


def test_news_of_a_shipment_is_no_answer_to_a_request(run, tmp_path: Path) -> None:
    """An entry comes in while customs has not yet answered the filing: Send goes on waiting, and says so."""

    async def main() -> None:
        news = {"do": "send", "use": "ace_entry"}
        far = FarEnd(scenario({"on": "send_request", "do": [{"do": "answer"}, news]}))
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        trip = await office.trip(Regime.ACE)
        result = await office.send(trip, 1.0)
        assert (result.outcome, result.customs) == ("not_sure", "transmitted")
        await judge(office)
        await far.service.stop()

    run(main())
