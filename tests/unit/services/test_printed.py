"""Which printed sheets are out of date, still say DRAFT, or are void."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.services.world import World, good_gateway

from desktop.domain.documents import MISSING, get, join, put
from desktop.domain.lifecycle import Customs, Regime
from desktop.errors import DesktopError
from desktop.printing.sheet import SheetKind
from desktop.printing.shown import PARTS, changed_parts, shown_of
from desktop.printing.summary import summary_sheet
from desktop.services.printed import mark_of
from desktop.services.sheets import SheetOptions, dressed
from desktop.services.views import PaperTrouble
from desktop.settings.tree import Printing
from desktop.store.printed import PrintedSheet
from desktop.store.records import Trip

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "messages"
NOW = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
FOLLOWING = [kind for kind in SheetKind if PARTS[kind]]
RECORDS = [kind for kind in SheetKind if not PARTS[kind]]


def _document(regime):
    return json.loads((GOLDEN / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))


def _leaves(value, *steps):
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, *steps, name)
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _leaves(member, *steps, place)
    else:
        yield join(*steps)


LEAVES = {regime: sorted(_leaves(_document(regime))) for regime in Regime}


def _trip(regime, document, version=1):
    return Trip("1", version, "c", regime, "", "", "", None, document, {}, 0, None, NOW, NOW)


def _sheet(regime, document, kind=SheetKind.SUMMARY, *, version=1, is_draft=False):
    shown = json.loads(json.dumps(shown_of(document, regime, kind)))  # as the store gives it back
    return PrintedSheet("p", "1", kind.value, "pdf", version, is_draft, shown, NOW)


def _on_paper(document, regime, kind=SheetKind.SUMMARY):
    """What a sheet says that comes from the document; None where it cannot be made."""
    summary = summary_sheet(
        document, regime, company_name="Sample", codes=("AAAA",), port_name="", printed_at_text="now", version=1
    )
    try:
        return dressed(kind, summary, document, Printing(has_qr=True))
    except DesktopError:
        return None


@st.composite
def edits(draw):
    """A document of either regime, and the same after some edits of values in it."""
    regime = draw(st.sampled_from(list(Regime)))
    before = _document(regime)
    after = copy.deepcopy(before)
    for pointer in draw(st.lists(st.sampled_from(LEAVES[regime]), min_size=1, max_size=4)):
        value = draw(st.one_of(st.just(MISSING), st.text(max_size=8), st.integers(-5, 99), st.none(), st.just({})))
        if get(after, pointer) is not MISSING:
            after = put(after, pointer, value)
    return regime, before, after


@given(edits())
def test_what_the_driver_reads_differs_only_where_the_mark_says_so(edit) -> None:
    """No sheet is called good that shows something else than a new one would."""
    regime, before, after = edit
    parts = changed_parts(shown_of(before, regime, SheetKind.SUMMARY), shown_of(after, regime, SheetKind.SUMMARY))
    if _on_paper(before, regime) != _on_paper(after, regime):
        assert parts


@given(edits(), st.sampled_from([SheetKind.ACI_LEAD, SheetKind.SHIPMENT_LIST, SheetKind.LABELS]))
def test_neither_does_any_other_sheet(edit, kind) -> None:
    """The cover sheet says less than it is made of, and is not among them."""
    regime, before, after = edit
    made, again = _on_paper(before, regime, kind), _on_paper(after, regime, kind)
    if made is None or again is None or made == again:
        return
    if kind is SheetKind.LABELS and made.numbers == again.numbers:
        return
    assert changed_parts(shown_of(before, regime, kind), shown_of(after, regime, kind))


@given(edits(), st.sampled_from(FOLLOWING), st.booleans())
def test_a_mark_comes_with_a_change_and_goes_with_it(edit, kind, is_on_file) -> None:
    regime, before, after = edit
    printed = _sheet(regime, before, kind)
    changed = mark_of([printed], _trip(regime, after, 2), Customs.ON_FILE, is_on_file=is_on_file)
    is_other = shown_of(before, regime, kind) != shown_of(after, regime, kind)
    assert (changed is not None) == is_other
    assert mark_of([printed], _trip(regime, before, 3), Customs.ON_FILE, is_on_file=is_on_file) is None, "taken back"
    again = _sheet(regime, after, kind, version=2)
    assert mark_of([again], _trip(regime, after, 2), Customs.ON_FILE, is_on_file=is_on_file) is None, "printed again"
    void = mark_of([printed], _trip(regime, after, 2), Customs.CANCELLED, is_on_file=False)
    assert void is not None
    assert void.trouble is PaperTrouble.VOID


@pytest.mark.parametrize("customs", Customs)
def test_a_sheet_that_says_go_is_called_back_when_that_no_longer_holds(customs) -> None:
    document = _document(Regime.ACE)
    printed, trip = replace(_sheet(Regime.ACE, document), says_go=True), _trip(Regime.ACE, document, 1)
    assert mark_of([printed], trip, Customs.CLEARED, is_on_file=True, is_go=True) is None
    mark = mark_of([printed], trip, customs, is_on_file=True, is_go=False)
    if customs in {Customs.ARRIVED, Customs.RELEASED}:
        assert mark is None, "the truck is there: the sheet has done its work"
    else:
        assert mark is not None
        assert mark.trouble is (PaperTrouble.VOID if customs is Customs.CANCELLED else PaperTrouble.NO_GO)
    waits = mark_of([replace(printed, says_go=False)], trip, Customs.ON_FILE, is_on_file=True, is_go=True)
    assert waits is None, "a sheet that says wait misleads nobody"


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("private", ["dateOfBirth", "gender", "fastCardNumber", "travelDocuments", "citizenship"])
def test_what_is_private_is_neither_kept_nor_makes_a_sheet_old(regime, private) -> None:
    before, after = _document(regime), _document(regime)
    after["drivers"][0][private] = "CANARY4711"
    for kind in SheetKind:
        assert shown_of(before, regime, kind) == shown_of(after, regime, kind)
        assert "CANARY" not in json.dumps(shown_of(after, regime, kind))


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("customs", Customs)
def test_a_sheet_that_records_a_moment_is_never_out_of_date(kind, customs) -> None:
    sheet = _sheet(Regime.ACE, _document(Regime.ACE), kind, is_draft=True)
    assert mark_of([sheet], _trip(Regime.ACE, {}, 9), customs, is_on_file=True) is None


def test_a_sheet_of_a_newer_version_of_the_program_is_let_be() -> None:
    sheet = PrintedSheet("p", "1", "hologram", "pdf", 1, is_draft=True, shown={"eta": "x"}, at=NOW)
    assert mark_of([sheet], _trip(Regime.ACE, {}, 9), Customs.CANCELLED, is_on_file=True) is None


def test_what_only_one_version_of_the_program_knew_is_not_compared() -> None:
    assert changed_parts({"eta": "1", "gone": 1}, {"eta": "1", "new": 2}) == ()


def test_the_gravest_of_several_sheets_is_told() -> None:
    document = _document(Regime.ACE)
    draft = _sheet(Regime.ACE, document, SheetKind.ACE_COVER, version=2, is_draft=True)
    old = _sheet(Regime.ACE, {**document, "estimatedArrivalDateTime": "2026-11-24 01:00:00"})
    trip = _trip(Regime.ACE, document, 2)
    mark = mark_of([draft, old], trip, Customs.ON_FILE, is_on_file=True)
    assert (mark.trouble, mark.sheet, mark.parts) == (PaperTrouble.CHANGED, "summary", ("eta",))
    assert mark_of([draft], trip, Customs.ON_FILE, is_on_file=True).trouble is PaperTrouble.DRAFT
    assert mark_of([draft], trip, Customs.ON_FILE, is_on_file=False) is None


# --- over a real store ----------------------------------------------------------------------------------------------


async def _print(world, trip, way, kind=SheetKind.SUMMARY, language="en"):
    seen = await world.printed.look(trip.id)
    await world.printed.note(seen, await world.sheets.make(kind, trip.id, SheetOptions(language=language)), way)


def test_the_list_knows_which_sheet_is_old_and_history_keeps_what_was_printed(world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert (await world.lookups.trip(trip.id)).row.paper is None, "nothing was printed"
        heard = []
        world.changes.subscribe(heard.append)
        await _print(world, trip, "printer")
        assert heard
        assert trip.id in heard[-1].ids
        assert (await world.lookups.trip(trip.id)).row.paper is None
        printed_at = world.clock.now()
        world.clock.advance(900)
        session = await world.editing.open(trip.id)
        session.set("/drivers/0/dateOfBirth", "1971-01-01")
        await session.flush()
        assert (await world.lookups.trip(trip.id)).row.paper is None, "no sheet shows that"
        session.set("/truck/licensePlate/number", "SAMPLE9")
        session.set("/truck/number", "SAMPLE-T9")
        await session.flush()
        (row,) = await world.lookups.trips()
        assert row.paper.trouble is PaperTrouble.CHANGED
        assert (row.paper.printed_at, row.paper.changed_at) == (printed_at, world.clock.now())
        assert "truck" in row.paper.parts
        await _print(world, trip, "pdf")
        assert (await world.lookups.trip(trip.id)).row.paper is None, "printed again"
        history = [line.text for line in (await world.lookups.trip(trip.id)).history if line.what.startswith("printed")]
        version = (await world.store.trips.get(trip.id)).version
        assert history == ["Driver's sheet printed, version 1", f"Driver's sheet saved as PDF, version {version}"]
        await session.close()

    run(main())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_draft_that_customs_took_meanwhile_and_a_trip_that_was_cancelled_are_told(
    world: World, run, language
) -> None:
    async def main() -> None:
        trip = await world.trip()
        await _print(world, trip, "pdf", language=language)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        row = (await world.lookups.trip(trip.id)).row
        assert row.customs is Customs.ON_FILE
        assert row.paper.trouble is PaperTrouble.DRAFT
        await _print(world, trip, "pdf", language=language)
        assert (await world.lookups.trip(trip.id)).row.paper is None, "printed again"

    run(main())


def test_a_change_while_the_sheet_is_made_makes_it_look_old(world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        seen = await world.printed.look(trip.id)
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "SAMPLE-T9")
        await session.flush()
        await world.printed.note(seen, await world.sheets.make(SheetKind.SUMMARY, trip.id), "printer")
        assert (await world.lookups.trip(trip.id)).row.paper.trouble is PaperTrouble.CHANGED
        await session.close()

    run(main())
