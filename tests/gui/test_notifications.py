"""What is told outside the window: grouped, urgent first, nothing private, nothing twice."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.lifecycle import Category, LinkState, Regime
from desktop.services.noticed import AlertView
from desktop.services.views import InboxCard
from desktop.ui.notifications import (
    LINE,
    Gathering,
    Shown,
    Target,
    Urgency,
    good_notice,
    key_notice,
    urgent_notice,
    with_place,
)

BASE = InboxCard(
    "01A", datetime(2026, 11, 24, 18, tzinfo=UTC), "ACE_RESPONSE", Category.ALERT, "c", None, "AAAA123458A", "t1",
    "AAAA754388", "CBP placed a hold", "line", "hold", True, 1,
)  # fmt: skip


def card(number, **changes):
    return replace(BASE, id=f"01{number:03}", **changes)


def told(*cards, shown=None):
    """What would be told of these messages, the urgent first."""
    gathering = Gathering()
    gathering.add(cards)
    seen = shown or Shown()
    urgent, good = (
        [one for one in taken if not seen.covers(one)] for taken in (gathering.take_urgent(), gathering.take_good())
    )
    made = [urgent_notice(urgent, [])] if urgent else []
    return made + ([good_notice(good)] if good else [])


def alert(what="no_answer", trip="AAAA123461A", numbers=()):
    return AlertView(
        (f"a-{what}-{trip}",), what, f"id-{trip}", trip, Regime.ACE, "c", numbers, BASE.received_at, "title", "text"
    )  # fmt: skip


def test_a_hold_says_trip_and_what_to_do():
    (notice,) = told(card(1))
    assert notice.urgency is Urgency.NEEDS_YOU
    assert notice.title == "Hold on AAAA123458A"
    assert notice.line == "Keep the truck back."
    assert notice.target == Target("01001", "t1")


def test_one_notice_for_a_batch_on_one_trip():
    (notice,) = told(card(1), card(2), card(3))
    assert notice.line.endswith("And 2 more.")
    assert notice.target.card_id == "01003"


def test_several_trips_are_named_two_at_most():
    made = told(*[card(n, trip=f"TRIP{n}", trip_id=f"t{n}") for n in range(4)])
    assert [notice.title for notice in made] == ["4 trips need you"]
    assert made[0].line == "TRIP0 and TRIP1, and 2 more"


def test_what_needs_a_person_goes_before_good_news():
    accepted = card(1, category=Category.ACCEPTED, sign="accepted", trip="OTHER", trip_id="t9")
    rns = card(2, category=Category.RNS, sign="set", trip="OTHER")
    made = told(accepted, rns, card(3))
    assert [notice.urgency for notice in made] == [Urgency.NEEDS_YOU, Urgency.GOOD]
    assert made[1].title == "1 accepted, 1 set"
    assert made[1].line == f"Since {BASE.received_at.astimezone():%H:%M}. Nothing needs you."


def test_an_exam_in_an_rns_message_needs_a_person():
    made = told(card(1, category=Category.RNS, sign="exam", trip="", trip_id=None))
    assert made[0].urgency is Urgency.NEEDS_YOU
    assert made[0].title == "Exam for AAAA754388"


def test_uploads_and_notices_are_not_told():
    upload = card(1, category=Category.UPLOAD, sign="upload")
    assert told(upload, card(2, category=Category.NOTICE, sign="notice")) == []


@pytest.mark.parametrize(
    "shown",
    [Shown(is_in_front=True, card_id="01001"), Shown(is_in_front=True, trip_id="t1")],
)
def test_nothing_about_what_is_on_screen_in_front(shown):
    assert told(card(1), shown=shown) == []


def test_a_window_behind_others_does_not_count():
    assert told(card(1), shown=Shown(is_in_front=False, card_id="01001")) != []


def test_nothing_is_told_twice_and_old_messages_are_no_news():
    gathering = Gathering()
    gathering.start_after("01001")
    assert not gathering.add([card(1)])
    assert gathering.add([card(1), card(2)])
    assert gathering.add([card(2), card(3)])
    assert [one.id for one in gathering.take_urgent()] == ["01002", "01003"]
    assert not gathering.add([card(2), card(3)])
    assert not gathering.has_urgent


def test_what_was_read_meanwhile_is_no_news():
    gathering = Gathering()
    gathering.add([card(1, is_unread=False)])
    assert not gathering.has_urgent
    accepted = [card(n, category=Category.ACCEPTED, sign="accepted") for n in (2, 3, 4)]
    gathering.add(accepted)
    gathering.drop_read("01003", ["01004"])
    assert [one.id for one in gathering.take_good()] == ["01002", "01004"]


def test_no_notice_holds_what_the_message_says_of_people():
    private = card(1, title="Sample Driver One 1970-01-01", text="plate TEMP5\nFAST 42700000000001")
    for notice in told(private):
        said = f"{notice.title} {notice.line}"
        for secret in ("Driver", "1970", "TEMP5", "4270"):
            assert secret not in said


@pytest.mark.parametrize("state", list(LinkState))
def test_only_a_connection_that_needs_a_person_is_told(state):
    notice = key_notice(state, 2)
    if state in {LinkState.KEY_REFUSED, LinkState.KEY_NEEDED, LinkState.REFUSED}:
        assert notice is not None
        assert "2 trips wait" in notice.line
        assert notice.target.is_connection
    else:
        assert notice is None


def test_what_did_not_happen_is_told_like_what_did():
    notice = urgent_notice([], [alert("no_answer")])
    assert (notice.title, notice.target) == ("No answer for AAAA123461A", Target(trip_id="id-AAAA123461A"))
    assert notice.line == "Do not send it again; we keep watching."
    both = urgent_notice([card(1)], [alert("not_cleared"), alert("not_sent", trip="AAAA123458A")])
    assert both.title == "2 trips need you"
    assert both.line == "AAAA123458A and AAAA123461A"
    assert both.target.is_several


@pytest.mark.parametrize("what", ["no_answer", "not_cleared", "not_sent", "too_late", "gap", "a_later_kind"])
def test_every_kind_of_alert_has_words_that_fit(what):
    notice = urgent_notice([], [alert(what, numbers=("1234PARS1", "1234PARS2"))])
    assert "AAAA123461A" in notice.title
    assert len(notice.title) <= 48
    assert notice.line


@pytest.mark.parametrize("number", ["<b>AAAA1</b>", "Sample Driver One", "SAMPLEDRIVERONE", "A" * 40, "AAAA 123", ""])
def test_only_what_looks_like_a_number_is_repeated(number):
    notice = told(card(1, trip=number, shipment=""))[0]
    assert notice.title == "Hold on a shipment"
    two = told(card(1, trip=number), card(2, trip="AAAA2"))[0]
    assert number == "" or number not in two.line


def test_the_line_says_who_where_and_when_as_far_as_it_fits():
    from fakes.desk import FakeDesk

    desk = FakeDesk()
    row = desk.lookups.row(desk.stored[0])
    said = with_place("Keep the truck back.", row, desk.clock.now())
    assert said.endswith("Keep the truck back.")
    assert row.port_name in said
    assert "ETA" in said
    long = with_place(
        "Keep the truck back.", replace(row, port_name="A port with a name that is too long for it"), desk.clock.now()
    )
    assert "A port" not in long
    assert len(long) <= LINE
    assert with_place("x" * 70, row, desk.clock.now()) == "x" * 70
