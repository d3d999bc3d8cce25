"""The watched folder in the settings: which one, what happens to files there, what came last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.ui import dialogs, pieces, theme
from desktop.ui.choices import Choices
from desktop.ui.company_dialog import MessageLine
from desktop.ui.legible import legible
from desktop.ui.signs import Sign

if TYPE_CHECKING:
    from desktop.services.watched import News
    from desktop.ui.desk import Desk


class FolderSection(QWidget):
    """Enter in the field, or "Watch", looks at the folder and watches it from then on."""

    def __init__(self, desk: Desk, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watched_folder_section")
        self._desk = desk
        self._choices = choices
        self.message = MessageLine()
        self.field = QLineEdit(choices.watched_folder)
        self.field.setObjectName("watched_folder")
        self.field.setMinimumHeight(theme.FIELD_HEIGHT)
        self.field.setAccessibleName(texts.text("intake.folder.name"))
        self.field.setPlaceholderText(texts.text("intake.folder.none"))
        self.field.returnPressed.connect(self._on_watch)
        self.field.textEdited.connect(lambda _text: self.message.say(""))
        self.choose = pieces.button(texts.text("intake.folder.choose"), "folder", name="watched_choose")
        self.choose.clicked.connect(lambda: self._start(self._choose(), "choose"))
        self.watch = pieces.button(texts.text("intake.folder.watch"), name="watched_watch")
        self.watch.clicked.connect(self._on_watch)
        self.leave = pieces.button(texts.text("intake.folder.stop"), name="watched_stop")
        self.leave.clicked.connect(self._on_stop)
        self.last = pieces.prose("", "caption", look="muted")
        label = pieces.label(texts.text("intake.folder.name"), "caption", look="muted")
        label.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.field, 1)
        for button in (self.choose, self.watch, self.leave):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_4)
        column.addWidget(pieces.prose(texts.text("intake.folder.what"), look="muted"))
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addWidget(pieces.prose(texts.text("intake.folder.files"), "caption", look="muted"))
        column.addWidget(self.last)
        leave = desk.watched.subscribe(self._on_news)
        self.destroyed.connect(leave)
        self._show_state()

    def _start(self, work: object, name: str) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), work), name=f"watched.{name}")  # type: ignore[arg-type]  # a coroutine

    def _on_news(self, _news: News) -> None:
        self._show_state()

    def _show_state(self) -> None:
        watched = self._desk.watched
        self.leave.setVisible(bool(watched.folder))
        if watched.trouble is not None:
            words = error_words(watched.trouble)
            self.message.say(legible(f"{words.text} {words.remedy}"))
        news = watched.last
        if news is None:
            self.last.setText(texts.text("intake.folder.waiting" if watched.folder else "intake.folder.off"))
            return
        parts = [texts.text("intake.folder.trips", count=len(news.trips))]
        if news.shipments:
            parts.append(texts.text("intake.dispatch.shipments", count=news.shipments))
        if news.same:
            parts.append(texts.text("intake.folder.same", count=news.same))
        if news.failed:
            parts.append(texts.text("intake.folder.failed", count=len(news.failed)))
        time = f"{news.at.astimezone():%H:%M:%S}"
        self.last.setText(texts.text("intake.folder.last", time=time, what=" ".join(parts)))

    async def _choose(self) -> None:
        dialog = QFileDialog(self.window(), texts.text("intake.folder.choose_title"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if self.field.text():
            dialog.setDirectory(self.field.text())
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if chosen:
            self.field.setText(QDir.toNativeSeparators(chosen[0]))
            await self._watch()

    def _on_watch(self) -> None:
        self._start(self._watch(), "watch")

    def _on_stop(self) -> None:
        self.field.clear()
        self._start(self._watch(), "stop")
        self.field.setFocus()

    async def _watch(self) -> None:
        """Watch what stands in the field; where that cannot be, say so beside it and leave everything as it was."""
        folder = self.field.text().strip()
        try:
            if folder:
                self.message.say(texts.text("intake.folder.looking"), Sign.CONNECTING)
                await self._desk.watched.check_folder(folder)
            self._choices.watched_folder = folder
        except DesktopError as error:
            words = error_words(error)
            self.message.say(legible(f"{words.text} {words.remedy}"))
            self.field.setFocus()
            return
        self._desk.watched.watch(folder)
        self.message.say(texts.text("intake.folder.watching"), Sign.CONNECTED) if folder else self.message.say("")
        self._show_state()
