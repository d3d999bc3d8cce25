"""Asks before a person is erased: what goes, what stays, what cannot be reached. Keeping everything is the default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import dialogs, pieces, theme
from desktop.ui.desk import Desk
from desktop.ui.legible import legible

if TYPE_CHECKING:
    from desktop.services.erasing import Erased, ErasePreview

_WIDTH = 640
_LISTED = 6


class EraseDialog(QDialog):
    """Says what erasing a person means and has the user type the name; accepted only then.

    Attributes:
        with_backups: whether older backups are to go; None where there are none.
    """

    def __init__(self, seen: ErasePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = seen
        self._word = (seen.name.split() or [""])[-1]
        title = texts.text("erase.title", name=seen.name or texts.text("library.unnamed"))
        pieces.dress(self, title, "erase_dialog")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(legible(title), "title"))
        column.addWidget(pieces.prose(texts.text("erase.about")))
        for words in self._in_the_way():
            column.addWidget(pieces.prose(legible(words), "strong"))
        goes = [
            texts.text("erase.goes.record"),
            texts.text("erase.goes.trips", trips=seen.trips),
            texts.text("erase.goes.messages", messages=seen.messages, templates=seen.templates),
            texts.text("erase.goes.mail"),
        ]
        self._section(column, "erase.goes", goes)
        self._section(column, "erase.stays", [texts.text("erase.stays.text")])
        self._section(column, "erase.beyond", [texts.text("erase.beyond.text")])
        self.with_backups = self._backups(column) if seen.backups else None
        self.typed = QLineEdit()
        self.typed.setObjectName("erase_typed")
        self.typed.setFixedHeight(theme.fitted(theme.FIELD_HEIGHT))
        self.typed.setEnabled(seen.can_go)
        self.typed.textChanged.connect(self._on_typed)
        asked = pieces.label(legible(texts.text("erase.confirm", word=self._word.replace("&", "&&"))), "strong")
        asked.setBuddy(self.typed)
        self.typed.setAccessibleName(legible(texts.text("erase.confirm", word=self._word).replace("&", "", 1)))
        column.addWidget(asked)
        column.addWidget(self.typed)
        column.addStretch(1)
        outer = QVBoxLayout(pieces.ground(self))
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(pieces.scrolling(body), 1)
        outer.addWidget(self._foot())
        room = parent.window().size() if parent is not None else None
        width = _WIDTH if room is None else min(_WIDTH, room.width() - theme.STEP_32)
        wanted = (column.heightForWidth(width) if column.hasHeightForWidth() else body.sizeHint().height()) + 64
        self.resize(width, wanted if room is None else min(wanted, room.height() - theme.STEP_32))
        self.keep.setFocus()
        self._on_typed()

    def _in_the_way(self) -> list[str]:
        seen = self._seen
        found = [] if seen.is_known else [texts.text("erase.not_known")]
        if seen.not_settled:
            found.append(texts.text("erase.not_settled", trips=_listed(seen.not_settled)))
        if seen.open:
            found.append(texts.text("erase.open", trips=_listed(seen.open)))
        return found

    def _section(self, column: QVBoxLayout, heading: str, lines: Sequence[str]) -> None:
        column.addWidget(pieces.label(texts.text(heading), "heading"))
        for line in lines:
            column.addWidget(pieces.prose(line))

    def _backups(self, column: QVBoxLayout) -> QCheckBox:
        made = QCheckBox(texts.text("erase.backups", count=self._seen.backups))
        made.setObjectName("erase_backups")
        made.setMinimumHeight(theme.TARGET_HEIGHT)
        made.setChecked(True)
        made.setEnabled(self._seen.can_go)
        detail = pieces.prose(texts.text("erase.backups.detail"), "caption", look="muted")
        detail.setContentsMargins(theme.STEP_24, 0, 0, theme.STEP_4)
        made.setAccessibleDescription(detail.text())
        column.addWidget(made)
        column.addWidget(detail)
        return made

    def _foot(self) -> QWidget:
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.setSpacing(theme.STEP_8)
        self.erase = pieces.button(texts.text("erase.do"), "trash", name="erase_do")
        self.erase.setAutoDefault(False)
        self.erase.clicked.connect(self.accept)
        self.keep = pieces.button(texts.text("erase.keep"), is_primary=True, name="erase_keep")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(self.erase)
        row.addWidget(self.keep)
        return foot

    def _on_typed(self) -> None:
        if hasattr(self, "erase"):
            is_right = self.typed.text().strip().casefold() == self._word.casefold() and bool(self._word)
            self.erase.setEnabled(self._seen.can_go and is_right)


async def erase(desk: Desk, item: str, parent: QWidget) -> bool:
    """Ask, erase, and say what became of it; False where the user kept everything.

    Raises:
        DesktopError: nothing was erased.
    """
    dialog = EraseDialog(await desk.erasing.preview(item), parent)
    if not await dialogs.finished(dialog):
        return False
    with_backups = dialog.with_backups is not None and dialog.with_backups.isChecked()
    done = await desk.erasing.erase(item, with_backups=with_backups)
    await dialogs.tell(parent, *_outcome(done, desk.backups.folder), is_problem=not done.is_finished)
    return True


def _outcome(done: Erased, folder: Path) -> tuple[str, str]:
    if not done.is_finished:
        return texts.text("erase.later.title"), texts.text("erase.later.text")
    said = [texts.text("erase.done.text")]
    if done.backups_kept:
        said.append(texts.text("erase.done.backups", count=done.backups_kept, folder=str(folder)))
    return texts.text("erase.done.title"), "\n\n".join(said)


def _listed(numbers: Sequence[str]) -> str:
    names = [number or texts.text("library.used.unnumbered") for number in numbers]
    return ", ".join([*names[:_LISTED], *(["…"] if len(names) > _LISTED else [])])
