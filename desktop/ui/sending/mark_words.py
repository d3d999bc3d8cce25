"""What a row of a list says of a plan that waits for customs or has stopped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import times

if TYPE_CHECKING:
    from desktop.services.views import PlanMark


def mark_words(mark: PlanMark, regime: Regime, now: datetime) -> str:
    """Return the sentence, as in "Step 1 of 3: waiting for CBP's answer to the cancellation, since 12:40"."""
    values = {
        "step": mark.step,
        "count": mark.count,
        "who": texts.text("window.customs.cbp" if regime is Regime.ACE else "window.customs.cbsa"),
        "what": texts.text(f"sending.what.{mark.what}") if mark.what else "",
        "since": times.happened(mark.since.astimezone(), now.astimezone()),
    }
    if mark.is_stopped:
        return texts.text("sending.progress.stopped", **values)
    return texts.text("sending.progress.waiting_for_customs" if mark.what else "sending.progress.other", **values)
