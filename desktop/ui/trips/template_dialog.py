"""Keeps a trip as a template under a name, and looks after the templates there are."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.views import TemplateRow
from desktop.services.words import error_words
from desktop.ui import dialogs, pieces, theme
from desktop.ui.legible import legible
from desktop.ui.toast import announce
from desktop.ui.trips.asks import Starting

_WIDTH, _HEIGHT = 460, 420
_LONGEST = 80

Start = Callable[[Coroutine[Any, Any, None], str], object]


class NameDialog(QDialog):
    """Asks for a template's name; one that is taken is said below the field, and nothing typed is lost.

    Attributes:
        name: the name typed.
    """

    def __init__(self, title: str, name: str, taken: Sequence[str], accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = {one.casefold() for one in taken}
        pieces.dress(self, title, "template_name_dialog")
        self.field = QLineEdit(name)
        self.field.setObjectName("template_name")
        self.field.setAccessibleName(texts.text("ways.template.name"))
        self.field.setMinimumHeight(theme.FIELD_HEIGHT)
        self.field.setMaxLength(_LONGEST)
        self.field.selectAll()
        self.field.textChanged.connect(self._judge)
        self.remark = pieces.prose(look="muted")
        self.remark.setMinimumHeight(2 * theme.line_height("body"))
        self.take = pieces.button(accept, is_primary=True, name="template_name_take")
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        cancel = pieces.button(texts.text("window.dialog.cancel"), name="template_name_cancel")
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(self.field)
        column.addWidget(self.remark)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column.addLayout(foot)
        self._judge()
        pieces.fit(self, _WIDTH, 0)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """The name typed, with single spaces."""
        return " ".join(self.field.text().split())

    def _judge(self) -> None:
        is_taken = self.name.casefold() in self._taken
        words = texts.text("ways.template.taken" if is_taken else "ways.template.why")
        if self.remark.text() != words:
            self.remark.setText(words)
            self.field.setAccessibleDescription(words)
            if is_taken:
                announce(self.field, words)
        self.take.setEnabled(bool(self.name) and not is_taken)


class TemplatesDialog(QDialog):
    """The templates: start a trip, rename (F2), remove (Del) and take that back.

    Attributes:
        chosen: id of the template to start from; empty where the dialog was only closed.
    """

    def __init__(
        self,
        starting: Starting,
        rows: Sequence[TemplateRow],
        names: Mapping[str, str],
        start: Start,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = ""
        self._starting = starting
        self._names = names
        self._start = start
        self._shown = {row.company for row in rows}
        self._removed: TemplateRow | None = None
        title = texts.text("ways.templates.title")
        pieces.dress(self, title, "templates_dialog")
        self.list = QListWidget()
        self.list.setObjectName("templates_list")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.list.currentItemChanged.connect(lambda *_: self._follow())
        self.said = pieces.prose(look="muted")
        self.said.setMinimumHeight(theme.line_height("body"))
        self.undo = pieces.button(texts.text("window.undo"), "undo", name="template_undo")
        self.undo.clicked.connect(self._on_undo)
        self.take = pieces.button(texts.text("ways.templates.start"), is_primary=True, name="template_start")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        self.rename = pieces.button(texts.text("ways.templates.rename"), name="template_rename")
        self.rename.clicked.connect(self._on_rename)
        self.remove = pieces.button(texts.text("ways.templates.remove"), "trash", name="template_remove")
        self.remove.clicked.connect(self._on_remove)
        close = pieces.button(texts.text("window.dialog.close"), name="templates_close")
        close.clicked.connect(self.reject)
        pieces.on_key(self.list, "F2", self._on_rename, only_with_focus=True)
        pieces.on_key(self.list, "Del", self._on_remove, only_with_focus=True)
        self._lay(title, close)
        self.show_rows(rows)
        self._say("")
        pieces.fit(self, _WIDTH, _HEIGHT)
        self.list.setFocus()

    def _lay(self, title: str, close: QWidget) -> None:
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.undo)
        column.addLayout(line)
        foot = QHBoxLayout()
        foot.addWidget(self.rename)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.take)
        column.addLayout(foot)

    def show_rows(self, rows: Sequence[TemplateRow], current: str = "") -> None:
        """Show these templates; `current` becomes the current one."""
        place = self.list.currentRow()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(legible(self._words(row)))
            item.setToolTip(pieces.plain_tip(row.name))
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setSizeHint(QSize(0, theme.TARGET_HEIGHT))
            self.list.addItem(item)
            if row.id == current:
                place = self.list.count() - 1
        self.list.setCurrentRow(max(0, min(place, self.list.count() - 1)))
        self._follow()

    def _words(self, row: TemplateRow) -> str:
        direction = texts.text("window.chip.usa" if row.regime is Regime.ACE else "window.chip.canada")
        words = texts.text("ways.new.template", name=row.name, direction=direction)
        if row.company in self._names:
            return texts.text("ways.new.template_of", template=words, carrier=self._names[row.company])
        return words

    def _row(self) -> TemplateRow | None:
        item = self.list.currentItem()
        row: TemplateRow | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return row

    def _follow(self) -> None:
        for button in (self.take, self.rename, self.remove):
            button.setEnabled(self._row() is not None)

    def _say(self, words: str, *, can_undo: bool = False) -> None:
        self.said.setText(legible(words))
        self.undo.setVisible(can_undo)
        if words:
            announce(self, words)

    def _take(self) -> None:
        row = self._row()
        if row is not None:
            self.chosen = row.id
            self.accept()

    async def _read(self, current: str = "") -> None:
        rows = [row for row in await self._starting.templates() if row.company in self._shown]
        if shiboken6.isValid(self):
            self.show_rows(rows, current)

    def _on_rename(self) -> None:
        row = self._row()
        if row is not None:
            self._start(self._rename(row), "rename_template")

    async def _rename(self, row: TemplateRow) -> None:
        same = [one for one in await self._starting.templates(row.company) if one.regime is row.regime]
        taken = [one.name for one in same if one.id != row.id]
        title, accept = texts.text("ways.template.rename", name=row.name), texts.text("ways.templates.rename")
        dialog = NameDialog(title, row.name, taken, accept, self)
        if await dialogs.finished(dialog):
            await self._starting.rename_template(row.id, dialog.name)
            await self._read(row.id)

    def _on_remove(self) -> None:
        row = self._row()
        if row is not None:
            self._start(self._remove(row), "remove_template")

    async def _remove(self, row: TemplateRow) -> None:
        await self._starting.remove_template(row.id)
        self._removed = row
        await self._read()
        self._say(texts.text("ways.templates.removed", name=row.name), can_undo=True)
        (self.list if self.list.count() else self.undo).setFocus()

    def _on_undo(self) -> None:
        row, self._removed = self._removed, None
        if row is not None:
            self._start(self._bring_back(row), "bring_template_back")

    async def _bring_back(self, row: TemplateRow) -> None:
        try:
            await self._starting.bring_template_back(row.id)
        except DesktopError as error:
            self._say(error_words(error).text)
            return
        await self._read(row.id)
        self._say("")
        self.list.setFocus()
