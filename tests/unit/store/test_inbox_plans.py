"""Every list the window can ask for is read along an index and stops at the end of its page, however much there is."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import pytest
from fakes.clock import NOON, ManualClock
from fakes.inbox_rows import STEP, fill

from desktop.domain.lifecycle import Category, Regime
from desktop.store import open_store
from desktop.store.company import CompanyFields
from desktop.store.database import DATABASE
from desktop.store.inbox_list import placed_at

COUNT = 50_000
PAGE = 100
STEPS_EACH_ROW = 400
"""So many steps of SQLite's machine a row of a page may cost; going through all rows costs some hundred thousand."""
SEARCHES = ("9", "smpl75", "9smppars39", "pars set", "released 4", "accepted cbsa", "3458", "sample carrier", "zzz")


class Narrator:
    """Stands before the connection of the reader and tells how each statement is run."""

    def __init__(self, database) -> None:
        self._database = database
        self.plans: list[str] = []
        self.steps = 0

    def execute(self, sql, values=()):
        self.plans += [row[3] for row in self._database.execute("EXPLAIN QUERY PLAN " + sql, values)]

        def step() -> None:
            self.steps += 10

        self._database.set_progress_handler(step, 10)
        try:
            return iter_and_cursor(self._database.execute(sql, values).fetchall())
        finally:
            self._database.set_progress_handler(None, 0)


class iter_and_cursor(list):  # noqa: N801 - a list that also answers like a cursor
    def fetchone(self):
        return self[0] if self else None

    def fetchall(self):
        return self


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder with so many messages, its companies and trips; some messages are pinned or put off."""
    folder = tmp_path_factory.mktemp("plans")
    store = open_store(folder, kind=None, clock=ManualClock())

    async def prepare():
        companies = [
            (await store.companies.add(CompanyFields(f"Sample Carrier {name}", scacs=("SMPL",)), is_practice=True)).id
            for name in ("One", "Two", "Three")
        ]
        return companies, [(await store.trips.add(Regime.ACE, {}, company=companies[0])).id for _ in range(50)]

    async def handle():
        newest = [card.id for card in await store.inbox.cards(limit=60)]
        await store.handling.pin(newest[::3])
        await store.handling.snooze(newest[1::3], NOON + timedelta(hours=1))

    companies, trips = asyncio.run(prepare())
    store.close_now()
    fill(folder / DATABASE, count=COUNT, companies=companies, newest=NOON, unread=COUNT, trips=trips)
    store = open_store(folder, kind=None, clock=ManualClock())
    asyncio.run(handle())
    store.close_now()
    return folder, companies, trips


@pytest.fixture
def big(filled, open_at, run):
    folder, companies, trips = filled
    return open_at(folder), run, companies, trips


@contextmanager
def narrated(store):
    """What the inbox reads in here tells its plans and steps."""
    narrator = Narrator(store.inbox._reader._connection)
    real = store.inbox._reader

    class Telling:
        async def read(self, work):
            return await real.bare(lambda _: work(narrator))

    store.inbox._reader = Telling()
    try:
        yield narrator
    finally:
        store.inbox._reader = real


def asked_of(store, run, **asked) -> tuple[Narrator, list]:
    with narrated(store) as narrator:
        return narrator, run(store.inbox.cards(limit=PAGE, **asked))


def walked(plans: list[str]) -> list[str]:
    """Return the lines that go through a whole table which grows with what is received."""
    small = ("companies", "inbox_unread_counts", "json_each")
    return [line for line in plans if "SCAN" in line and "INDEX" not in line and line.split()[1] not in small]


def seldom_sorted(plans: list[str]) -> bool:
    """Tell whether nothing is sorted but the few that were put off."""
    return not any("TEMP B-TREE" in line for line in plans) or any("inbox_snoozed" in line for line in plans)


COMBINED = [
    {"category": category, "company": company, "regime": regime, "unread_only": unread}
    for category, company, regime, unread in product(
        (None, Category.ALERT, Category.ACCEPTED, Category.CAS), (None, 0, "nobody"), (None, *Regime), (False, True)
    )
]


def named(asked, companies):
    company = asked.get("company")
    return asked | {"company": companies[company] if isinstance(company, int) else company}


@pytest.mark.parametrize("is_snoozed", [None, False])
@pytest.mark.parametrize("dates", [{}, {"since": NOON - STEP * 9_000, "until": NOON - STEP * 3_000}])
@pytest.mark.parametrize("asked", COMBINED, ids=lambda asked: "-".join(str(value) for value in asked.values()))
def test_a_page_costs_the_page(big, asked, dates, is_snoozed) -> None:
    store, run, companies, _ = big
    narrator, found = asked_of(store, run, **named(asked, companies), **dates, is_snoozed=is_snoozed)
    assert not walked(narrator.plans)
    assert seldom_sorted(narrator.plans), narrator.plans
    assert narrator.steps < STEPS_EACH_ROW * PAGE
    places = [placed_at(card.snoozed_until or card.received_at) for card in found]
    assert places == sorted(places, reverse=True)
    if found:
        narrator, further = asked_of(
            store, run, **named(asked, companies), **dates, is_snoozed=is_snoozed, before=found[-1].id
        )
        assert narrator.steps < STEPS_EACH_ROW * PAGE
        assert not {card.id for card in found} & {card.id for card in further}


@pytest.mark.parametrize("more", [{}, {"unread_only": True}, {"regime": Regime.ACE, "category": Category.ACCEPTED}])
@pytest.mark.parametrize("asked", [{"is_pinned": True}, {"is_snoozed": True}, {"is_grouped": True}, {"trip": True}])
def test_the_short_lists_and_the_grouped_one_cost_a_page(big, asked, more) -> None:
    store, run, _, trips = big
    asked = asked | ({"trip": trips[0]} if "trip" in asked else {})
    narrator, found = asked_of(store, run, **asked, **more)
    assert not walked(narrator.plans)
    assert narrator.steps < 3 * STEPS_EACH_ROW * PAGE
    assert found


@pytest.mark.parametrize("asked", [{}, *COMBINED[1::7], {"is_pinned": True}, {"is_snoozed": True}])
@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_asks_the_index_of_words(big, search, asked) -> None:
    store, run, companies, _ = big
    narrator, found = asked_of(store, run, search=search, **named(asked, companies))
    assert any("VIRTUAL TABLE" in line for line in narrator.plans) or asked.keys() & {"is_pinned", "is_snoozed"}
    assert not walked(narrator.plans)
    assert "USE TEMP B-TREE FOR ORDER BY" not in narrator.plans or "is_snoozed" in asked
    assert narrator.steps < 2 * STEPS_EACH_ROW * PAGE
    assert [card.frame for card in found] == sorted((card.frame for card in found), reverse=True)


def test_unread_is_counted_without_going_through_the_messages(big) -> None:
    store, run, companies, _ = big
    with narrated(store) as narrator:
        counts = run(store.inbox.unread_counts())
        run(store.inbox.unread_counts(companies[0]))
    assert sum(counts.values()) == COUNT - 20
    assert narrator.steps < 5_000
