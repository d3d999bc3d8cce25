"""F6 and Shift+F6 go round the panes of the window (ui design 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

Find = Callable[[], Sequence[QWidget]]


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the first widget of a pane that takes the focus by Tab, the pane's own choice first."""
    proxy = pane.focusProxy()
    if proxy is not None and proxy.isVisible() and proxy.isEnabled():
        return proxy
    candidates = [pane, *pane.findChildren(QWidget)]
    for widget in candidates:
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        ):
            return widget
    return None


def beside(widget: QWidget, *, is_next: bool = True) -> QWidget | None:
    """Return the widget after another one in the order of Tab, or before it.

    Workaround for PySide 6.11 (until its `nextInFocusChain` stops doing so): what that returns is taken for a child of
    the widget it was asked of, even the window itself; when an editor went, every menu entry and part that Qt had made
    anywhere in the window was taken for deleted with it. Naming the real parent again, which changes nothing in Qt,
    puts that right.
    """
    found = widget.nextInFocusChain() if is_next else widget.previousInFocusChain()
    if found is not None:
        found.setParent(found.parentWidget())
    return found


def go_by_tab(window: QWidget, is_next: bool) -> bool:
    """Put the focus onto the next stop of Tab in a window, or the one before; return whether there is one.

    Qt's own way also stops at a widget that hands the focus to a part of itself (a page to its list), wherever that
    widget stands in the order, and so leads back into what was passed already. Here such a widget is passed over: its
    part is a stop of its own.
    """
    here = window.focusWidget() or window
    reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
    one = beside(here, is_next=is_next)
    while one is not None and one is not here:
        if (
            one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and one.isVisibleTo(window)
            and one.isEnabled()
            and one.window() is window
        ):
            one.setFocus(reason)
            return True
        one = beside(one, is_next=is_next)
    return False


class PaneRing:
    """Goes from pane to pane; a pane with nothing to focus is left out. Remembers where the focus was in each."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._last: dict[int, QWidget] = {}

    def go(self, step: int) -> None:
        """Put the focus into the next pane (`step` 1) or the one before (-1)."""
        panes = [pane for pane in self._find() if pane.isVisible() and first_stop(pane) is not None]
        if not panes:
            return
        focus = QApplication.focusWidget()
        inside = [number for number, pane in enumerate(panes) if focus is not None and _holds(pane, focus)]
        here = inside[0] if inside else -1 if step > 0 else 0
        if focus is not None and here >= 0:
            self._last[id(panes[here])] = focus
        pane = panes[(here + step) % len(panes)]
        kept = self._last.get(id(pane))
        target = kept if kept is not None and _is_usable(kept, pane) else first_stop(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _is_usable(widget: QWidget, pane: QWidget) -> bool:
    try:
        return widget.isVisible() and widget.isEnabled() and _holds(pane, widget)
    except RuntimeError:  # Qt has deleted it since
        return False
