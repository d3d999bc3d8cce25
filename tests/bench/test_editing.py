"""From a keystroke to the verdict on the field, and whole trips checked per second."""

from __future__ import annotations

import copy
import json
import statistics
from typing import Any

import pytest
from bench.measure import in_turns, line, seconds
from fakes.clock import ManualClock
from house.tree import ROOT

from desktop.domain.documents import JSON, put
from desktop.domain.lifecycle import Regime
from desktop.services.edit_session import EditSession
from desktop.tasks import TaskKeeper
from desktop.validation import Checker, check
from desktop.validation.facts import Facts

pytestmark = pytest.mark.bench

KEYSTROKES = 400


def trip(regime: Regime, shipments: int) -> dict[str, Any]:
    """Return the printed example of the gateway's page, with as many shipments as asked for."""
    name = "ace-trip.json" if regime is Regime.ACE else "aci-trip.json"
    document = json.loads((ROOT / "tests" / "golden" / "messages" / name).read_text(encoding="utf-8"))
    number = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
    (first, *_) = document["shipments"]
    document["shipments"] = [
        {**copy.deepcopy(first), number: f"{'AAAA' if regime is Regime.ACE else '1234PARS'}{100_000 + position}"}
        for position in range(shipments)
    ]
    return document


def visit(value: JSON) -> int:
    """Walk every value once: no check can look at less."""
    if isinstance(value, dict):
        return 1 + sum(visit(part) for part in value.values())
    if isinstance(value, list | tuple):
        return 1 + sum(visit(part) for part in value)
    return 1


@pytest.mark.parametrize("regime", list(Regime))
def test_keystroke_to_verdict(show, run, regime: Regime) -> None:
    """Typing a description in the last shipment: the session's whole answer, beside the bare change of the document."""
    now = ManualClock()

    async def measure(shipments: int) -> tuple[list[float], list[float]]:
        async def save(_session: EditSession, _tail: object) -> int:
            return 1

        keeper = TaskKeeper()
        session = EditSession(
            trip_id="01BENCH0000000000000000000",
            regime=regime,
            company="",
            version=1,
            document=trip(regime, shipments),
            local={},
            save=save,
            checker=Checker(),
            facts=lambda _session: Facts(now=now.now()),
            clock=now,
            keeper=keeper,
        )
        pointer = f"/shipments/{shipments - 1}/commodities/0/description"
        typed = iter(range(10_000))
        figures = in_turns(
            {
                "keystroke": lambda: seconds(lambda: session.set(pointer, f"Books {next(typed)}")),
                "floor": lambda: seconds(lambda: put(session.document, pointer, f"Books {next(typed)}")),
            },
            KEYSTROKES,
        )
        await session.close()
        await keeper.stop()
        return figures["keystroke"], figures["floor"]

    for shipments in (1, 200):
        keystroke, floor = run(measure(shipments))
        show(line(f"{regime} keystroke, {shipments} shipments", keystroke))
        show(line(f"{regime} floor: the change alone, {shipments} shipments", floor))


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("shipments", [1, 200])
def test_whole_trips_per_second(show, regime: Regime, shipments: int) -> None:
    """Every check of a trip nobody has seen before, beside one look at each of its values."""
    document = trip(regime, shipments)
    facts = Facts(now=ManualClock().now())
    figures = in_turns(
        {
            "check": lambda: seconds(lambda: check(copy.deepcopy(document), facts)),
            "copy": lambda: seconds(lambda: copy.deepcopy(document)),
            "floor": lambda: seconds(lambda: visit(document)),
        },
        200 if shipments == 1 else 15,
    )
    alone = statistics.median(figures["check"]) - statistics.median(figures["copy"])
    show(line(f"{regime} check, {shipments} shipments, with a copy", figures["check"]))
    show(line(f"{regime} floor: each value once", figures["floor"]))
    show(f"{regime} {shipments} shipments: {1 / alone:,.0f} trips checked per second")
