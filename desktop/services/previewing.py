"""Puts a plan into words: its lines, what it means, which reasons are asked, or why nothing can go."""

from __future__ import annotations

from desktop.delivery.planner import Intent, Plan
from desktop.services.reason_codes import NOT_LADEN, asked
from desktop.services.sending_views import SendLine, SendPreview
from desktop.texts import text
from desktop.validation.issue import CheckResult, Severity


def preview_of(
    plan: Plan,
    trip: str,
    *,
    found: CheckResult | None = None,
    intent: Intent = Intent.SEND,
    other: str = "",
    why: str = "",
) -> SendPreview:
    """Return a plan in words.

    Args:
        plan: what would go out.
        trip: the number of the trip it is of.
        found: what the check found; None where nothing of the document goes out.
        intent: what was asked.
        other: the number of the trip a shipment leaves.
        why: why nothing can go, where that is already said in words.
    """
    issues = () if found is None else found.issues
    return SendPreview(
        trip=trip,
        lines=tuple(
            SendLine(
                data=one.data,
                text=text(one.text_key),
                trip=one.number or (other if one.is_other else trip),
                waits_for=one.waits_for,
                is_other=one.is_other,
            )
            for one in plan.steps
        ),
        consequences=tuple(text(key) for key in plan.consequences),
        errors=sum(issue.severity is Severity.ERROR for issue in issues),
        warnings=sum(issue.severity is Severity.WARNING for issue in issues),
        blocked=why or (text(plan.blocked) if plan.blocked else ""),
        reasons=asked(plan.reasons, suggested=NOT_LADEN if intent is Intent.MOVE else ""),
        intent=intent.value,
        other_trip=other,
    )
