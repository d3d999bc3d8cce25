"""The list of a library page: its model, and how a record looks in it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.codes import fold
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.expiry import Band, first_to_run_out
from desktop.services.views import LibraryRow
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.legible import legible

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
EXPIRED_ROLE = Qt.ItemDataRole.UserRole + 2
BAND_ROLE = Qt.ItemDataRole.UserRole + 3


class RecordModel(QAbstractListModel):
    """The records that match the search. No plate, birth date or document number is in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LibraryRow] = []
        self.today = date.min

    def show(self, rows: list[LibraryRow], today: date) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.endResetModel()

    def replace(self, row: LibraryRow) -> None:
        """Show a record that has changed where it stands."""
        for place, one in enumerate(self.rows):
            if one.id == row.id:
                self.rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a record in the form a role wants."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        title = legible(row.title or row.key) or text("library.unnamed")
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == EXPIRED_ROLE:
            return self._paper(row)
        if role == BAND_ROLE:
            first = first_to_run_out(row.local, self.today)
            return None if first is None else first[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (title, legible(row.subtitle), self._paper(row), "" if row.is_active else text("library.inactive"))
            return ", ".join(part for part in parts if part)
        return row if role == ROW_ROLE else None

    def _paper(self, row: LibraryRow) -> str:
        first = first_to_run_out(row.local, self.today)
        if first is None:
            return ""
        band, paper = first
        name = paper_name(paper.what)
        if band is Band.EXPIRED:
            return text("library.paper.ran_out", paper=name, day=paper.day.isoformat())
        return text("library.paper.runs_out", paper=name, day=paper.day.isoformat())


def paper_name(what: str) -> str:
    """Return the name of a kind of paper; one that nobody here knows is called a paper."""
    return text(f"library.paper.name.{what}") if what in _NAMED else text("library.paper.name.other")


_NAMED = frozenset({"fast", "licence", "passport", "permit", "hazmat", "insurance", "plate", "inspection"})


def words_of(row: LibraryRow, company: str = "") -> str:
    """Return the folded words a record is found by: number, name, place, telephone, carrier; nothing private."""
    return fold("\n".join((row.key, row.title, row.subtitle, company, *_place(row))))


def _place(row: LibraryRow) -> list[str]:
    found: list[object] = []
    for name in ("address", "usAddress"):
        place = row.document.get(name)
        if is_object(place):
            found += [place.get(member) for member in ("city", "stateProvince", "country")]
    local: JSONObject = row.local
    found += [local.get(name) for name in ("contact", "email", "phone")]
    found.append(row.document.get("contactNumber"))
    return [word for word in found if isinstance(word, str)]


class RecordDelegate(QStyledItemDelegate):
    """Draws a record: name strong, number or place below, a sign where a paper runs out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return two lines."""
        return QSize(100, theme.line_height("strong") + theme.line_height("caption") + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, LibraryRow):
            return
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(room, colours.selection if is_current else colours.alt)
        if is_current:
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height()), colours.accent)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        paper = str(index.data(EXPIRED_ROLE) or "")
        band = index.data(BAND_ROLE)
        inner = room.adjusted(14, 6, -14, -6)
        is_urgent = band in (Band.EXPIRED, Band.WEEK)
        if is_urgent:
            square = QRect(inner.right() - 18, inner.top() + 6, 18, 18)
            signs.paint_sign(painter, square, signs.Sign.ASK, colours)
            inner.setRight(inner.right() - 28)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("strong"))
        painter.setPen(colours.text if row.is_active else colours.text2)
        height = theme.line_height("strong")
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), middle, words)
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.attention if is_urgent else colours.text2)
        second = paper or (legible(row.subtitle) if row.is_active else text("library.inactive"))
        words = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideRight, inner.width())
        below = QRect(inner.left(), inner.top() + height, inner.width(), theme.line_height("caption"))
        painter.drawText(below, middle, words)
        painter.restore()
