"""What makes the dialogs of sending, for pictures, Tab, screen reader and markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.delivery.planner import Intent
from desktop.domain.codes import code_list
from desktop.domain.lifecycle import Regime
from desktop.services.compared import ChangedField
from desktop.services.views import (
    PlanAction,
    PlanState,
    PlanStep,
    PlanStepState,
    PlanView,
    ReasonAsked,
    SendLine,
    SendPreview,
)
from desktop.texts import text

if TYPE_CHECKING:
    from fakes.window import Opened

CODES = tuple((code.code, code.label) for code in code_list("amendment-reason-codes-aci").codes)
UPLOAD = SendLine("ACI_TRIP", text("delivery.step.upload_update"), "1234T11240068")
AMEND = SendLine("ACI_SEND_REQUEST", text("delivery.step.amend_aci"), "1234T11240068")
CHANGES = (
    ChangedField("/trailers/0/number", "Trailer 1, number", "0463", "0461"),
    ChangedField("/trailers/0/sealNumbers", "Trailer 1, seals", "UL-448120", "UL-448377"),
    ChangedField("/estimatedArrivalDateTime", "Arrival", "2026-11-24 14:10:00", "2026-11-24 15:40:00"),
)
CHANGE = SendPreview(
    "1234T11240068",
    (UPLOAD, AMEND),
    (text("delivery.consequence.amend"),),
    0,
    1,
    "",
    (ReasonAsked("trip", CODES, "60"), ReasonAsked("shipment", CODES)),
)


def _plan(it: Opened, preview: SendPreview, regime: Regime, **more: object) -> QDialog:
    from desktop.ui.send_plan import SendPlan

    return SendPlan(preview, regime, it.window, **more)


def _means(*names: str) -> tuple[str, ...]:
    return tuple(text(f"delivery.consequence.{name}") for name in names)


def change(it: Opened) -> QDialog:
    return _plan(it, CHANGE, Regime.ACI, changes=CHANGES, is_on_file=True)


def cancel(it: Opened) -> QDialog:
    line = SendLine("ACE_SEND_REQUEST", text("delivery.step.cancel_ace"), "AAAA123458A")
    preview = SendPreview("AAAA123458A", (line,), _means("cancel", "cancel_kept"), 0, 0, "", (), Intent.CANCEL)
    return _plan(it, preview, Regime.ACE)


def refile(it: Opened) -> QDialog:
    number = "AAAA123458A"
    lines = (
        SendLine("ACE_SEND_REQUEST", text("delivery.step.cancel_ace"), number),
        SendLine("ACE_TRIP", text("delivery.step.upload_update"), number, "customs"),
        SendLine("ACE_SEND_REQUEST", text("delivery.step.file_ace"), number),
    )
    means = _means("refile", "refile_waits", "clock_starts", "refile_broker")
    return _plan(it, SendPreview(number, lines, means, 0, 0, ""), Regime.ACE, changes=CHANGES[2:], is_on_file=True)


def move(it: Opened) -> QDialog:
    old, new = "1234T11240068", "1234T11240070"
    lines = (
        replace(UPLOAD, is_other=True),
        replace(AMEND, is_other=True),
        replace(UPLOAD, trip=new, waits_for="customs"),
        SendLine("ACI_SEND_REQUEST", text("delivery.step.file_aci"), new),
    )
    means = _means("move", "move_waits", "clock_starts")
    reasons = (ReasonAsked("trip", CODES, "50"),)
    preview = SendPreview(new, lines, means, 0, 0, "", reasons, Intent.MOVE, old)
    return _plan(it, preview, Regime.ACI, number="1234PARS382666")


def blocked(it: Opened) -> QDialog:
    preview = SendPreview("AAAA123458A", (), (), 0, 0, text("delivery.blocked.waiting_for_customs"))
    return _plan(it, preview, Regime.ACE)


async def swap(it: Opened) -> QDialog:
    from desktop.ui.sending.swap_dialog import SwapDialog

    trip = next(one for one in it.desk.stored if one.document.get("trailers"))
    trip.document["trailers"][0]["sealNumbers"] = ["UL-448120"]
    return SwapDialog(await it.desk.swapping.of_trip(trip.id), it.desk.all_library, it.window)


def refiling(now: datetime, number: str = "AAAA123458A", trip_id: str = "") -> PlanView:
    """Return a trip that is cancelled to be filed anew, while CBP has not answered the cancellation."""
    since = now - timedelta(minutes=25)
    made = [
        PlanStep(text("delivery.step.cancel_ace"), "ACE_SEND_REQUEST", trip_id, number, PlanStepState.DELIVERED, since,
                 name="cancel_ace"),
        PlanStep(text("delivery.step.upload_update"), "ACE_TRIP", trip_id, number, PlanStepState.WAITS_FOR_CUSTOMS,
                 since, "customs", name="upload_update"),
        PlanStep(text("delivery.step.file_ace"), "ACE_SEND_REQUEST", trip_id, number, PlanStepState.NOT_SENT, since,
                 name="file_ace"),
    ]  # fmt: skip
    words = text("send_progress.waiting", who="CBP")
    actions = (PlanAction.STOP, PlanAction.GO_ON)
    return PlanView("plan-1", PlanState.WAITING_FOR_CUSTOMS, words, tuple(made), since, actions)


def refused(now: datetime, number: str = "AAAA123458A", trip_id: str = "") -> PlanView:
    """Return the same after CBP refused the cancellation."""
    plan = refiling(now, number, trip_id)
    first, *rest = plan.steps
    states = [replace(first, state=PlanStepState.REFUSED, frame="frame-1")]
    states += [replace(step, state=PlanStepState.STOPPED) for step in rest]
    words = text("send_progress.customs_refused", who="CBP")
    return PlanView(plan.id, PlanState.STOPPED, words, tuple(states), plan.since, (PlanAction.SEND,))


def steps(it: Opened) -> QDialog:
    from desktop.ui.sending.steps_dialog import StepsDialog

    now = it.desk.clock.now()
    return StepsDialog(refiling(now), "AAAA123458A", now, it.window)


def steps_of_two(it: Opened) -> QDialog:
    from desktop.ui.sending.steps_dialog import StepsDialog

    now = it.desk.clock.now()
    plan = refused(now)
    first, *rest = plan.steps
    return StepsDialog(replace(plan, steps=(replace(first, trip="AAAA123459A"), *rest)), "AAAA123458A", now, it.window)
