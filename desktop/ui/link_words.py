"""The connection in words and a sign: pure (ui design 3 and 7, lines 21 to 23)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop import texts
from desktop.domain.lifecycle import LinkState
from desktop.services.views import LinkStatus
from desktop.ui import signs, times
from desktop.ui.signs import Sign

OFFLINE = "working_offline"
"""Detail of a connection that the user wants closed (`services.link`)."""

KEY_IN_USE = "key_in_use"
"""Detail of a connection that waits for another program with the same key (`services.one_sender`)."""

_NOT_UP = frozenset({LinkState.RECONNECTING, LinkState.KEY_REFUSED, LinkState.REFUSED, LinkState.KEY_NEEDED})
_TRIES = LinkState.RECONNECTING


@dataclass(frozen=True, slots=True)
class LinkWords:
    """What the connection bar says.

    Attributes:
        sign: the sign beside it.
        state: the state in words.
        detail: what more there is to say.
        reason: why it is so and what to do, as a sentence; empty where nothing is known of it.
        waiting: how many trips wait to go, in words; empty where none do.
        is_grave: worth a banner and a firm announcement.
    """

    sign: Sign
    state: str
    detail: str
    reason: str
    waiting: str
    is_grave: bool


def link_words(status: LinkStatus, now: datetime, zone: tzinfo | None) -> LinkWords:
    """Return the connection in words as it is at `now`; clock times in `zone` (None: the computer's)."""
    sign = signs.link_sign(status.state, is_practice=status.is_practice)
    state = _state(status, now)
    details = []
    reason = texts.text(f"link.{status.detail}") if status.detail and texts.has(f"link.{status.detail}") else ""
    if reason and status.state is not LinkState.CONNECTED:
        details.append(reason)
    quiet = _quiet(status, zone)
    if quiet is not None:
        state, why = quiet
        details.append(why)
    elif status.is_practice:
        if sign is Sign.PRACTICE:
            state = signs.word(sign)
        details.append(texts.text("window.link.practice_service"))
    elif status.state is LinkState.CONNECTED:
        details.append(texts.text("network.bar.http" if status.way == "http" else "window.link.gateway"))
    elif texts.has(f"window.link.{status.state.value}.detail") and (not reason or status.state is _TRIES):
        details.append(texts.text(f"window.link.{status.state.value}.detail"))
    details += _times(status, zone) if quiet is None else _last(status, zone)
    waiting = texts.text("window.link.waiting", count=status.waiting) if status.waiting else ""
    if not waiting and status.state is LinkState.CONNECTED:
        details.append(texts.text("window.link.nothing_waiting"))
    is_grave = status.state in {LinkState.KEY_REFUSED, LinkState.REFUSED, LinkState.KEY_NEEDED}
    return LinkWords(sign, state, " · ".join(details), reason, waiting, is_grave)


def _times(status: LinkStatus, zone: tzinfo | None) -> list[str]:
    """Return since when it is as it is, and when the last message came."""
    said = []
    if status.state in _NOT_UP:
        said.append(texts.text("network.bar.since", at=times.clock(status.since.astimezone(zone))))
    if status.state is LinkState.SILENT:
        said.append(texts.text("watch.silent"))
    return said + _last(status, zone)


def _last(status: LinkStatus, zone: tzinfo | None) -> list[str]:
    if status.last_message_at is None:
        return []
    at = times.clock(status.last_message_at.astimezone(zone), with_seconds=True)
    return [texts.text("window.link.last_message", at=at)]


def _quiet(status: LinkStatus, zone: tzinfo | None) -> tuple[str, str] | None:
    """Return state and reason of a connection that is not made on purpose; None for any other."""
    if status.detail == KEY_IN_USE:
        return texts.text("sender.state"), texts.text("sender.detail")
    if status.detail == OFFLINE:
        since = times.clock(status.since.astimezone(zone))
        return texts.text("watch.offline"), texts.text("watch.offline.since", at=since)
    return None


def _state(status: LinkStatus, now: datetime) -> str:
    if status.state is LinkState.RECONNECTING and status.retry_at is not None:
        seconds = max(0, math.ceil((status.retry_at - now).total_seconds()))
        return texts.text("window.link.reconnecting_in", seconds=seconds)
    if status.state is LinkState.SILENT:
        silent_since = status.last_message_at or status.since
        minutes = max(1, int((now - silent_since).total_seconds() // 60))
        return texts.text("window.link.silent_for", minutes=minutes)
    return signs.word(signs.link_sign(status.state))
