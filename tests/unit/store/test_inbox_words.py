"""What a search of the inbox finds: beginnings of words, ends of numbers, whatever case and accents."""

from __future__ import annotations

import sqlite3

import pytest
from fakes.clock import NOON, ManualClock

from desktop.domain.lifecycle import Category, Regime
from desktop.store import migration, open_store
from desktop.store.company import CompanyFields
from desktop.store.database import DATABASE
from desktop.store.inbox_words import words_in
from tests.unit.store.conftest import frame, item


@pytest.fixture
def add(store, company, run):
    def add(of=company, **more):
        [id_] = run(store.frames.append([frame(of, NOON)]))
        return run(store.inbox.add([item(id_, of, NOON, **more)]))[0].id

    return add


@pytest.fixture
def find(store, run):
    def find(search, **asked):
        return [card.id for card in run(store.inbox.cards(search=search, **asked))]

    return find


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("9smppars382666", True),
        ("9SMPPARS38", True),
        ("382666", True),
        ("2666", True),
        ("666", False),
        ("PARS38", False),
        ("second77", True),
        ("nd77", True),
        ("elk", True),
        ("montreal", True),
        ("MONTRÉAL", True),
        ("customs cote-de-liesse", True),
        ("cote liesse montreal 2666", True),
        ("elk nobody", False),
        ("rns 9", True),
        ("rns-shipment", True),
        ("RNS_SHIPMENT", True),
        ("rns_ship", True),
        ("shipment", True),
        ("rns_customs", False),
        ("rnsxshipment", False),
        ("sample other", False),
        ('elk" OR "x', False),
        ("elk*", True),
        ("~krns", False),
        ("NOT elk", False),
        ("\ud800 elk", True),
    ],
)
@pytest.mark.parametrize("asked", [{}, {"category": Category.RNS, "regime": Regime.ACI}, {"unread_only": True}])
def test_words_by_their_beginning_and_numbers_by_their_end(add, find, search, is_found, asked) -> None:
    wanted = add(
        kind="RNS_SHIPMENT",
        category=Category.RNS,
        regime=Regime.ACI,
        trip_number="9SMP11240068",
        control_number="9SMPPARS382666",
        control_numbers=("9SMPPARS382666", "9SMPSECOND77"),
        title="PARS set for Elk Sample",
        text="Customs Côte-de-Liesse, Montréal\nRNS 9",
    )
    add(title="Something else", trip_number="SMPL1")
    assert find(search, **asked) == ([wanted] if is_found else [])


def test_a_search_keeps_to_its_list(store, add, find, run) -> None:
    other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
    mine = add(digest="mine")
    theirs = add(of=other, digest="theirs", category=Category.ALERT, regime=None)
    assert find("accepted") == [theirs, mine]
    assert find("accepted", company=other.id) == [theirs]
    assert find("accepted", category=Category.ALERT) == [theirs]
    assert find("accepted", regime=Regime.ACE) == [mine]
    assert find("other") == [theirs]
    run(store.handling.mark_read([theirs]))
    assert find("accepted", unread_only=True) == [mine]
    run(store.handling.pin([theirs]))
    assert find("accepted", is_pinned=True) == [theirs]
    assert find("zzz", is_pinned=True) == []
    assert find("accepted", before=theirs) == [mine]
    assert find("  % - ") == [theirs, mine]


def test_what_is_gone_from_the_inbox_is_not_found(store, add, find, company, run) -> None:
    add(title="Elk")
    run(store.inbox.rebuild(lambda found: item(found.id, company, NOON, title="Moose")))
    assert find("elk") == []
    assert len(find("moose")) == 1


def test_a_folder_of_an_older_version_is_searched_like_a_new_one(tmp_path, run) -> None:
    database = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    migration.migrate(database, upto=2)
    database.executescript("""
        INSERT INTO companies (id, version, name, scacs, carrier_codes, address, company_key, ca_file, is_practice, phone,
            created_at, updated_at) VALUES ('01C', 1, 'Sample', '[]', '[]', '', '', '', 1, '', '2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.000Z');
        INSERT INTO frames (id, company, connection, received_at, body, is_text, size, sha256)
            VALUES (7, '01C', 'x', '2026-11-24T12:00:00.000Z', x'7b7d', 1, 2, '');
        INSERT INTO inbox (id, frame, company, received_at, kind, category, regime, trip_number, control_number, digest,
            repeats, title, text, sign, words) VALUES ('01KAV09HRC0000000700000000', 7, '01C',
            '2026-11-24T12:00:00.000Z', 'RNS_SHIPMENT', 'rns', 'ACI', '9SMP11240068', '9SMPPARS382666', 'd', 1, 'Montréal',
            'RNS 9', 'set', 'montréal
rns 9
9smp11240068
9smppars382666
rns_shipment');
        INSERT INTO inbox_frames (frame, inbox) VALUES (7, '01KAV09HRC0000000700000000');
    """)
    database.close()
    store = open_store(tmp_path, kind=None, clock=ManualClock())
    try:
        for search in ("montreal", "9smppars38", "2666", "0068", "shipment 9", "rns_ship", "sample"):
            assert len(run(store.inbox.cards(search=search))) == 1, search
            assert (
                len(run(store.inbox.cards(search=search, category=Category.RNS, regime=Regime.ACI, company="01C"))) == 1
            )
        assert len(run(store.inbox.cards(search="2666 rns sample", unread_only=True))) == 1
        assert run(store.inbox.cards(search="elk")) == []
        assert run(store.inbox.unread_counts())[Category.RNS] == 1
        assert len(run(store.inbox.cards(is_snoozed=False, category=Category.RNS))) == 1
    finally:
        store.close_now()


def test_words_are_cut_where_a_reader_would() -> None:
    assert words_in("ACE_RESPONSE: Côte-d'Or ǅ ẞ 12.5") == ["ace_response", "cote", "d", "or", "ǆ", "ss", "12", "5"]
