"""The filters of the list of trips: what each state and day means, told of rows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.desk import FakeDesk

from desktop.domain.lifecycle import Customs, Delivery, Verdict
from desktop.services.views import Eta, ReadinessView
from desktop.ui.trips.filters import Arrival, State, arrives, is_in_state

NOW = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)  # still Tuesday the 24th in Toronto


@pytest.fixture
def row(run):
    (first, *_) = run(FakeDesk().lookups.trips())
    return replace(
        first,
        delivery=Delivery.DELIVERED,
        customs=Customs.ON_FILE,
        readiness=ReadinessView(Verdict.WAIT, None, ()),
        eta=Eta("2026-11-24 18:00:00", "America/Toronto", None),
    )


@pytest.mark.parametrize(
    ("changes", "states"),
    [
        ({"delivery": Delivery.NOT_SENT, "customs": Customs.NONE}, {State.DRAFT}),
        ({"delivery": Delivery.SENDING, "customs": Customs.NONE}, {State.SENT}),
        ({"delivery": Delivery.NOT_SURE, "customs": Customs.NONE}, {State.SENT}),
        ({"customs": Customs.TRANSMITTED}, {State.SENT}),
        ({"customs": Customs.UNKNOWN}, {State.SENT}),
        ({"customs": Customs.PRELIMINARY}, {State.ON_FILE}),
        ({"customs": Customs.ON_FILE}, {State.ON_FILE}),
        ({"customs": Customs.CLEARED}, {State.CLEARED}),
        ({"customs": Customs.ARRIVED}, {State.ARRIVED}),
        ({"customs": Customs.RELEASED}, {State.RELEASED}),
        ({"customs": Customs.REFUSED}, {State.RETURNED}),
        ({"delivery": Delivery.REFUSED}, {State.RETURNED, State.ON_FILE}),
        ({"customs": Customs.CANCELLED}, {State.CANCELLED}),
    ],
)
def test_every_trip_is_in_the_state_it_is_called(row, changes, states):
    changed = replace(row, **changes)
    assert {state for state in State if is_in_state(changed, state)} == states | {State.ALL}


def test_what_needs_a_person_is_found_whatever_its_state(row):
    stopped = replace(row, readiness=ReadinessView(Verdict.STOP, None, ()))
    unknown = replace(row, readiness=ReadinessView(Verdict.UNKNOWN, None, ()))
    draft = replace(stopped, delivery=Delivery.NOT_SENT, customs=Customs.NONE)
    assert [is_in_state(one, State.NEEDS_YOU) for one in (stopped, unknown, row, draft)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("wall", "found"),
    [
        ("2026-11-24 23:59:00", {Arrival.TODAY, Arrival.WEEK}),
        ("2026-11-25 00:00:00", {Arrival.WEEK}),  # today in Greenwich, tomorrow at the port
        ("2026-11-23 00:00:00", {Arrival.WEEK}),
        ("2026-11-29 23:59:00", {Arrival.WEEK}),
        ("2026-11-22 23:59:00", set()),
        ("2026-11-30 00:00:00", set()),
        ("", set()),
        ("nonsense", set()),
    ],
)
def test_days_go_by_the_clock_of_the_port(row, wall, found):
    there = replace(row, eta=Eta(wall, "America/Toronto", None))
    assert {arrival for arrival in Arrival if arrives(there, arrival, NOW)} == found | {Arrival.ALL}
