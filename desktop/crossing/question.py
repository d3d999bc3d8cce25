"""What is asked of a trip and what is known then; it puts reasons together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.crossing.proof import Proof
from desktop.crossing.reason import ReadinessReason, clock_words
from desktop.domain.lifecycle import Delivery, Regime, Verdict
from desktop.texts import text

_NEAR: Final = timedelta(minutes=90)
"""So near to arrival a missing entry needs a person (domain 8)."""

CLOCK_STEP: Final = timedelta(seconds=1)
"""A receipt further ahead of now means that this computer's clock was put back."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that is known when somebody asks; attributes as in `readiness`."""

    crossing: Crossing
    delivery: Delivery
    now: datetime
    eta: datetime | None
    port: str
    zone: tzinfo
    review: timedelta
    is_changed: bool
    gaps: tuple[Gap, ...]
    looked_at: datetime | None
    is_listening: bool
    time_trusted: bool
    nature: str
    kinds: Mapping[str, str]
    is_held_data: bool = False
    unclear: Proof | None = None
    elsewhere: Proof | None = None
    unnumbered: int = 0

    @property
    def booth_from(self) -> datetime | None:
        """The earliest booth time: each shipment has an hour of its own from its acceptance (ui design 7, 27)."""
        if self.crossing.on_file_at is None:
            return None
        each = [one.on_file_at for one in self.crossing.shipments.values() if one.on_file_at is not None]
        return max([self.crossing.on_file_at, *each]) + self.review

    @property
    def who(self) -> str:
        """Whose customs, in words."""
        return text("crossing.who.cbp" if self.crossing.regime is Regime.ACE else "crossing.who.cbsa")

    def clock(self, moment: datetime | None, *, with_zone: bool = False) -> str:
        """Return a moment on the clock of the port."""
        return clock_words(moment, self.now, self.zone, with_zone=with_zone) if moment is not None else ""

    def reason(
        self,
        code: str,
        verdict: Verdict,
        *,
        must_act: bool = False,
        action: str = "",
        number: str = "",
        proof: Proof | None = None,
        at: datetime | None = None,
        words: str = "",
        **values: object,
    ) -> ReadinessReason:
        """Return one reason with the values its sentences may name."""
        at = proof.at if proof is not None else at
        known: dict[str, object] = {"who": self.who, "number": number, "at": self.clock(at), **values}
        return ReadinessReason(
            code, verdict, known, must_act, action, number, proof.frame if proof is not None else "", at, words
        )

    def stop(self, code: str, action: str, proof: Proof | None = None, **values: Any) -> ReadinessReason:
        """Return a reason to keep the truck back; values as of `reason`."""
        return self.reason(code, Verdict.STOP, must_act=True, action=action, proof=proof, **values)

    def unknown(self, code: str, action: str, proof: Proof | None = None, **values: Any) -> ReadinessReason:
        """Return a reason why nobody knows; values as of `reason`."""
        return self.reason(code, Verdict.UNKNOWN, must_act=True, action=action, proof=proof, **values)

    @property
    def is_near(self) -> bool:
        """Whether the arrival is so near that a missing entry needs a person (domain 8)."""
        return self.eta is not None and self.eta - self.now <= _NEAR

    @property
    def is_past_its_day(self) -> bool:
        """Whether the day of the announced arrival is over at the port."""
        return self.eta is not None and self.eta.astimezone(self.zone).date() < self.now.astimezone(self.zone).date()

    @property
    def is_clock_right(self) -> bool:
        """Whether this computer's clock can be trusted: nothing came later than now."""
        latest = self.crossing.latest_at
        return self.time_trusted and (latest is None or latest <= self.now + CLOCK_STEP)

    def has_looked_since(self, moment: datetime) -> bool:
        """Tell whether a person looked at customs' own site then or later."""
        return self.looked_at is not None and moment <= self.looked_at <= self.now + CLOCK_STEP
