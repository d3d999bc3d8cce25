"""Several carriers in one window: whose trips and messages are shown, and whose a new trip is (product, dispatcher)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import CompanyRow
from desktop.ui import dialogs, pieces, theme
from desktop.ui.legible import legible
from desktop.ui.window_state import WindowState

_KEPT = "window.carrier"
_WIDTH = 420


def codes_of(row: CompanyRow) -> str:
    """Return the codes customs knows a carrier by, on one line."""
    return " · ".join([*row.scacs, *row.carrier_codes])


class Carriers(QObject):
    """The carriers of this data folder, and the one whose things are shown; none chosen shows all.

    Signals: `chosen_changed` when another one, or all, are to be shown; `settings_asked`.
    """

    chosen_changed = Signal()
    settings_asked = Signal()

    def __init__(self, state: WindowState, window: QWidget) -> None:
        super().__init__(window)
        self._state = state
        self._window = window
        self.rows: list[CompanyRow] = []

    @property
    def kept(self) -> str:
        """Id of the carrier shown last time; it need not exist any more."""
        return self._state.value(_KEPT)

    @property
    def chosen(self) -> CompanyRow | None:
        """The one carrier shown, where there are several."""
        return next((row for row in self.rows if row.id == self.kept), None) if len(self.rows) > 1 else None

    @property
    def names(self) -> dict[str, str]:
        """Names by id, where there are several: a list says then whose each trip is."""
        return {row.id: row.name for row in self.rows} if len(self.rows) > 1 else {}

    def show(self, rows: Sequence[CompanyRow]) -> None:
        """Know these carriers from now on."""
        before = self.chosen
        self.rows = list(rows)
        if self.chosen != before:
            self.chosen_changed.emit()

    def choose(self, company: str) -> None:
        """Show one carrier by its id, or all where it is empty; remembered."""
        self._state.keep(_KEPT, company)
        self._state.save()
        self.chosen_changed.emit()

    def pop(self, button: QWidget) -> None:
        """Offer the carriers at a button; with fewer than two there is nothing to choose, and the settings open."""
        if len(self.rows) < 2:  # noqa: PLR2004 - one is no choice
            self.settings_asked.emit()
            return
        menu = QMenu(button)
        menu.setObjectName("carriers_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        chosen = self.chosen
        for company, words in (("", texts.text("window.carriers.all")), *((row.id, row.name) for row in self.rows)):
            action = QAction(legible(words).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(company == (chosen.id if chosen is not None else ""))
            action.triggered.connect(lambda _checked=False, company=company: self.choose(company))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(texts.text("window.bar.company_tip"), self.settings_asked.emit)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.setActiveAction(next(action for action in group.actions() if action.isChecked()))

    async def whose(self, *, why: str = "") -> CompanyRow | None:
        """Return whose a trip is to be: the one shown, the only one, or the one the user names; None: he did not.

        Args:
            why: what the dialog says below its question.
        """
        if len(self.rows) == 1:
            return self.rows[0]
        if self.chosen is not None and not why:
            return self.chosen
        if not self.rows:
            return None
        dialog = CarrierDialog(self.rows, why or texts.text("window.carriers.why"), self._window)
        await dialogs.finished(dialog)
        return dialog.chosen


class CarrierDialog(QDialog):
    """Asks whose a trip is: arrows and Enter; Esc leaves everything as it is.

    Attributes:
        chosen: the carrier named; None until then.
    """

    def __init__(self, rows: Sequence[CompanyRow], why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: CompanyRow | None = None
        title = texts.text("window.carriers.title")
        pieces.dress(self, title, "carrier_dialog")
        self.list = QListWidget()
        self.list.setObjectName("carrier_list")
        self.list.setAccessibleName(title)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row in rows:
            codes = codes_of(row)
            item = QListWidgetItem(legible(f"{row.name}  {codes}" if codes else row.name))
            item.setToolTip(pieces.plain_tip(row.name))
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setSizeHint(QSize(0, theme.TARGET_HEIGHT))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.take = pieces.button(texts.text("window.carriers.take"), is_primary=True, name="carrier_take")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        back = pieces.button(texts.text("window.dialog.cancel"), name="carrier_back")
        back.clicked.connect(self.reject)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(pieces.prose(why, look="muted"))
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.take)
        column.addLayout(foot)
        pieces.fit(self, _WIDTH, 320)
        self.list.setFocus()

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()
