"""The palette: found by a few letters, run by Enter, left without a trace by Esc."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.lifecycle import Regime
from desktop.ui.offer import Offer
from desktop.ui.palette.dialog import Palette
from desktop.ui.palette.entry import Entry, Group, ordered, rank, spans
from desktop.ui.palette.model import PaletteModel
from desktop.ui.place import SETTINGS_SECTIONS, Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier


def entry(title, group=Group.DO, **more):
    return Entry(group, f"{group}:{title}", title, lambda: None, **more)


# What answers


@pytest.mark.parametrize(
    ("typed", "title", "more", "good"),
    [
        ("1234T1", "1234T1", {"number": "1234T1"}, 0),
        ("1234t", "1234T1", {"number": "1234T1"}, 1),
        ("trip new", "New trip", {}, 2),
        ("ew tri", "New trip", {}, 3),
        ("crossings", "Trips", {"words": "crossings board"}, 4),
        ("éric", "Eric Sample", {}, 1),
        ("trip x", "New trip", {}, None),
    ],
)
def test_every_word_must_stand_somewhere_and_what_begins_so_is_better(typed, title, more, good):
    assert rank(entry(title, **more), typed) == good


def test_of_equals_what_was_used_lately_comes_first():
    entries = [entry("Print sheet"), entry("Print labels"), entry("Reprint")]
    found = [one.title for _, one in ordered(entries, "print", ["do:Print labels"])]
    assert found == ["Print labels", "Print sheet", "Reprint"]


def test_the_letters_typed_are_marked_once():
    assert spans("Print PARS labels", "pars p") == [(0, 1), (6, 4)]
    assert spans("\u0130stanbul", "stan") == []  # a letter that becomes two: nothing is marked in the wrong place


def test_a_group_with_the_exact_number_stands_first_and_no_group_is_long(qapp):
    model = PaletteModel()
    trips = [entry(f"1234T{n}", Group.TRIPS, number=f"1234T{n}") for n in range(50)]
    model.show([entry("Copy 1234T7"), *trips], "1234t7", ())
    assert [row if isinstance(row, Group) else row.title for row in model.rows] == [
        Group.TRIPS,
        "1234T7",
        Group.DO,
        "Copy 1234T7",
    ]
    model.show([entry("Copy 1234T7"), *trips], "1234t", ())
    assert len(model.entries) == 7
    assert [model.step(row, 1) for row in (-1, 1, 3, len(model.rows) - 1)] == [1, 3, 4, len(model.rows) - 1]
    assert model.step(3, -1) == 1


# The window


def palette_shown(it):
    return [one for one in it.window.findChildren(Palette) if one.isVisible()]


async def ask(it, typed=""):
    """Open the palette by its key and type."""
    await until(it.window.isActiveWindow)
    it.press(Qt.Key.Key_K, CTRL)
    (palette,) = palette_shown(it)
    it.type(typed)
    await until(lambda: QApplication.focusWidget() is palette.line)
    await settled(it, palette)
    return palette


async def settled(it, palette):
    await until(lambda: not palette._is_searching)
    await it.settle(3)


def titles(palette, group=None):
    return [one.title for one in palette.model.entries if group is None or one.group is group]


def test_actions_offers_places_settings_and_records_are_found_and_run(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            done = []
            it.shell.offers.append(lambda: [Offer("Wave a sample flag…", lambda: done.append("waved"))])
            number = desk.stored[0].document["tripNumber"]
            shipment = desk.stored[0].document["shipments"][0]

            palette = await ask(it)
            assert {"New trip…", "Trips", "Inbox", "Wave a sample flag…"} <= set(titles(palette))
            assert len(titles(palette, Group.SETTINGS)) >= len(SETTINGS_SECTIONS)
            assert not [title for title in titles(palette) if "&" in title]
            it.press(Qt.Key.Key_Escape)
            await until(lambda: not palette_shown(it))

            await ask(it, "wave sam")
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert done == ["waved"]

            palette = await ask(it, "keyboard")
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert it.window.place is Place.SETTINGS
            assert QApplication.focusWidget().objectName() == "enter_moves_on"

            palette = await ask(it, number.lower())
            assert palette.current.number == number
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trip_id == desk.stored[0].id)
            await it.settle()

            found = shipment.get("shipmentControlNumber") or shipment["cargoControlNumber"]
            palette = await ask(it, found)
            assert titles(palette, Group.SHIPMENTS)[0] == found
            it.press(Qt.Key.Key_Escape)

            palette = await ask(it, desk.all_cards[0].title)
            assert desk.all_cards[0].title in titles(palette, Group.INBOX)
            while palette.current.group is not Group.INBOX:
                it.press(Qt.Key.Key_Down)
            chosen = palette.current.key
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.window.place is Place.INBOX)
            await until(lambda: it.shell.inbox.shown_id == chosen)

            driver = next(row for row in desk.all_library if row.kind == "driver")
            await ask(it, driver.title)
            while palette_shown(it)[0].current.group is not Group.DRIVERS:
                it.press(Qt.Key.Key_Down)
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.window.place is Place.DRIVERS)
            assert it.window.page(Place.DRIVERS).editor.session.row.id == driver.id

    run_qt(main())


def test_esc_brings_focus_caret_and_marking_back(run_qt):
    async def main():
        async with opened() as it:
            search = it.shell.trips.search
            search.setFocus()
            it.type("plate 2013")
            search.setSelection(2, 4)
            await ask(it, "nothing to do with it")
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            assert QApplication.focusWidget() is search
            assert (search.text(), search.selectedText()) == ("plate 2013", "ate ")

    run_qt(main())


def test_what_is_typed_right_after_the_key_goes_into_the_palette_and_enter_waits_for_the_record(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            number = desk.stored[2].document["tripNumber"]
            it.press(Qt.Key.Key_K, CTRL)
            it.type(number)
            it.press(Qt.Key.Key_Return)  # nothing has been found yet
            await until(lambda: it.shell.act.trip_id == desk.stored[2].id)
            await it.settle()

    run_qt(main())


def test_enter_right_after_the_last_letter_runs_what_was_typed_not_what_was_found_before(run_qt):
    async def main():
        desk = FakeDesk()
        longer, wanted = desk.stored[0], desk.stored[2]
        longer.document["tripNumber"], wanted.document["tripNumber"] = "SMPL43821", "SMPL4382"
        real = desk.lookups.trips

        async def few(*, search="", **more):  # as among ten thousand trips, the latest alone
            rows = await real(search=search, **more)
            return rows if search in {"", "SMPL4382"} else [row for row in rows if row.id == longer.id]

        async with opened(desk) as it:
            desk.lookups.trips = few
            palette = await ask(it, "SMPL438")
            assert titles(palette, Group.TRIPS) == ["SMPL43821"]
            it.type("2")
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trip_id)
            assert it.shell.act.trip_id == wanted.id
            await it.settle()
            palette = await ask(it, "SMPL438")
            it.type("2")
            it.press(Qt.Key.Key_Down)  # chosen by the arrows it is meant
            meant = palette.current
            it.press(Qt.Key.Key_Return)
            assert not palette_shown(it)
            await it.settle()
            assert meant.number in {"", "SMPL43821"}
            desk.lookups.trips = real

    run_qt(main())


def test_what_is_of_no_use_now_is_not_offered(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            of_trips = {"Close trip", "Next open trip", "Previous open trip", "Move to its own window"}
            palette = await ask(it)
            found = titles(palette)
            assert not of_trips & set(found)
            assert not [one for one in found if one.startswith("Repeat on the next day") and "trip" not in one]
            it.press(Qt.Key.Key_Escape)
            await it.shell.act.open(it.desk.stored[0].id)
            palette = await ask(it)
            found = titles(palette)
            assert of_trips < set(found)
            assert "All taken over is still right" not in found
            it.press(Qt.Key.Key_Escape)
            it.shell.act.trips.current.session.set_local("to_confirm", ["/drivers/0/driverNumber"])
            palette = await ask(it)
            assert "All taken over is still right" in titles(palette)
            it.press(Qt.Key.Key_Escape)
            await until(it.window.isActiveWindow)
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: not it.shell.act.trips.trips)
            palette = await ask(it)
            assert not of_trips & set(titles(palette))
            it.press(Qt.Key.Key_Escape)

    run_qt(main())


def test_from_the_window_of_a_trip_other_places_come_to_the_front(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            await it.shell.act.open(it.desk.stored[0].id)
            trips = it.shell.act.trips
            driver = next(row for row in it.desk.all_library if row.kind == "driver")
            for typed, place in (("keyboard", Place.SETTINGS), (driver.title, Place.DRIVERS)):
                if trips.current is None or trips.current.window is None:
                    trips.choose(trips.trips[0])
                    await it.settle()
                if trips.trips[0].window is None:
                    trips.move_current()
                own = trips.trips[0].window
                await until(own.isActiveWindow)
                it.press(Qt.Key.Key_K, CTRL)
                (palette,) = own.findChildren(Palette)
                it.type(typed)
                await settled(it, palette)
                while palette.current.group not in {Group.SETTINGS, Group.DRIVERS}:
                    it.press(Qt.Key.Key_Down)
                it.press(Qt.Key.Key_Return)
                await until(lambda place=place: it.window.place is place)
                await until(it.window.isActiveWindow)

    run_qt(main())


def test_trips_without_a_number_are_each_offered(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            for regime in (Regime.ACE, Regime.ACE, Regime.ACI):
                await it.shell.act.new(regime)
            first = it.shell.act.trips.trips[0]
            palette = await ask(it, "without a number")
            assert titles(palette, Group.DO) == ["Go to the trip without a number, to USA"] * 2
            assert len({one.key for one in palette.model.entries}) == len(palette.model.entries)
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trips.current is first)

    run_qt(main())


def test_the_newest_words_win(run_qt):
    async def main():
        desk = FakeDesk()
        gate, asked = asyncio.Event(), []
        real = desk.lookups.trips

        async def slow(*, search="", **more):
            asked.append(search)
            if search == "AAAA":
                await gate.wait()
            return await real(search=search, **more)

        async with opened(desk) as it:
            desk.lookups.trips = slow
            it.press(Qt.Key.Key_K, CTRL)
            (palette,) = palette_shown(it)
            it.type("AAAA")
            await until(lambda: "AAAA" in asked)
            palette.line.selectAll()
            it.type("1234T")
            await settled(it, palette)
            gate.set()
            await it.settle()
            assert titles(palette, Group.TRIPS)
            assert all(title.startswith("1234T") for title in titles(palette, Group.TRIPS))
            palette.show_records("AAAA", [])  # an answer that comes too late
            assert titles(palette, Group.TRIPS)
            it.press(Qt.Key.Key_Escape)
            desk.lookups.trips = real

    run_qt(main())


def test_nothing_found_offers_to_search_the_lists(run_qt):
    async def main():
        async with opened() as it:
            palette = await ask(it, "zzqq")
            assert titles(palette)[0] == "Search all trips for “zzqq”"
            it.press(Qt.Key.Key_Down)
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert it.window.place is Place.INBOX
            assert it.shell.inbox.search.text() == "zzqq"
            assert QApplication.focusWidget() is it.shell.inbox.search

    run_qt(main())


def test_focus_stays_in_the_line_and_the_current_line_is_spoken(run_qt):
    async def main():
        async with opened() as it:
            palette = await ask(it)
            first = palette.line.accessibleDescription()
            assert first == palette.current.sentence
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_PageDown, Qt.Key.Key_Backtab, Qt.Key.Key_Up):
                it.press(key)
                assert QApplication.focusWidget() is palette.line
                assert palette.line.accessibleDescription() == palette.current.sentence
            assert palette.current.sentence != first
            spoken = QAccessible.queryAccessibleInterface(palette.line)
            assert spoken.text(QAccessible.Text.Name) == "Find or do anything"
            assert spoken.text(QAccessible.Text.Description) == palette.current.sentence
            it.press(Qt.Key.Key_K, CTRL)  # the key closes what it opened
            await it.settle()
            assert not palette_shown(it)

    run_qt(main())


def test_nothing_private_is_found_or_shown(run_qt):
    async def main():
        desk = FakeDesk()
        secret = {"dateOfBirth": "1961-02-03", "fastCardNumber": "42700000009999"}
        desk.all_library = [
            replace(row, document={**row.document, **secret}) if row.kind == "driver" else row
            for row in desk.all_library
        ]
        real = desk.library.items

        async def everything(kind, *, search="", active_only=True):  # a store that looks into the whole document
            return await real(kind, active_only=active_only)

        desk.library.items = everything
        async with opened(desk) as it:
            for typed in ("1961-02-03", "42700000009999"):
                palette = await ask(it, typed)
                assert not titles(palette, Group.DRIVERS)
                it.press(Qt.Key.Key_Escape)
                await it.settle()
            driver = next(row for row in desk.all_library if row.kind == "driver")
            palette = await ask(it, driver.title)
            said = " ".join(one.sentence for one in palette.model.entries)
            assert driver.title in said
            assert not [value for value in secret.values() if value in said]
            it.press(Qt.Key.Key_Escape)

    run_qt(main())


def test_a_question_is_answered_before_anything_else(run_qt):
    async def main():
        async with opened() as it:
            from desktop.ui import dialogs

            task = it.desk.keeper.start(dialogs.tell(it.window, "A question", "Read it"), name="tell")
            await until(QApplication.activeModalWidget)
            it.press(Qt.Key.Key_K, CTRL)
            await it.settle()
            assert not palette_shown(it)
            QApplication.activeModalWidget().reject()
            await task

    run_qt(main())


def test_a_click_beside_it_closes_it_and_a_click_on_a_line_runs_it(run_qt):
    async def main():
        async with opened() as it:
            palette = await ask(it)
            scrim = it.window.findChild(type(palette._scrim), "scrim")
            assert scrim.geometry() == it.window.rect()
            QTest.mouseClick(scrim, Qt.MouseButton.LeftButton)
            await it.settle()
            assert not palette_shown(it)
            palette = await ask(it, "drivers")
            row = palette.model.position("do:Drivers")
            where = palette.view.visualRect(palette.model.index(row)).center()
            QTest.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
            await it.settle()
            assert it.window.place is Place.DRIVERS
            assert not isinstance(QApplication.focusWidget(), QLineEdit) or not palette_shown(it)

    run_qt(main())
