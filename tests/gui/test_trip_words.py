"""Each state of a trip has its sign, its words and its steps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.services.views import Eta, PaperMark, PaperTrouble, ReadinessView, Reason, TripRow
from desktop.ui.signs import Sign
from desktop.ui.trips.words import row_words

NOW = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)


def row(**changes):
    base = TripRow(
        id="1", version=1, company="c", number="AAAA123458A", regime=Regime.ACE, port="3801",
        port_name="Detroit, MI", eta=Eta("2026-11-24 13:40:00", "America/Detroit", NOW + timedelta(minutes=35)),
        driver="Sample Driver One", truck="2013", trailers="0456", shipments=3, cleared=0, delivery=Delivery.DELIVERED,
        customs=Customs.ON_FILE, holds=0, readiness=ReadinessView(Verdict.WAIT, None, ()), errors=0, warnings=0,
        is_changed_since_sent=False, updated_at=NOW,
    )  # fmt: skip
    return replace(base, **changes)


def ready(verdict, *reasons, booth=None):
    return ReadinessView(verdict, booth, tuple(Reason(*reason[:3], headline="".join(reason[3:])) for reason in reasons))


@pytest.mark.parametrize(
    ("changes", "sign", "first", "second"),
    [
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE, "errors": 2}, Sign.NOT_SENT, "Not sent · 2 problems", "Open the trip to see them"),
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE, "warnings": 1}, Sign.NOT_SENT, "Not sent · ready to send", "1 thing to look at"),
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE, "warnings": 4, "to_confirm": 4, "started_from": "Copied from AAAA1"}, Sign.NOT_SENT, "Not sent · ready to send", "4 places to look at · Copied from AAAA1"),
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE}, Sign.NOT_SENT, "Not sent · ready to send", "No problems found"),
        ({"holds": 1, "readiness": ready(Verdict.STOP, ("hold", "CBP placed a hold on X1. Keep the truck back.", True, "CBP placed a hold"))}, Sign.STOP_HOLD, "Stop · CBP placed a hold", "CBP placed a hold on X1. Keep the truck back"),
        ({"customs": Customs.REFUSED, "readiness": ready(Verdict.STOP, ("customs_refused", "CBP returned the trip. Correct it.", True, "CBP returned the trip"))}, Sign.STOP_RETURNED, "Stop · CBP returned the trip", "CBP returned the trip. Correct it"),
        ({"readiness": ready(Verdict.STOP, ("exam", "CBP wants to examine X1.", True, "CBP wants an exam"))}, Sign.STOP_EXAM, "Stop · CBP wants an exam", "CBP wants to examine X1"),
        ({"readiness": ready(Verdict.WAIT, ("hour", "Only the hour.", False, "booth from 13:32 EST"), ("gap", "Nobody listened.", True))}, Sign.WAIT_ACT, "Wait · booth from 13:32 EST", "Only the hour. Nobody listened"),
        ({"readiness": ready(Verdict.WAIT, ("a_new_code", "Something new. With more to say.")), "is_changed_since_sent": True}, Sign.WAIT, "Wait · Something new", "Changed since it was sent. With more to say"),
        ({"readiness": ready(Verdict.WAIT, ("change_not_sent", "Not with customs.", True, "changes not sent")), "is_changed_since_sent": True}, Sign.WAIT_ACT, "Wait · changes not sent", "Not with customs"),
        ({"readiness": ready(Verdict.GO, ("go", "On file.", False, "booth any time"))}, Sign.GO, "Go · booth any time", "On file"),
    ],
)  # fmt: skip
def test_readiness_in_words(changes, sign, first, second):
    words = row_words(row(**changes), NOW)
    assert (words.sign, words.verdict, words.reason) == (sign, first, second)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (PaperTrouble.CHANGED, "Printed sheet is out of date: printed {}, changed {}. Print again"),
        (PaperTrouble.DRAFT, "Printed sheet still says DRAFT: printed {}, on file by now. Print again"),
        (PaperTrouble.NO_GO, "The sheet printed {} says go, and that no longer holds. Tell the driver"),
        (PaperTrouble.VOID, "Trip cancelled: the sheet printed {} is void. Take it back from the driver"),
    ],
)
def test_a_sheet_that_must_not_be_handed_over_is_told_first(trouble, words):
    printed, changed = NOW - timedelta(minutes=60), NOW - timedelta(minutes=45)
    mark = PaperMark(trouble, "summary", printed, changed, ("eta",))
    said = words.format(*(f"{moment.astimezone():%H:%M}" for moment in (printed, changed)))
    short = ("not_cleared_ace", "1 of 3.", True, "1 of 3 entries not on file")
    made = row_words(row(readiness=ready(Verdict.WAIT, short), paper=mark), NOW)
    assert made.reason == f"{said}. 1 of 3"
    assert said in made.sentence
    assert made.has_bad_paper
    assert made.sign is Sign.WAIT_ACT, "the verdict is what it was"
    assert not row_words(row(), NOW).has_bad_paper
    late = row_words(row(paper=mark), NOW + timedelta(days=3)).reason
    assert "Nov" in late, "another day is named"


def test_whether_somebody_must_act_is_what_readiness_says():
    patient = row_words(row(readiness=ready(Verdict.WAIT, ("not_cleared_ace", "1 of 3.", False))), NOW)
    pressing = row_words(row(readiness=ready(Verdict.WAIT, ("a", "b"), ("not_cleared_ace", "1 of 3.", True))), NOW)
    assert (patient.sign, pressing.sign) == (Sign.WAIT, Sign.WAIT_ACT)


@pytest.mark.parametrize(
    ("changes", "filled", "marks", "word"),
    [
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE}, 1, (), "Draft"),
        ({"delivery": Delivery.SENDING, "customs": Customs.NONE}, 1, (), "Sending"),
        ({"delivery": Delivery.DELIVERED, "customs": Customs.NONE}, 1, (), "Uploaded, not filed"),
        ({"delivery": Delivery.REFUSED, "customs": Customs.NONE}, 1, (), "Refused by BorderConnect"),
        ({"delivery": Delivery.NOT_SURE, "customs": Customs.NONE}, 2, (), "Sent, no answer"),
        ({"customs": Customs.TRANSMITTED}, 2, (), "Sent"),
        ({"customs": Customs.PRELIMINARY}, 2.5, (), "Preliminary on file"),
        ({"customs": Customs.ON_FILE}, 3, (), "On file"),
        ({"customs": Customs.ON_FILE, "cleared": 3, "holds": 1}, 4, (), "Cleared · 1 hold"),
        (
            {"customs": Customs.ON_FILE, "cleared": 2, "readiness": ready(Verdict.STOP, ("exam", "x"))},
            3 + 2 / 3,
            (),
            "On file · 2/3 cleared · exam",
        ),
        (
            {"customs": Customs.TRANSMITTED, "readiness": ready(Verdict.UNKNOWN, ("no_answer", "x"))},
            2,
            (),
            "Sent, no answer",
        ),
        ({"customs": Customs.ON_FILE, "regime": Regime.ACI, "is_matched": True}, 3, (), "On file, matched"),
        ({"customs": Customs.RELEASED, "readiness": ready(Verdict.WAIT, ("cfia", "x"))}, 6, (), "Released · CFIA hold"),
        ({"customs": Customs.CLEARED}, 4, (), "Cleared"),
        ({"customs": Customs.ARRIVED}, 5, (), "Arrived"),
        ({"customs": Customs.RELEASED}, 6, (), "Released"),
        ({"customs": Customs.REFUSED}, 2, (3,), "Returned"),
        ({"customs": Customs.CANCELLED}, 0, (), "Cancelled"),
        ({"customs": Customs.UNKNOWN}, 2, (), "Sent, answer not recognised"),
    ],
)
def test_ladder(changes, filled, marks, word):
    ladder = row_words(row(**changes), NOW).ladder
    assert (ladder.filled, ladder.marks, ladder.word) == (filled, marks, word)


def test_what_is_missing_is_said():
    words = row_words(
        row(number="", port="", port_name="", driver="", truck="", trailers="", shipments=0, eta=Eta("", None, None)),
        NOW,
    )
    assert (words.number, words.port, words.driver, words.eta) == (
        "No number yet", "No port yet", "No driver yet", "No ETA yet",
    )  # fmt: skip
    assert words.load == "No shipments yet"


def test_an_arrival_without_a_known_zone_has_no_countdown():
    words = row_words(row(eta=Eta("2026-11-24 13:40:00", None, None)), NOW)
    assert (words.eta, words.countdown) == ("11-24 13:40", "zone not known")


@pytest.mark.parametrize(
    ("minutes", "eta", "countdown"),
    [
        (35, "13:40 EST", "in 35 min"),
        (100, "14:45 EST", "in 1 h 40"),
        (-20, "12:45 EST", "20 min ago"),
        (985, "Wed 05:30", "in 16 h"),
        (60 * 24 * 3, "Fri 13:05", "in 3 days"),
        (60 * 24 * 10, "4 Dec 13:05", "in 10 days"),
    ],
)
def test_arrival_in_words(minutes, eta, countdown):
    moment = NOW + timedelta(minutes=minutes)
    words = row_words(row(eta=Eta("x", "America/Toronto", moment)), NOW)
    assert (words.eta, words.countdown) == (eta, countdown)
