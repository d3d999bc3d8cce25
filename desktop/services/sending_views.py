"""What the window shows of sending: what a Send would do, the plan that runs, and what to do about a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.lifecycle import Regime


@dataclass(frozen=True, slots=True)
class SendLine:
    """One message a send would bring out, in words.

    Attributes:
        data: wire type of the message.
        text: what it does.
        trip: number of the trip it is about.
        waits_for: `customs`: it goes only after customs accepted what the line before asks; empty: after the gateway
            took that.
        is_other: it is about the other trip of a move.
    """

    data: str
    text: str
    trip: str = ""
    waits_for: str = ""
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """A reason code that customs wants.

    Attributes:
        what: `trip` or `shipment`: the name of the argument of `submit.send` without `_reason`.
        codes: the codes of the list with their words, in the list's order. Others of two digits pass with a warning.
        suggested: the code that fits what the plan does; empty where only a person can know.
    """

    what: str
    codes: tuple[tuple[str, str], ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class SendPreview:
    """What Send would do, before the first byte.

    Attributes:
        trip: the trip's number.
        lines: the messages in their order; none where it is blocked.
        consequences: what it means, what is not known included.
        errors: how many problems keep the trip from going.
        warnings: how many it is asked about.
        blocked: why nothing can go; empty where something can.
        reasons: which reason codes have to be chosen first.
        intent: what was asked: send, cancel or move (`delivery.planner.Intent`).
        other_trip: number of the trip a shipment leaves; empty where nothing moves.
    """

    trip: str
    lines: tuple[SendLine, ...]
    consequences: tuple[str, ...]
    errors: int
    warnings: int
    blocked: str
    reasons: tuple[ReasonAsked, ...] = ()
    intent: str = "send"
    other_trip: str = ""


class PlanState(StrEnum):
    """Where a plan that was sent stands."""

    RUNNING = "running"
    WAITING_FOR_CUSTOMS = "waiting_for_customs"
    NOT_SURE = "not_sure"
    STOPPED = "stopped"
    DONE = "done"


class PlanAction(StrEnum):
    """What a person may safely do about a plan; doing nothing is always possible."""

    STOP = "stop"
    GO_ON = "go_on"
    DECIDE = "decide"
    SEND = "send"


class PlanStepState(StrEnum):
    """Where one step of a plan stands."""

    NOT_SENT = "not_sent"
    WAITS_FOR_CUSTOMS = "waits_for_customs"
    SENDING = "sending"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    PROBLEMS = "problems"
    REFUSED = "refused"
    NOT_SURE = "not_sure"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan that was sent.

    Attributes:
        text: what it does.
        data: wire type of its message.
        trip_id: the trip it is about.
        trip: the number it names.
        state: where it stands; `accepted`: customs said yes.
        since: since when (UTC).
        waits_for: `customs`, or empty.
        frame: id of the stored frame in which customs answered; empty where none did.
        words: what the gateway objected to, in its own words.
        name: what it is, as in `cancel_ace`: the last part of its key below `delivery.step`.
    """

    text: str
    data: str
    trip_id: str
    trip: str
    state: PlanStepState
    since: datetime
    waits_for: str = ""
    frame: str = ""
    words: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The newest plan of a trip.

    Attributes:
        id: the plan.
        state: where it stands as a whole.
        text: the same in a sentence, with what it waits for or why it stopped.
        steps: in their order; they may be about two trips.
        since: since when it stands so (UTC).
        actions: what may be done; the first one is the safest.
        is_edited: the trip was changed since: what runs is the version that was sent, and the change is not part of it.
    """

    id: str
    state: PlanState
    text: str
    steps: tuple[PlanStep, ...]
    since: datetime
    actions: tuple[PlanAction, ...] = ()
    is_edited: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to go, or to be answered, or nobody is sure of it."""
        return self.state in {PlanState.RUNNING, PlanState.WAITING_FOR_CUSTOMS, PlanState.NOT_SURE}


@dataclass(frozen=True, slots=True)
class PlanMark:
    """How far a plan of several steps got.

    Attributes:
        step: the step it turns on, counted from 1.
        count: how many steps it has, as far as this trip's rows tell.
        what: the step customs has to answer: cancel, file, amend or upload; empty where it is another trip's.
        since: since when (UTC).
        is_stopped: the step did not go out and will not by itself.
    """

    step: int
    count: int
    what: str
    since: datetime
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """What to do about one refusal.

    Attributes:
        said: who said what, in their words.
        text: the sentence that says what it means and in which order it is mended.
        path: JSON Pointer of the field; empty where only the trip is known.
        action: what the window offers (`delivery.recovery.Action`).
        regime: whose refusal.
        frame: id of the stored frame it comes from.
        at: our receipt of it (UTC).
        other_trip: the trip the shipment is still on, where this folder knows it; empty where not.
        number: the shipment it is about; empty for the trip.
    """

    said: str
    text: str
    path: str
    action: str
    regime: Regime
    frame: str
    at: datetime
    other_trip: str = ""
    number: str = ""
