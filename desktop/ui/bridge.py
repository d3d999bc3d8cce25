"""Services' events as Qt signals, one per subject, in the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.views import Changed, Subject
from desktop.ui.asks import Changes


class Bridge(QObject):
    """Turns each announced change into a signal that carries the `Changed` itself.

    Signals: `trip_changed`, `library_changed`, `inbox_changed`, `company_changed`, `link_changed`, `settings_changed`,
    `alert_changed`.
    A window that caused the change finds itself in `initiator` and need not read again.
    """

    trip_changed = Signal(object)
    library_changed = Signal(object)
    inbox_changed = Signal(object)
    company_changed = Signal(object)
    link_changed = Signal(object)
    settings_changed = Signal(object)
    alert_changed = Signal(object)

    def __init__(self, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = changes.subscribe(self._on_changed)

    def _on_changed(self, changed: Changed) -> None:
        match changed.subject:
            case Subject.TRIP:
                self.trip_changed.emit(changed)
            case Subject.LIBRARY:
                self.library_changed.emit(changed)
            case Subject.INBOX:
                self.inbox_changed.emit(changed)
            case Subject.COMPANY:
                self.company_changed.emit(changed)
            case Subject.LINK:
                self.link_changed.emit(changed)
            case Subject.SETTINGS:
                self.settings_changed.emit(changed)
            case Subject.ALERT:
                self.alert_changed.emit(changed)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()
