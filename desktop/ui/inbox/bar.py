"""The bar over the inbox: how many are unread, what the list is narrowed to, the search, mark all."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.inbox.filters import FilterModel


class InboxBar(QFrame):
    """Title and controls; the combo box stands in for the list of kinds where there is no room for it."""

    def __init__(self, kinds: FilterModel, narrow: QToolButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setMinimumHeight(theme.BAR_HEIGHT)
        self.unread = pieces.label(look="muted")
        self.search = pieces.search_field("inbox_search", texts.text("inbox.search"), texts.text("inbox.search_name"))
        self.mark_all = pieces.button(texts.text("inbox.mark_all"), "mark-read", name="mark_all_read")
        self.mark_all.setToolTip(texts.text("inbox.mark_all"))
        self.combo = QComboBox()
        self.combo.setObjectName("inbox_filter_combo")
        self.combo.setMinimumHeight(theme.FIELD_HEIGHT)
        self.combo.setAccessibleName(texts.text("inbox.filter.name"))
        self.combo.setModel(kinds)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_12)
        row.addWidget(pieces.label(texts.text("inbox.title"), "title"))
        row.addWidget(self.unread)
        row.addWidget(self.combo)
        row.addStretch(1)
        row.addWidget(narrow)
        row.addWidget(self.search, 3)
        row.addWidget(self.mark_all)

    def show_unread(self, count: int) -> None:
        """Say how many are unread."""
        self.unread.setText(texts.text("inbox.unread", count=count) if count else texts.text("inbox.none_unread"))
        self.mark_all.setEnabled(bool(count))
