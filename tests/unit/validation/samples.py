"""Reads the rule tables: sound base trips, small patches, facts written as JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from desktop.domain.arrival import Answers
from desktop.domain.documents import put, remove
from desktop.validation import CompanyFacts, Facts, HistoryFacts, LibraryFacts, UsedNumber

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
TABLES = ("common", "ace", "crew", "aci", "copy")


@cache
def _text(name):
    return (GOLDEN / name).read_text(encoding="utf-8")


def base(regime):
    """A new copy of the sound trip of a regime."""
    return json.loads(_text(f"rules/base-{regime}.json"))


def message(name):
    """A new copy of one of the API page's examples."""
    return json.loads(_text(f"messages/{name}.json"))


def moment(text):
    return datetime.fromisoformat(text)


def used(numbers):
    return {
        number: UsedNumber(number, datetime.fromisoformat(day).replace(tzinfo=UTC), trip)
        for number, (day, trip) in numbers.items()
    }


def facts(given=None):
    """Everything known, on 24 November 2026 at noon UTC; `given` changes parts of it."""
    given = given or {}
    now = given.get("now", "2026-11-24T12:00:00Z")
    company = given.get("company", {"scacs": ["AAAA"], "carrier_codes": ["1234"]})
    busy = given.get("busy", {})
    return Facts(
        now=None if now is None else moment(now),
        company=company
        and CompanyFacts(tuple(company["scacs"]), tuple(company["carrier_codes"]), company.get("is_practice", False)),
        history=HistoryFacts(
            used(given.get("trip_numbers", {})),
            used(given.get("control_numbers", {})),
            {key: tuple((trip, moment(eta)) for trip, eta in found) for key, found in busy.items()},
        ),
        library=LibraryFacts(
            {
                key: tuple((what, date.fromisoformat(day)) for what, day in found)
                for key, found in given.get("expiries", {}).items()
            }
        ),
        is_empty_trip=given.get("is_empty_trip", False),
        overrides=frozenset(given.get("overrides", ())),
        nature=given.get("nature", ""),
        arrival=answers(given),
        to_confirm=tuple(given.get("to_confirm", ())),
    )


def answers(given):
    """What the user answered about the port's clock."""
    return Answers(
        zone=given.get("zone", ""), doubled_eta=given.get("doubled_eta", ""), is_later=given.get("is_later", False)
    )


def patched(case):
    """The base trip of a case with its patches: members taken out first, then set."""
    document = base(case["base"])
    for path in case.get("remove", ()):
        document = remove(document, path)
    for path, value in case.get("set", {}).items():
        document = put(document, path, value)
    return document


def cases() -> Iterator[tuple[str, dict]]:
    """Every case of every table, with its rule."""
    for table in TABLES:
        for rule in json.loads(_text(f"rules/{table}.json")):
            for case in rule["cases"]:
                yield rule["rule"], case
