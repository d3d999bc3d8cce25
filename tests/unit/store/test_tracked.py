"""The list of control numbers keeps itself: from shipments and messages, in their own transaction, by indexes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from unit.store.conftest import frame, item

from desktop.clock import to_text
from desktop.domain.lifecycle import Regime
from desktop.store import Store, migration
from desktop.store import tracked as module
from desktop.store.column import array

NUMBER = "1234PARS382666"


async def hear(store: Store, company, clock, number: str = NUMBER, *, transaction: str = "", regime=Regime.ACI) -> str:
    clock.advance(1)
    body = {
        "data": "RNS_SHIPMENT",
        "cargoControlNumber": number,
        "transactionNumber": transaction,
        "at": str(clock.now()),
    }
    (stored,) = await store.frames.append([frame(company, clock.now(), json.dumps(body).encode())])
    kept = item(
        *(stored, company, clock.now()),
        digest=str(stored),
        kind="RNS_SHIPMENT",
        regime=regime,
        control_number=number,
        control_numbers=(number,),
    )
    return (await store.inbox.add([kept]))[0].id


async def numbers(store: Store, **more) -> list[str]:
    return [one.number for one in await store.tracked.newest(**more)]


def trip(*shipments: str) -> dict:
    return {"data": "ACI_TRIP", "tripNumber": "1234T1", "shipments": [{"cargoControlNumber": one} for one in shipments]}


def test_a_number_is_kept_once_whatever_its_case_and_moves_up_when_it_is_heard_of(store, company, clock, run) -> None:
    async def main() -> None:
        await hear(store, company, clock)
        await hear(store, company, clock, "1234PARS000001")
        assert await numbers(store) == ["1234PARS000001", NUMBER]
        await hear(store, company, clock, NUMBER.lower(), transaction="17889003009937")
        assert await numbers(store) == [NUMBER, "1234PARS000001"]
        assert await numbers(store, search="9003009") == [NUMBER]
        assert (await store.tracked.newest(limit=1))[0].heard_at == clock.now()

    run(main())


def test_numbers_of_shipments_come_go_and_follow_what_is_typed(store, company, clock, run) -> None:
    async def main() -> None:
        kept = await store.trips.add(Regime.ACI, trip("1234P", "1234PARS2"), company=company.id)
        assert sorted(await numbers(store)) == ["1234P", "1234PARS2"]
        kept = await store.trips.save(kept.id, trip("1234PARS1", "1234PARS2"), {}, version=kept.version)
        assert sorted(await numbers(store)) == ["1234PARS1", "1234PARS2"]
        await hear(store, company, clock, "1234PARS1")
        await store.trips.save(kept.id, trip("1234PARS2"), {}, version=kept.version)
        assert sorted(await numbers(store)) == ["1234PARS1", "1234PARS2"], "what was heard of stays"
        lone = await store.shipments.save_lone(Regime.ACI, {"cargoControlNumber": "1234PARS3"}, company=company.id)
        assert "1234PARS3" in await numbers(store)
        await store.shipments.remove_lone(lone.id, version=1)
        assert "1234PARS3" not in await numbers(store)

    run(main())


def test_a_number_without_a_company_is_kept_and_goes_over_to_the_one_that_takes_it(store, company, run) -> None:
    async def main() -> None:
        kept = await store.trips.add(Regime.ACI, trip(NUMBER))
        assert [one.company for one in await store.tracked.newest()] == [""]
        await store.trips.save(kept.id, trip(NUMBER), {}, version=kept.version, company=company.id)
        assert [one.company for one in await store.tracked.newest()] == [company.id]

    run(main())


def test_no_more_than_asked_for_are_read_the_newest_first(store, company, clock, run) -> None:
    async def main() -> None:
        for place in range(7):
            await hear(store, company, clock, f"1234PARS00000{place}")
        assert await numbers(store, limit=3) == [f"1234PARS00000{place}" for place in (6, 5, 4)]
        assert len(await numbers(store)) == 7

    run(main())


def test_what_arrives_soon_is_found_by_its_trip(store, company, clock, run) -> None:
    async def main() -> None:
        soon = clock.now() + timedelta(hours=2)
        late = clock.now() + timedelta(days=9)
        await store.trips.add(Regime.ACI, trip("1234PARS1"), company=company.id, eta_utc=soon)
        await store.trips.add(
            Regime.ACI, {**trip("1234PARS2"), "tripNumber": "1234T2"}, company=company.id, eta_utc=late
        )
        found = await store.tracked.arriving(clock.now(), clock.now() + timedelta(days=1))
        assert [one.number for one in found] == ["1234PARS1"]

    run(main())


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        yield made


def test_an_older_folder_knows_its_numbers_after_it_was_brought_up(clock, database) -> None:
    migration.migrate(database, upto=2)
    at = to_text(clock.now())
    body = json.dumps({"data": "RNS_SHIPMENT", "transactionNumber": "17889003009937"}).encode()
    database.execute(
        "INSERT INTO companies VALUES ('c', 1, 'Sample', '[]', '[]', '', '', '', '', 1, ?, ?, NULL)", (at, at)
    )
    for place, content in enumerate((body, b"no json", body), start=1):
        database.execute("INSERT INTO frames VALUES (?, 'c', 'first', ?, 1, 3, 'x', ?)", (place, at, content))
        number = "" if place == 3 else f"1234PARS{place}"
        database.execute(
            """INSERT INTO inbox VALUES (?, ?, 'c', ?, 'RNS_SHIPMENT', 'rns', 'ACI', '', ?, NULL, ?, 1, '', '', 'rns', '',
                NULL)""",
            (f"i{place}", place, at, number, f"d{place}"),
        )
    database.execute(
        "INSERT INTO shipments VALUES ('s', 1, NULL, 'ACI', '1234PARS9', NULL, 0, '{}', '', ?, ?)", (at, at)
    )
    migration.migrate(database)
    found = database.execute("SELECT company, number, heard_at, words FROM tracked ORDER BY number").fetchall()
    assert found == [
        ("c", "1234PARS1", at, "17889003009937"),
        ("c", "1234PARS2", at, ""),
        ("", "1234PARS9", "", ""),
    ]


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (module._COLUMNS + "WHERE 1" + module._ORDER, (10,)),
        (module._ARRIVING, ("2026", "2027", 10)),
        (module._SHIPMENTS, (array(["1234PARS1"]),)),
        (module._NAMING, (array(["1234PARS1"]),)),
        (module._OF_TRIPS, (array(["t"]),)),
        (module._STORY, ("1234PARS1", "c", "t", 10)),
    ],
    ids=["newest", "arriving", "shipments", "naming", "of trips", "story"],
)
def test_no_look_at_the_list_goes_through_everything(database, sql: str, values: tuple[object, ...]) -> None:
    migration.migrate(database)
    plan = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + sql, values)]
    large = ("tracked", "shipments", "inbox", "frames", "trips", " k", " s", " i", " n", " t")
    scans = [step for step in plan if step.startswith("SCAN") and step.removeprefix("SCAN").startswith(large)]
    assert not [step for step in scans if "USING" not in step], plan
    assert not [step for step in plan if "TEMP B-TREE FOR ORDER BY" in step and sql.startswith(module._COLUMNS)], plan
