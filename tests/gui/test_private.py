"""What is private of a person is on no screen in the clear: not in a field, tip, spoken name, list, title or toast."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fakes.screens import ScreensDesk, dialogs, editors, pages
from fakes.window import opened
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.domain.field import Kind
from desktop.domain.fields import FIELDS
from desktop.domain.lifecycle import Regime

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GOOD = {Kind.DATE: "1987-06-05", Kind.DIGITS: "42709876543201"}
WRONG = {Kind.DATE: "1987-06-35", Kind.DIGITS: "427Q9876543201?"}
OTHER, OTHER_WRONG = "QX7391", "QX7391,<?>"
ROLES = [role for role in Qt.ItemDataRole if role.value < Qt.ItemDataRole.UserRole.value]


PRIVATE = {
    tuple(path.replace("/*", "").split("/")[-2:]): field.kind
    for field in FIELDS
    if field.is_secret
    for path in (field.ace, field.aci)
    if path is not None
}
"""Kinds of the private members, by the name of what they stand in and their own."""


def with_private(value: Any, made: dict[Kind, str], other: str, inside: str = "drivers") -> Any:
    """A document whose private members hold values to look for."""
    if isinstance(value, list):
        return [with_private(one, made, other, inside) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: made.get(PRIVATE[inside, name], other)
        if (inside, name) in PRIVATE
        else with_private(one, made, other, name)
        for name, one in value.items()
    }


def rows_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    above = QModelIndex() if parent is None else parent
    for row in range(model.rowCount(above)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(above)):
            index = model.index(row, column, above)
            for role in ROLES:
                words = model.data(index, role)
                if isinstance(words, str):
                    yield words
            if column == 0 and not isinstance(model, QAbstractListModel | QAbstractTableModel):
                yield from rows_of(model, index)


def said(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text below a widget that is seen, spoken or pointed at."""
    for widget in [root, *root.findChildren(QWidget)]:
        name = f"{type(widget).__name__} {widget.objectName()}"
        for method in (
            *("text", "windowTitle", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription"),
            *("title", "placeholderText", "toPlainText", "currentText"),
        ):
            function = getattr(widget, method, None)
            if callable(function):
                words = function()
                if isinstance(words, str):
                    yield f"{name}.{method}", words
        for action in widget.actions():
            yield f"{name} action", f"{action.text()}\n{action.toolTip()}"
        model = widget.model() if isinstance(widget, QAbstractItemView) else None
        if model is not None:
            yield from ((f"{name} rows", words) for words in rows_of(model))


@pytest.mark.parametrize("group", ["pages", "ace", "aci", "dialogs"])
@pytest.mark.parametrize(("made", "other"), [(GOOD, OTHER), (WRONG, OTHER_WRONG)], ids=["good", "wrong"])
def test_nothing_private_is_on_any_screen(run_qt, group, made, other) -> None:
    screens = {"pages": pages, "dialogs": dialogs}.get(group, lambda: editors(Regime(group.upper())))()
    values = (*made.values(), other)

    async def main() -> None:
        desk = ScreensDesk()
        for trip in desk.stored:
            trip.document = with_private(trip.document, made, other)
        full = next(trip for trip in desk.stored if trip.id == desk.ids[Regime.ACE])
        assert all(value in json.dumps(full.document) for value in values), "there is something to look for"
        for row in desk.all_library:
            object.__setattr__(row, "document", with_private(row.document, made, other))
        found: list[str] = []
        async with opened(desk) as it:
            for screen in screens:
                widget = await screen.show(it)
                for window in {widget, *QApplication.topLevelWidgets()}:
                    found += [
                        f"{screen.name}: {where}"
                        for where, words in said(window)
                        if any(value in words for value in values)
                    ]
                if screen.is_dialog:
                    widget.reject()
                    await it.settle()
        assert sorted(set(found)) == []

    run_qt(main())
