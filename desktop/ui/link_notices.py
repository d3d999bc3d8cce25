"""What the banner says of the connection: a key or an address that needs a person, and a link that stays away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from desktop import texts
from desktop.ui import times
from desktop.ui.banner import Banner, Notice, Weight
from desktop.ui.desk import Desk
from desktop.ui.link_words import KEY_IN_USE, OFFLINE, LinkWords
from desktop.ui.signs import Sign

_LONG = timedelta(minutes=5)
_AWAY = frozenset({Sign.RECONNECTING, Sign.CONNECTING})
_HELPS = {Sign.KEY_NEEDED: "give_key", Sign.LINK_REFUSED: "settings"}


class LinkNotices:
    """Follows the connection bar's words.

    Attributes:
        has_several: whether there are several carriers, so that a notice names whose connection it is.
    """

    def __init__(self, desk: Desk, banner: Banner, on_key: Callable[[], object]) -> None:
        self._desk = desk
        self._banner = banner
        self._on_key = on_key
        self._away_since: datetime | None = None
        self.has_several = False

    def show(self, words: LinkWords) -> None:
        """Put up the notice that fits, or take it away."""
        self._banner.set_notice(Weight.KEY, self._grave(words) if words.is_grave else None)
        self._banner.set_notice(Weight.OFFLINE, self._elsewhere(words) or self._chosen() or self._away(words))

    def _grave(self, words: LinkWords) -> Notice:
        tone = "stop" if words.sign is not Sign.KEY_NEEDED else "attention"
        help_words = texts.text(f"window.banner.{_HELPS.get(words.sign, 'check')}")
        reason = words.reason or texts.text("window.banner.nothing_sent")
        return Notice(words.sign, tone, words.state, self._of_whom(reason), help_words, self._on_key)

    def _elsewhere(self, words: LinkWords) -> Notice | None:
        """Another program has the connection: what is sent here goes nowhere until it ends."""
        if self._desk.link.status.detail != KEY_IN_USE:
            return None
        return Notice(words.sign, "attention", words.state, self._of_whom(texts.text("sender.banner")))

    def _chosen(self) -> Notice | None:
        """The user works offline: that is said as long as it lasts, since what is sent meanwhile is never resent."""
        status = self._desk.link.status
        if status.detail != OFFLINE:
            return None
        at = times.clock(status.since.astimezone())
        return Notice(
            Sign.OFF,
            "attention",
            texts.text("watch.offline"),
            texts.text("watch.offline.text", at=at),
            texts.text("watch.offline.end"),
            self._desk.link.retry_now,
        )

    def _away(self, words: LinkWords) -> Notice | None:
        if words.sign not in _AWAY:
            self._away_since = None
            return None
        now = self._desk.clock.now()
        self._away_since = self._away_since or now
        away = now - self._away_since
        if away < _LONG:
            return None
        sentence = texts.text("window.banner.offline.text", count=int(away.total_seconds() // 60))
        return Notice(
            Sign.RECONNECTING,
            "attention",
            texts.text("window.banner.offline"),
            self._of_whom(sentence),
            texts.text("window.banner.try"),
            self._desk.link.retry_now,
        )

    def _of_whom(self, words: str) -> str:
        company = self._desk.link.status.company
        return f"{company}: {words}" if company and self.has_several else words
