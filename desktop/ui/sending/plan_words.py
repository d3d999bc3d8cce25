"""The words of a plan: what is asked, what the buttons say, what each message waits for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.views import SendLine, SendPreview


class PlanKind(StrEnum):
    """What a plan comes to, as a person calls it; its words stand below `sending.plan`."""

    FILE = "file"
    CHANGE = "change"
    CANCEL = "cancel"
    REFILE = "refile"
    MOVE = "move"

    @property
    def is_grave(self) -> bool:
        """Whether a truck may not cross on something after it: then going back is the default."""
        return self in {PlanKind.CANCEL, PlanKind.REFILE}

    @property
    def can_be_held(self) -> bool:
        """Whether the gateway alone can be given it, without asking customs."""
        return self in {PlanKind.FILE, PlanKind.CHANGE}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the dialog says beside the lines of the plan."""

    title: str
    send: str
    back: str


def customs_name(regime: Regime) -> str:
    """Return who decides: CBP or CBSA."""
    return texts.text("window.customs.cbp" if regime is Regime.ACE else "window.customs.cbsa")


def kind_of(preview: SendPreview, *, is_on_file: bool) -> PlanKind:
    """Return what a plan comes to; `is_on_file` where customs has an earlier version of the trip."""
    if preview.intent in {PlanKind.CANCEL.value, PlanKind.MOVE.value}:
        return PlanKind(preview.intent)
    if any(line.waits_for for line in preview.lines):
        return PlanKind.REFILE
    return PlanKind.CHANGE if is_on_file else PlanKind.FILE


def plan_words(
    preview: SendPreview, kind: PlanKind, regime: Regime, *, number: str = "", changes: int = 0
) -> PlanWords:
    """Return title and buttons of a plan; `number` is the shipment that moves, `changes` how many fields differ."""
    values = {
        "trip": preview.trip or texts.text("window.no_number"),
        "customs": customs_name(regime),
        "number": number,
        "other": preview.other_trip,
    }
    send = texts.text(f"sending.plan.{kind}.send")
    if kind is PlanKind.CHANGE and changes:
        send = texts.text("sending.plan.change.send_count", count=changes)
    back = texts.text("sending.plan.keep" if kind.is_grave else "window.send.back")
    return PlanWords(texts.text(f"sending.plan.{kind}", **values), send, back)


def waits_words(line: SendLine, position: int, regime: Regime) -> str:
    """Return when a message goes out; `position` counts from 0."""
    if position == 0:
        return texts.text("sending.plan.at_once")
    key = "after_customs" if line.waits_for else "after_gateway"
    return texts.text(f"sending.plan.{key}", step=position, customs=customs_name(regime))
