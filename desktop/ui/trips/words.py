"""One row of the list of trips in words, signs and steps; every state of it has a test (ui design 3 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop import texts
from desktop.domain.lifecycle import Clearance, Customs, Delivery, Regime
from desktop.services.board_row import is_draft
from desktop.services.views import PaperMark, Reason, TripRow
from desktop.ui import signs, times
from desktop.ui.sending.mark_words import mark_words
from desktop.ui.signs import Ladder, Sign

_URGENT = timedelta(hours=1)
_NO_NEWS = frozenset({"not_sent"})


@dataclass(frozen=True, slots=True)
class RowWords:
    """What the delegate paints, and what a screen reader says.

    Attributes:
        sign: the road sign; its colour is that of `verdict`.
        has_bad_paper: a printed sheet must not be handed over; `reason` begins with that.
        is_eta_urgent: the countdown is painted in the sign's colour and bold.
        sentence: the whole row as one sentence.
    """

    sign: Sign
    verdict: str
    reason: str
    chip: str
    number: str
    load: str
    port: str
    crossing: str
    eta: str
    countdown: str
    is_eta_urgent: bool
    driver: str
    equipment: str
    cleared: str
    cleared_of: str
    ladder: Ladder
    sentence: str
    has_bad_paper: bool = False


def ladder(row: TripRow) -> Ladder:
    """Return how far the trip got; what only the gateway has is not yet with customs."""
    codes = {reason.code for reason in row.readiness.reasons}
    made = signs.ladder(
        row.customs,
        regime=row.regime,
        delivery=row.delivery,
        cleared=row.cleared,
        shipments=row.shipments,
        holds=row.holds,
        is_matched=row.is_matched,
        is_answer_late="no_answer" in codes,
        has_exam="exam" in codes,
        has_cfia="cfia" in codes,
    )
    if row.customs is not Customs.NONE or row.delivery in {Delivery.NOT_SENT, Delivery.NOT_SURE}:
        return made
    return made._replace(word=texts.text(f"window.ladder.{row.delivery.value}"))


def _readiness(row: TripRow) -> tuple[Sign, str, str]:
    """Return sign, first line and second line."""
    if is_draft(row):
        what = texts.text("window.problems", count=row.errors) if row.errors else texts.text("window.ready_to_send")
        line = texts.text("window.verdict.line", word=signs.word(Sign.NOT_SENT), why=what)
        return Sign.NOT_SENT, line, _draft_detail(row)
    word = signs.word(signs.verdict_sign(row.readiness.verdict))
    if not row.readiness.reasons:
        return _verdict_sign(row), word, ""
    first, *others = row.readiness.reasons
    why, rest = _short(first)
    details = [rest, *(reason.text for reason in others if reason.code not in _NO_NEWS)]
    codes = {reason.code for reason in row.readiness.reasons}
    if row.is_changed_since_sent and "change_not_sent" not in codes:
        details.insert(0, texts.text("window.changes_not_sent"))
    line = texts.text("window.verdict.line", word=word, why=why)
    return _verdict_sign(row), line, ". ".join(part.rstrip(".") for part in details if part)


def _short(reason: Reason) -> tuple[str, str]:
    """Return a reason in a few words, and what is left to say in the second line."""
    if reason.headline:
        return reason.headline, reason.detail or reason.text
    head, _, rest = reason.text.partition(". ")
    return head.rstrip("."), rest


def _draft_detail(row: TripRow) -> str:
    if row.errors:
        found = [reason.text for reason in row.readiness.reasons if reason.code not in _NO_NEWS]
        return ". ".join(found) or texts.text("window.open_to_see_problems")
    if row.started_from and row.to_confirm:
        return texts.text("ways.row.started", what=row.started_from, count=row.to_confirm)
    if row.warnings:
        return texts.text("window.to_look_at", count=row.warnings)
    return texts.text("window.no_problems")


def _verdict_sign(row: TripRow) -> Sign:
    codes = {reason.code for reason in row.readiness.reasons}
    why: Clearance | Customs | None = None
    if row.holds or codes & {"hold", "trip_hold"}:
        why = Clearance.HOLD
    elif "exam" in codes:
        why = Clearance.EXAM
    elif row.customs is Customs.REFUSED or row.delivery is Delivery.REFUSED:
        why = Customs.REFUSED
    return signs.verdict_sign(row.readiness.verdict, must_act=row.readiness.must_act, why=why)


def paper_words(mark: PaperMark, now: datetime) -> str:
    """Return what is wrong with the printed sheets, on the clock of this computer."""
    today = now.astimezone()
    return texts.text(
        f"paper.{mark.trouble}",
        printed=times.happened(mark.printed_at.astimezone(), today),
        changed=times.happened(mark.changed_at.astimezone(), today),
    )


def row_words(row: TripRow, now: datetime, *, carrier: str = "") -> RowWords:
    """Return the row in words as they are at `now`; `carrier` names whose it is, where there are several."""
    sign, verdict, reason = _readiness(row)
    if row.plan is not None:
        reason = ". ".join(filter(None, (mark_words(row.plan, row.regime, now), reason.rstrip("."))))
    if row.paper is not None:
        reason = ". ".join(filter(None, (paper_words(row.paper, now), reason.rstrip("."))))
    is_ace = row.regime is Regime.ACE
    place, _, crossing = row.port_name.partition(" · ")
    eta, countdown, is_near = _eta(row, now)
    is_sent = not is_draft(row)
    steps = ladder(row)
    cleared = f"{row.cleared}/{row.shipments}" if is_sent and row.shipments else texts.text("window.none")
    number = row.number or texts.text("window.no_number")
    load = texts.text("window.shipments", count=row.shipments) if row.shipments else texts.text("window.no_shipments")
    return RowWords(
        sign=sign,
        verdict=verdict,
        reason=reason,
        chip=texts.text("window.chip.usa" if is_ace else "window.chip.canada"),
        number=number,
        load=" · ".join(part for part in (load, carrier) if part),
        port=place or row.port or texts.text("window.no_port"),
        crossing=" ".join(part for part in (row.port if place else "", crossing) if part),
        eta=eta,
        countdown=countdown,
        is_eta_urgent=is_near and sign.shape.role in {"stop", "attention", "unknown"},
        driver=row.driver or texts.text("window.no_driver"),
        equipment=" · ".join(part for part in (row.truck, row.trailers) if part) or texts.text("window.none"),
        cleared=cleared,
        cleared_of=texts.text("window.entries" if is_ace else "window.pars") if is_sent and row.shipments else "",
        ladder=steps,
        sentence=texts.text(
            "window.row.sentence",
            verdict=verdict,
            reason=f" {reason}." if reason else "",
            number=number,
            direction=texts.text("window.to_usa" if is_ace else "window.to_canada"),
            port=place or row.port or texts.text("window.no_port"),
            eta=texts.text("window.row.eta", eta=eta, countdown=countdown) if row.eta.local else eta,
            customs=steps.word,
            driver=row.driver or texts.text("window.no_driver"),
        )
        + (f". {carrier}" if carrier else ""),
        has_bad_paper=row.paper is not None,
    )


def _eta(row: TripRow, now: datetime) -> tuple[str, str, bool]:
    if not row.eta.local:
        return texts.text("window.no_eta"), "", False
    zone = times.zone(row.eta.zone)
    if row.eta.moment is None or zone is None:
        return row.eta.local[5:16], texts.text("window.zone_not_known"), False
    moment = row.eta.moment.astimezone(zone)
    until = row.eta.moment - now
    return times.arrival(moment, now.astimezone(zone)), times.distance(until), timedelta() <= until < _URGENT
