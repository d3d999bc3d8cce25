"""What a trip carries, where that is not goods: empty, bobtail, IIT only. A local fact; the wire has no word for it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.native_editor import field_height
from desktop.ui.binding.session import Editing

NATURES = ("", "empty", "bobtail", "iit")
"""Values of the local fact `nature`; the empty one is a loaded trip."""


def local_of(session: Editing) -> dict[str, object]:
    """Return the facts of a trip that are not on the wire; a library record has none."""
    local = getattr(session, "local", None)
    return local if isinstance(local, dict) else {}


def nature_of(session: Editing) -> str:
    """Return what a trip was marked as."""
    said = local_of(session).get("nature")
    if isinstance(said, str) and said in NATURES:
        return said
    return "empty" if local_of(session).get("is_empty_trip") is True else ""


class NatureBox(QWidget):
    """The choice with its label, laid out like a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Editing | None = None
        self.label = QLabel(text("trip_editor.nature"), self)
        self.label.setFont(theme.font("caption"))
        self.label.setProperty("look", "muted")
        self.label.setFixedHeight(theme.line_height("caption"))
        self.choice = QComboBox(self)
        self.choice.setFixedHeight(field_height())
        self.choice.setAccessibleName(text("trip_editor.nature"))
        self.choice.setToolTip(text("trip_editor.nature.help"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(4)
        self.label.setBuddy(self.choice)
        self.setFocusProxy(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addSpacing(theme.LABEL_TO_FIELD + 2)
        column.addWidget(self.choice)
        column.addStretch(1)
        self.choice.activated.connect(self._on_chosen)

    def bind(self, session: Editing) -> None:
        """Show and set the fact of a trip; IIT only stands where the regime knows such a bond."""
        self._session = session
        for nature in NATURES:
            if nature != "iit" or session.regime is Regime.ACE:
                self.choice.addItem(text(f"trip_editor.nature.{nature or 'loaded'}"), nature)

    def refresh(self) -> None:
        """Show what the trip is marked as."""
        if self._session is not None:
            index = self.choice.findData(nature_of(self._session))
            if index != self.choice.currentIndex():
                self.choice.setCurrentIndex(index)

    def _on_chosen(self, index: int) -> None:
        said = self.choice.itemData(index)
        session = self._session
        if session is None or said == nature_of(session):
            return
        set_local = getattr(session, "set_local", None)
        if set_local is not None:
            set_local("is_empty_trip", bool(said))
            set_local("nature", said)
