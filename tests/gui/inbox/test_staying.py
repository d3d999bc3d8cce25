"""Where the current line and the focus are after something was done with a message."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.window import until
from gui.inbox.test_handling import card, inbox
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.inbox.filters import Shelf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


@pytest.mark.parametrize("row", [10, 30])
def test_after_one_that_leaves_the_next_one_is_current(run_qt, row):
    async def main():
        async with inbox() as (it, page):
            page.list.setCurrentIndex(page.model.index(row))
            gone, following = card(page, row).id, card(page, row + 1).id
            await until(lambda: page.shown_id == gone)
            page.commands._handling.snooze([card(page, row)], it.desk.clock.now() + timedelta(hours=1))
            await until(lambda: page.model.position(gone) < 0)
            await it.settle()
            assert page.list.current_id() == following
            assert page.shown_id == following
            assert page.list.hasFocus()

    run_qt(main())


def test_after_the_last_one_left_the_focus_is_where_more_is_offered(run_qt):
    async def main():
        async with inbox() as (it, page):
            it.press(Qt.Key.Key_P)
            await until(lambda: page.filter_model.count(Shelf.PINNED) == 1)
            page.filter_by(Shelf.PINNED)
            await until(lambda: page.model.rowCount() == 1)
            page.list.setFocus()
            it.press(Qt.Key.Key_P)
            await until(lambda: not page.list.isVisible())
            await it.settle()
            focused = QApplication.focusWidget()
            assert focused is not None
            assert page.empty.isAncestorOf(focused)

    run_qt(main())
