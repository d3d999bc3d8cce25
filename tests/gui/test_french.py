"""The window in French: access keys that do not clash, words that fit, nothing left in English."""

import pytest
from fakes import walks
from fakes.desk import FakeDesk
from fakes.screens import ScreensDesk, dialogs, visiting
from fakes.window import opened, until
from PySide6.QtWidgets import QMenu

from desktop import texts
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
