"""What a picker offers: choices out of code lists, crossings and other sources, and how a choice is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain import codes, crossings
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme

LIMIT = 60
CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick.

    Attributes:
        value: what goes into the field.
        title: its name in words.
        detail: a second, muted line; empty where there is none.
        sign: name of a sign that warns of it (an expired document), or empty.
        payload: the library row behind it; None for plain codes.
        is_add: the row that makes a new one of what was typed.
    """

    value: str
    title: str = ""
    detail: str = ""
    sign: signs.Sign | None = None
    payload: object | None = None
    is_add: bool = False

    @property
    def shown(self) -> str:
        """The value and its name as the closed field shows them."""
        if self.is_add:
            return self.value
        return with_words(self.value, self.title)


def with_words(code: str, words: str) -> str:
    """Return a code with its words, once where the words begin with it: `PAPS`, `A49 Automotive`, `ON Ontario`."""
    if f"{words} ".casefold().startswith(f"{code} ".casefold()):
        return f"{code}{words[len(code) :]}"
    return f"{code} {words}".strip()


class Source(Protocol):
    """Where a picker finds its choices."""

    def find(self, words: str) -> list[Choice]:
        """Return what fits the typed words, best first; all of it (within reason) for no words."""
        ...

    def shown(self, value: str) -> str:
        """Return what the closed field shows for a value."""
        ...

    def exact(self, typed: str) -> str | None:
        """Return the value the typed text is, or None where it is not plainly one."""
        ...


class CodeSource:
    """A code list, by code or by words."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find(self, words: str) -> list[Choice]:
        """Return codes that fit."""
        return [Choice(code.code, code.label, code.detail) for code in codes.code_list(self._name).search(words, LIMIT)]

    def shown(self, value: str) -> str:
        """Return code and label; an unknown code alone."""
        label = codes.code_list(self._name).label(value)
        return with_words(value, label or "")

    def exact(self, typed: str) -> str | None:
        """Return the code for a code typed in any case, or for what the field showed."""
        found = codes.code_list(self._name)
        for code in (typed, typed.upper(), typed.split(" ", 1)[0].upper() if " " in typed else typed):
            if found.label(code) is not None and (code in {typed, typed.upper()} or self.shown(code) == typed):
                return code
        return None


class CrossingSource(CodeSource):
    """Ports of a regime by code, city, or the city opposite: `windsor` finds Detroit (domain A03)."""

    def __init__(self, regime: Regime, code_list: str) -> None:
        super().__init__(code_list)
        self._regime = regime

    def find(self, words: str) -> list[Choice]:
        """Return crossings first, then every other port of the list."""
        found: dict[str, Choice] = {}
        for crossing in crossings.search(words):
            is_ace = self._regime is Regime.ACE
            port = crossing.us_port if is_ace else crossing.ca_office
            here = (
                _city(crossing.us_city, crossing.us_state) if is_ace else _city(crossing.ca_city, crossing.ca_province)
            )
            there = (
                _city(crossing.ca_city, crossing.ca_province) if is_ace else _city(crossing.us_city, crossing.us_state)
            )
            if port and port not in found:
                found[port] = Choice(port, here, text("editor.picker.opposite", name=crossing.name, city=there))
        for choice in super().find(words):
            found.setdefault(choice.value, choice)
        return list(found.values())[:LIMIT]

    def shown(self, value: str) -> str:
        """Return the port's code and city."""
        is_ace = self._regime is Regime.ACE
        found = crossings.by_us_port(value) if is_ace else crossings.by_ca_office(value)
        if not found:
            return super().shown(value)
        here = found[0]
        city = _city(here.us_city, here.us_state) if is_ace else _city(here.ca_city, here.ca_province)
        return f"{value} {city}"


def _city(city: str, state: str) -> str:
    return f"{city}, {state}" if city and state else city or state


@lru_cache(maxsize=64)
def code_source(name: str) -> CodeSource:
    """Return the source of a code list; one for all pickers."""
    return CodeSource(name)


class ChoiceModel(QAbstractListModel):
    """The choices of one open picker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def show(self, choices: list[Choice]) -> None:
        """Replace what is offered."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a choice in the form a role wants."""
        if not index.isValid() or not 0 <= index.row() < len(self.choices):
            return None
        choice = self.choices[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return choice.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = choice.title if choice.is_add else choice.shown
            return ", ".join(part for part in (name, choice.detail) if part)
        return choice if role == CHOICE_ROLE else None


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice: value strong, name beside it, detail muted below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one or two lines."""
        choice = index.data(CHOICE_ROLE)
        height = theme.line_height("body") + 8
        if isinstance(choice, Choice) and choice.detail:
            height += theme.line_height("caption")
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it on the selection's own colour, so that signs keep theirs."""
        choice = index.data(CHOICE_ROLE)
        if not isinstance(choice, Choice):
            super().paint(painter, option, index)
            return
        colours = theme.colours()
        room: QRect = option.rect
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(room, colours.selection if is_current else colours.surface)
        left = room.left() + 10
        right = room.right() - 8
        if choice.sign is not None:
            signs.paint_sign(painter, QRect(right - 14, room.top() + 6, 14, 14), choice.sign, colours)
            right -= 22
        top = room.top() + 4
        line = theme.line_height("body")
        strong, body, caption = theme.font("strong"), theme.font("body"), theme.font("caption")
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if choice.is_add:
            painter.setFont(body)
            painter.setPen(colours.accent)
            painter.drawText(QRect(left, top, right - left, line), middle, choice.title)
        else:
            metrics = QFontMetrics(strong)
            value = metrics.elidedText(choice.value, Qt.TextElideMode.ElideRight, right - left)
            painter.setFont(strong)
            painter.setPen(colours.text)
            painter.drawText(QRect(left, top, right - left, line), middle, value)
            used = metrics.horizontalAdvance(value + " ")
            painter.setFont(body)
            painter.setPen(colours.text2)
            words = choice.shown[len(choice.value) :].lstrip()
            name = QFontMetrics(body).elidedText(words, Qt.TextElideMode.ElideRight, max(0, right - left - used))
            painter.drawText(QRect(left + used, top, right - left - used, line), middle, name)
        if choice.detail:
            painter.setFont(caption)
            painter.setPen(colours.text2)
            detail = QFontMetrics(caption).elidedText(choice.detail, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, top + line, right - left, theme.line_height("caption")), middle, detail)
        painter.restore()
