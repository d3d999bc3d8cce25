"""Files dropped onto the window: the same preview as for chosen files; nothing comes in by the drop itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

MESSAGES = (".json", ".jsonl")
TABLES = (".csv", ".tsv", ".xlsx")
_MOST = 500


def files_in(mime: QMimeData, endings: tuple[str, ...] = (*MESSAGES, *TABLES)) -> list[str]:
    """Return the files of this computer that are dragged; none where anything else is dragged too."""
    urls = mime.urls() if mime.hasUrls() else []
    names = [url.toLocalFile() for url in urls if url.isLocalFile()]
    if not urls or len(names) != len(urls) or len(names) > _MOST:
        return []
    return names if all(Path(name).suffix.lower() in endings for name in names) else []


class DropTarget(QObject):
    """Takes files dropped anywhere on the window where nothing else takes them."""

    def __init__(self, window: QWidget, dropped: Callable[[list[str]], None]) -> None:
        super().__init__(window)
        self._dropped = dropped
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept files we read, and hand them on once they are let go."""
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            names = files_in(event.mimeData())
            if names:
                event.setDropAction(Qt.DropAction.CopyAction)  # whatever was asked: the files stay where they are
                event.accept()
                self._dropped(names)
                return True
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent) and files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        return super().eventFilter(watched, event)
