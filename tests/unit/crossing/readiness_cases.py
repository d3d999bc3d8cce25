"""Reads the cases a customs broker can read (tests/golden/readiness): what was heard, and what the driver may be told.

Times are UTC on 24 November 2026 unless a date stands before them. A case may leave out what is as usual: an ETA at
14:30, nothing changed, somebody listening without a gap, a clock that can be trusted, no FAST, a loaded trip.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.crossing.fold import Crossing, Heard, fold
from desktop.crossing.gap import Gap
from desktop.crossing.proof import Handed
from desktop.crossing.readiness import Readiness, readiness
from desktop.domain.lifecycle import Delivery, Regime

FOLDER = Path(__file__).parents[2] / "golden" / "readiness"


def cases() -> list[tuple[str, dict]]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        found += [(f"{path.stem}: {case['name']}", case) for case in json.loads(path.read_text("utf-8"))["cases"]]
    return found


def at(clock: str | None) -> datetime | None:
    if clock is None:
        return None
    day, _, hour = clock.rpartition(" ")
    return datetime.fromisoformat(f"{day or '2026-11-24'}T{hour}:00").replace(tzinfo=UTC)


def heard(case: dict) -> list[Heard]:
    return [Heard(f"f{number}", at(one["received_at"]), one["message"]) for number, one in enumerate(case["heard"])]


def folded(case: dict, frames: list[Heard] | None = None) -> Crossing:
    handed = [
        Handed(at(one["at"]), one.get("request", ""), frozenset(one["shipments"]) if "shipments" in one else None)
        for one in case.get("handed_over", ())
    ]
    return fold(
        Regime(case["regime"]),
        heard(case) if frames is None else frames,
        case["shipments"],
        max((one.at for one in handed), default=at(case.get("handed_over_at"))),
        trip=case["trip"],
        handed=handed,
    )


def answer(case: dict, crossing: Crossing | None = None, **changes: object) -> Readiness:
    asked = {
        "eta": at(case.get("eta", "14:30")),
        "port": case.get("port", ""),
        "zone": ZoneInfo(case["zone"]) if "zone" in case else None,
        "is_changed": case.get("is_changed", False),
        "gaps": [Gap(at(since), at(until)) for since, until in case.get("gaps", ())],
        "looked_at": at(case.get("looked_at")),
        "is_listening": case.get("is_listening", True),
        "time_trusted": case.get("is_clock_right", True),
        "is_fast": case.get("is_fast", False),
        "nature": case.get("nature", ""),
        "kinds": case.get("types", {}),
    }
    delivery, now = Delivery(case["delivery"]), at(case["now"])
    return readiness(crossing or folded(case), delivery, now, **{**asked, **changes})
