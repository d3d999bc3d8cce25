"""The window in French: access keys that do not clash, words that fit, nothing left in English."""

from datetime import datetime

import pytest
from fakes import walks
from fakes.desk import FakeDesk
from fakes.screens import ScreensDesk, dialogs, visiting
from fakes.window import opened, until
from PySide6.QtWidgets import QMenu

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.tables.column import layout
from desktop.services.tables.guessing import columns_for
from desktop.services.tables.table import KINDS
from desktop.ui.binding import when
from desktop.ui.place import Place
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


@pytest.fixture(autouse=True)
def french(monkeypatch):
    monkeypatch.setattr(texts, "_current", texts.Catalogue("fr"))


def keys_of(menu: QMenu) -> list[str]:
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.isVisible()]
    return [word[word.index("&") + 1].casefold() for word in words if "&" in word]


def test_menus_have_each_access_key_once(run_qt):
    async def main():
        async with opened(FakeDesk(is_practice=True)) as it:
            page = it.shell.trips
            page.offer_new()
            await until(page.new_menu.isVisible)
            page.new_menu.close()
            page._fit_tools()
            bar = it.window.menuBar()
            for menu in (bar, *(action.menu() for action in bar.actions()), page.new_menu, page.tools_menu):
                keys = keys_of(menu)
                assert sorted(keys) == sorted(set(keys)), [action.text() for action in menu.actions()]
            assert bar.actions()[0].text() == "&Fichier"

    run_qt(main())


def test_dialogs_have_each_access_key_once(run_qt):
    async def main():
        async with opened(ScreensDesk(is_practice=True)) as it:
            found = []
            for screen in dialogs():
                async with visiting(it, screen) as widget:
                    found += [f"{screen.name}: {fault}" for fault in walks.clashing(widget)]
            assert found == []

    run_qt(main())


@pytest.mark.parametrize("size", [(1366, 736), (640, 360)])
def test_words_fit(run_qt, size):
    async def main():
        async with opened(FakeDesk(is_practice=True), size=size) as it:
            for place in Place:
                it.window.go_to(place)
                await it.settle()
                assert [str(found) for found in cramped(it.window)] == []
                assert walks.clashing(it.window) == []
            assert (it.window.width(), it.window.height()) == size

    run_qt(main())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("demain 0430", "2026-11-25 04:30:00"),
        ("auj 14:30", "2026-11-24 14:30:00"),
        ("ven 0800", "2026-11-27 08:00:00"),
        ("3 févr 0800", "2027-02-03 08:00:00"),
        ("tom 0430", "2026-11-25 04:30:00"),
    ],
)
def test_days_are_typed_in_french(typed, meant):
    now = datetime(2026, 11, 24, 13, 5)
    assert when.read_moment(typed, now) == meant
    assert when.said_moment("2026-11-24 13:55:00", now) == "mar 24 nov 13:55"


@pytest.mark.parametrize("spoken", texts.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_with_heads_in_either_language_is_understood(kind, spoken):
    """What a window wrote that spoke French comes in where English is spoken, and the other way round."""
    for written in texts.LANGUAGES:
        with texts.speaking(written):
            place = layout(kind)
            pointers = tuple(place.choices(Regime, lists=1))
            heads = [place.label(pointer) for pointer in pointers]
        with texts.speaking(spoken):
            assert columns_for(heads, kind) == pointers
