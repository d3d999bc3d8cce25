"""Markup typed into any field is shown as typed: in fields, lists, tips, dialogs, palette, on every screen."""

from __future__ import annotations

import pytest
from fakes import desk_sample as sample
from fakes.screens import ScreensDesk, dialogs, editors, hostile_library, pages, visiting
from fakes.window import opened, until
from gui.test_hostile_text import faults
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit

from desktop.domain.fields import Kind
from desktop.domain.lifecycle import Regime
from desktop.services.views import InboxCard
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.secret_edit import SecretEdit
from desktop.ui.palette.dialog import Palette

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WORDS = "<b>x</b><img src=x>&amp; &copy"


class MarkupDesk(ScreensDesk):
    """Everything anybody typed is markup."""

    def __init__(self):
        super().__init__(WORDS, is_practice=True)
        self.all_library += hostile_library(WORDS)


def typed_wrong(root):
    """Fields that show their text otherwise than it stands in the document."""
    found = []
    for box in root.findChildren(FieldBox):
        value = box.value()
        if not box.isVisible() or box.field is None or box.field.kind is not Kind.TEXT or box.field.codes:
            continue
        if not isinstance(value, str) or isinstance(box.editor, SecretEdit) or box.line is None:
            continue
        if value not in box.line.text():
            found.append(f"{box.objectName()} has {value!r} and shows {box.line.text()!r}")
    return found


def rich(root):
    """Labels that would read markup, and tips of lists that would."""
    found = [
        f"{type(label).__name__} {label.objectName()} reads markup"
        for label in root.findChildren(QLabel)
        if "<b>" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(min(model.rowCount(), 40) if model is not None else 0):
            for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
                tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                if isinstance(tip, str) and "<img" in tip:
                    found.append(f"{view.objectName()} has markup in the tip of row {row}")
    return found


def shown(root):
    """Every text on show that holds what was typed."""
    labels = [label.text() for label in root.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in root.findChildren(QLineEdit) if line.isVisible()]
    boxes = [box.currentText() for box in root.findChildren(QComboBox) if box.isVisible()]
    return sum("<img src=x>" in text for text in labels + lines + boxes)


@pytest.mark.parametrize(
    "share",
    [pages, lambda: editors(Regime.ACE), lambda: editors(Regime.ACI), dialogs],
    ids=["pages", "ace", "aci", "dialogs"],
)
def test_markup_is_shown_as_typed(run_qt, share):
    async def main():
        found, seen = [], 0
        async with opened(MarkupDesk()) as it:
            for screen in share():
                async with visiting(it, screen) as widget:
                    widget.grab()
                    found += [
                        f"{screen.name}: {fault}" for fault in faults(widget) + rich(widget) + typed_wrong(widget)
                    ]
                    seen += shown(widget)
        assert found == []
        return seen

    assert run_qt(main()) > 0 or share is dialogs


def test_the_palette_finds_and_shows_markup_as_letters(run_qt):
    async def main():
        desk = MarkupDesk()
        now = desk.clock.now()
        first = desk.all_cards[0]
        desk.all_cards.append(
            InboxCard(
                "zz",
                now,
                first.kind,
                first.category,
                sample.COMPANY,
                None,
                "",
                None,
                "",
                WORDS,
                WORDS,
                first.sign,
                True,
                1,
            )
        )
        async with opened(desk) as it:
            it.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            palette = it.window.findChild(Palette)
            it.type("<img")
            await until(lambda: not palette._is_searching)
            assert [entry for entry in palette.model.entries if "<img src=x>" in entry.title]
            palette.grab()
            assert faults(palette) + rich(palette) == []
            assert palette.line.text() == "<img"
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            it.window.toast.say(WORDS)
            assert it.window.toast.words == WORDS
            assert faults(it.window.toast) == []
            assert QApplication.activeModalWidget() is None

    run_qt(main())
