"""How a company reaches BorderConnect: the way, the office proxy, a further certificate authority."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import CompanyRow
from desktop.tasks import TaskKeeper
from desktop.ui import dialogs, pieces, theme

_WAYS = ("socket", "http")


class NetworkFields(QWidget):
    """The fields about the network, below those of the connection; offices that need none leave them as they are."""

    def __init__(self, keeper: TaskKeeper, row: CompanyRow | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.way = QComboBox()
        self.way.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.way.setMinimumContentsLength(20)
        for way in _WAYS:
            self.way.addItem(texts.text(f"network.way.{way}"), way)
        self.proxy = QLineEdit()
        self.ca_file = QLineEdit()
        if row is not None:
            self.way.setCurrentIndex(max(0, self.way.findData(row.way)))
            self.proxy.setText(row.proxy)
            self.ca_file.setText(row.ca_file)
        self.choose = pieces.button(texts.text("network.choose"), name="company_ca_choose")
        self.choose.setToolTip(texts.text("network.choose_tip"))
        self.choose.setAccessibleName(texts.text("network.choose_tip"))
        self.choose.clicked.connect(lambda: self._keeper.start(self._choose(), name="company.ca_file"))
        file_row = QWidget()
        beside = QHBoxLayout(file_row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.STEP_8)
        beside.addWidget(self.ca_file, 1)
        beside.addWidget(self.choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.STEP_4, 0)
        self._column.setSpacing(0)
        self._column.addSpacing(theme.STEP_16)
        self._column.addWidget(pieces.label(texts.text("network.head"), "strong"))
        self._add("way", self.way, self.way)
        self._add("proxy", self.proxy, self.proxy)
        self._add("ca_file", self.ca_file, file_row)

    def _add(self, name: str, field: QComboBox | QLineEdit, shown: QWidget) -> None:
        field.setObjectName(f"company_{name}")
        field.setMinimumHeight(theme.FIELD_HEIGHT)
        field.setAccessibleName(texts.text(f"network.field.{name}"))
        field.setAccessibleDescription(texts.text(f"network.hint.{name}"))
        words = pieces.label(texts.text(f"network.field.{name}"), "caption", look="muted")
        words.setBuddy(field)
        hint = pieces.label(texts.text(f"network.hint.{name}"), "caption", look="muted")
        hint.setWordWrap(True)
        self._column.addSpacing(theme.FIELD_ROW_GAP)
        self._column.addWidget(words)
        self._column.addSpacing(theme.LABEL_TO_FIELD)
        self._column.addWidget(shown)
        self._column.addSpacing(theme.FIELD_TO_MESSAGE)
        self._column.addWidget(hint)

    def values(self) -> dict[str, str]:
        """Return what was chosen, by the names of the company's fields."""
        return {
            "way": str(self.way.currentData()),
            "proxy": self.proxy.text().strip(),
            "ca_file": self.ca_file.text().strip(),
        }

    async def _choose(self) -> None:
        dialog = QFileDialog(self.window(), texts.text("network.choose_title"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if chosen:
            self.ca_file.setText(chosen[0])
