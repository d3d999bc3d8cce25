"""The preview of BorderConnect messages: what would happen to each, and nothing before "Import"."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.import_preview import Preview
from desktop.services.words import error_words
from desktop.ui import pieces, theme
from desktop.ui.intake.messages_model import MessagesModel, detail_words
from desktop.ui.intake.rows import RowsView
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce

_SHOWN_UNREADABLE = 5


class MessagesDialog(QDialog):
    """Opens at once and says that it reads; shows the preview when it is there.

    Attributes:
        preview: what would happen; None until it is known.
    """

    def __init__(self, carrier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        title = texts.text("intake.messages.title")
        pieces.dress(self, title, "import_messages")
        self.says = pieces.prose(texts.text("intake.reading"), look="muted")
        whose = (
            texts.text("intake.messages.whose", carrier=carrier) if carrier else texts.text("intake.messages.nobody")
        )
        self.model = MessagesModel(self)
        self.view = RowsView("import_rows", texts.text("intake.messages.list"), (200, 70, 200, 110))
        self.view.setModel(self.model)
        self.view.lay_columns()
        self.view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.detail = pieces.prose(look="muted")
        self.detail.setMinimumHeight(2 * theme.line_height("body"))
        self._unreadable = QVBoxLayout()
        self._unreadable.setSpacing(theme.STEP_4)
        body = QVBoxLayout()
        body.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        body.setSpacing(theme.STEP_8)
        body.addWidget(pieces.prose(title, "title"))
        body.addWidget(self.says)
        body.addWidget(pieces.prose(whose, "caption", look="muted"))
        body.addLayout(self._unreadable)
        table = pieces.frame("table")
        inner = QVBoxLayout(table)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.view)
        body.addWidget(table, 1)
        body.addWidget(self.detail)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._foot())
        QWidget.setTabOrder(self.view, self.take)
        QWidget.setTabOrder(self.take, self.back)
        line = theme.line_height("body")
        pieces.fit(self, 43 * line, 29 * line)
        self.back.setFocus()

    def _foot(self) -> QWidget:
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.setSpacing(theme.STEP_8)
        row.addWidget(pieces.label(texts.text("intake.messages.drafts"), "caption", look="muted"))
        row.addStretch(1)
        self.back = pieces.button(texts.text("window.dialog.cancel"), name="import_back")
        self.back.clicked.connect(self.reject)
        self.take = pieces.button(texts.text("intake.import"), "import", is_primary=True, name="import_take")
        self.take.setEnabled(False)
        self.take.clicked.connect(self.accept)
        row.addWidget(self.back)
        row.addWidget(self.take)
        return foot

    def show_preview(self, preview: Preview) -> None:
        """Show what would happen; Import is possible where anything would come in."""
        self.preview = preview
        self.model.show(preview.items)
        self.view.lay_columns()
        files = len({item.file for item in preview.items} | {name for name, _ in preview.unreadable})
        words = texts.text("intake.messages.found", count=len(preview.items))
        if files > 1:
            words = texts.text("intake.messages.of_files", found=words, number=files)
        self.says.setText(legible(f"{words} {texts.text('intake.nothing_yet')}"))
        for name, error in preview.unreadable[:_SHOWN_UNREADABLE]:
            said = error_words(error)
            self._add_unreadable(f"{Path(name).name}: {said.text.removeprefix(f'{name}: ')} {said.remedy}")
        rest = len(preview.unreadable) - _SHOWN_UNREADABLE
        if rest > 0:
            self._add_unreadable(texts.text("intake.messages.more_unreadable", count=rest))
        coming = preview.coming
        self.take.setEnabled(coming > 0)
        self.take.setDefault(coming > 0)
        self.take.setText(texts.text("intake.import_count", number=coming) if coming else texts.text("intake.import"))
        if preview.items:
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus()
        else:
            self.detail.setText("")
        announce(self, self.says.text())

    def _add_unreadable(self, words: str) -> None:
        box = pieces.frame("banner", "stop")
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_8)
        row.setSpacing(theme.STEP_8)
        row.addWidget(SignLabel(Sign.ERROR, 18))
        row.addWidget(pieces.prose(words), 1)
        self._unreadable.addWidget(box)

    def _on_current_changed(self, current: QModelIndex) -> None:
        items = self.model.items
        self.detail.setText(detail_words(items[current.row()]) if 0 <= current.row() < len(items) else "")
