"""Erasing a person from the library page: asked twice, named, and everything is kept unless the name was typed."""

from __future__ import annotations

from typing import Any

import pytest
from gui.editors.test_library_keeping import _driver, _shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from desktop.services.erasing import Erased
from desktop.ui.editors.erase_dialog import EraseDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen


def _dialog() -> EraseDialog | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDialog) and one.isVisible()), None
    )


def _box() -> QMessageBox | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()), None
    )


async def _ask(shown: Any, until: Any) -> EraseDialog:
    shown.select(0)
    await until(shown.page.keeping.offers)
    offer = next(one for one in shown.page.keeping.offers() if one.title == "Erase this person…")
    offer.run()
    await until(_dialog)
    found = _dialog()
    assert found is not None
    return found


def _words(dialog: EraseDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_name_must_be_typed_and_then_the_person_goes(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1), _driver(2)], until) as shown:
            dialog = await _ask(shown, until)
            assert not dialog.erase.isEnabled()
            dialog.typed.setFocus()
            QTest.keyClicks(dialog.typed, "sample")
            assert not dialog.erase.isEnabled()
            dialog.typed.clear()
            QTest.keyClicks(dialog.typed, "1")
            assert dialog.erase.isEnabled()
            dialog.erase.setFocus()
            QTest.keyClick(dialog.erase, Qt.Key.Key_Space)
            await until(_box)
            assert shown.desk.erasing.erased == [("1", True)]
            assert "printed sheets" in _box().informativeText()
            _box().close()
            await until(lambda: shown.titles() == ["Sample Driver 2"])

    run_qt(main())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_enter_and_escape_keep_everything(run_qt, until, key):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            dialog = await _ask(shown, until)
            QTest.keyClicks(dialog.typed, "1")
            QTest.keyClick(dialog.typed, key)
            await until(lambda: _dialog() is None)
            assert shown.desk.erasing.erased == []
            assert shown.titles() == ["Sample Driver 1"]

    run_qt(main())


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({"not_settled": ("AAAA1001",)}, "not settled yet: AAAA1001"),
        ({"open": ("AAAA1002", "AAAA1003")}, "are open: AAAA1002, AAAA1003"),
        ({"is_known": False}, "does not say enough"),
    ],
)
def test_what_stands_in_the_way_is_named_and_nothing_can_be_done(run_qt, until, why, words):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            shown.desk.erasing.seen |= why
            dialog = await _ask(shown, until)
            assert words in _words(dialog)
            dialog.typed.setText("1")
            assert not dialog.erase.isEnabled()
            dialog.reject()
            await until(lambda: _dialog() is None)

    run_qt(main())


def test_backups_that_stay_are_counted_with_their_folder(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            shown.desk.erasing.done = Erased(is_finished=True, backups_kept=9)
            dialog = await _ask(shown, until)
            assert dialog.with_backups is not None
            dialog.with_backups.setChecked(False)
            dialog.typed.setText("1")
            dialog.erase.click()
            await until(_box)
            assert shown.desk.erasing.erased == [("1", False)]
            assert str(shown.desk.backups.folder) in _box().informativeText()
            assert ": 9." in _box().informativeText()
            _box().close()
            await until(lambda: shown.titles() == [])

    run_qt(main())


def test_a_file_that_could_not_be_rewritten_is_said(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            shown.desk.erasing.done = Erased(is_finished=False, backups_kept=0)
            dialog = await _ask(shown, until)
            dialog.typed.setText("1")
            dialog.erase.click()
            await until(_box)
            assert "next start" in _box().informativeText()
            _box().close()
            await until(lambda: shown.titles() == [])

    run_qt(main())
