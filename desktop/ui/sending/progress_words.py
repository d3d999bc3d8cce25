"""How far a plan got, in one sentence: which step, what is waited for, since when; and what of it can be done."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.views import PlanAction, PlanState, PlanStep, PlanStepState, PlanView
from desktop.ui import times
from desktop.ui.sending.plan_words import customs_name
from desktop.ui.signs import Sign

S = PlanStepState

SIGNS: Final = {
    PlanState.RUNNING: Sign.SENDING,
    PlanState.WAITING_FOR_CUSTOMS: Sign.WAIT,
    PlanState.NOT_SURE: Sign.NOT_SURE,
    PlanState.STOPPED: Sign.REFUSED,
    PlanState.DONE: Sign.DELIVERED,
}
TONES: Final = {PlanState.NOT_SURE: "unknown", PlanState.STOPPED: "stop"}
STEP_SIGNS: Final = {
    S.NOT_SENT: Sign.NOT_SENT,
    S.WAITS_FOR_CUSTOMS: Sign.WAIT,
    S.SENDING: Sign.SENDING,
    S.DELIVERED: Sign.DELIVERED,
    S.ACCEPTED: Sign.ON_FILE,
    S.PROBLEMS: Sign.DELIVERED_WITH_PROBLEMS,
    S.REFUSED: Sign.REFUSED,
    S.NOT_SURE: Sign.NOT_SURE,
    S.STOPPED: Sign.NOT_SENT,
}
_BAD: Final = (S.REFUSED, S.PROBLEMS, S.NOT_SURE, S.STOPPED)


def regime_of(plan: PlanView) -> Regime:
    """Return whose customs a plan is for."""
    return Regime.ACI if any(step.data.startswith("ACI") for step in plan.steps) else Regime.ACE


def what_words(step: PlanStep) -> str:
    """Return what a step is, as a noun: the cancellation, the filing, the change."""
    name = step.name.rpartition("_")[0] if step.name.endswith(("_ace", "_aci")) else step.name
    known = name if name in {"cancel", "file", "amend"} else "upload" if name.startswith("upload") else "message"
    return texts.text(f"sending.what.{known}")


def current(plan: PlanView) -> int:
    """Return the step everything turns on now, counted from 0: the one that runs, is answered next, or went wrong."""
    states = [step.state for step in plan.steps]
    if plan.state is PlanState.WAITING_FOR_CUSTOMS:
        return max(0, states.index(S.WAITS_FOR_CUSTOMS) - 1) if S.WAITS_FOR_CUSTOMS in states else len(states) - 1
    wanted = _BAD if plan.state in {PlanState.NOT_SURE, PlanState.STOPPED} else (S.SENDING, S.NOT_SENT)
    for state in wanted:
        if state in states:
            return states.index(state)
    return len(states) - 1


def progress_words(plan: PlanView, now: datetime) -> str:
    """Return the sentence, as in "Step 1 of 3: waiting for CBP's answer to the cancellation, since 12:40"."""
    at = current(plan)
    step = plan.steps[at]
    values = {
        "step": at + 1,
        "count": len(plan.steps),
        "who": customs_name(regime_of(plan)),
        "what": what_words(step),
        "since": times.happened(step.since.astimezone(), now.astimezone()),
    }
    if plan.state is PlanState.RUNNING:
        return texts.text("sending.progress.going" if step.state is S.SENDING else "sending.progress.queued", **values)
    if plan.state is PlanState.STOPPED:
        key = {S.REFUSED: "refused", S.PROBLEMS: "problems"}.get(step.state, "stopped")
        is_by_customs = step.state is S.REFUSED and bool(step.frame)
        who = values["who"] if is_by_customs else texts.text("sending.gateway")
        return texts.text(f"sending.progress.{key}", **{**values, "who": who})
    return texts.text(f"sending.progress.{plan.state}", **values)


def detail_words(plan: PlanView) -> str:
    """Return what stands behind the sentence: the words of a refusal, and that a later change is not part of it."""
    said = [words for step in plan.steps for words in step.words]
    return " ".join(
        [plan.text, *said, *([texts.text("sending.progress.edited")] if plan.is_edited and plan.is_open else [])]
    )


def action_words(action: PlanAction, plan: PlanView) -> str:
    """Return what the button of an action says."""
    return texts.text(f"sending.action.{action}", who=customs_name(regime_of(plan)))


def is_told(plan: PlanView | None) -> bool:
    """Tell whether a trip has to say something of its plan: it runs, waits, is in doubt, or stopped with steps left.

    A single filing says all of it by its state already.
    """
    if plan is None or plan.state is PlanState.DONE:
        return False
    is_long = any(step.waits_for for step in plan.steps) or any(
        step.name.startswith(("cancel", "amend")) for step in plan.steps
    )
    return is_long or plan.state is PlanState.NOT_SURE
