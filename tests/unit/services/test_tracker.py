"""Where control numbers stand in the list of shipments: every code, in any order, for every carrier."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from desktop.domain.lifecycle import Regime
from desktop.services.tracked_row import Group, Stand
from desktop.services.tracker import Tracker

NUMBER = "9SMPPARS100900"


def rns(code: str, *, number: str = NUMBER, at: str = "2026-11-24 09:00:00", **more) -> dict:
    return {
        "data": "RNS_SHIPMENT",
        "cargoControlNumber": number,
        "transactionNumber": "17889003009937",
        "driverName": "Sample Driver One",
        "serviceOption": {"number": "125", "name": "PARS, EDI"},
        "releaseOffice": {"number": "0453", "name": "WINDSOR AMBASSADOR BRIDGE"},
        "status": {"dateTime": at, "releaseCode": {"number": code, "shortName": "Said", "longName": "Said at length"}},
        **more,
    }


def notice(kind: str, *, number: str = NUMBER, at: str = "2026-11-24 08:00:00") -> dict:
    return {"data": "ACI_NOTICE", "cbsaDateTime": at, "type": kind, "cargoControlNumber": number}


def accepted(trip: str, at: str = "2026-11-24 07:00:00") -> dict:
    return {
        "data": "ACI_RESPONSE",
        "type": "ACCEPT",
        "cbsaDateTime": at,
        "tripNumber": trip,
        "sendRequest": {"type": "ORIGINAL", "tripNumber": trip},
    }


@pytest.fixture
def tracker(world) -> Tracker:
    return Tracker(world.store, world.clock)


async def only(tracker: Tracker, number: str = NUMBER):
    found = (await tracker.rows(search=number)).rows
    (row,) = [one for one in found if one.number.casefold() == number.casefold()]
    return row


CODES = {
    "1": (Stand.ACKNOWLEDGED, Group.WAITING),
    "4": (Stand.RELEASED, Group.RELEASED),
    "5": (Stand.EXAM, Group.NEEDS),
    "8": (Stand.RELEASED_CFIA, Group.NEEDS),
    "9": (Stand.SET, Group.SET),
    "14": (Stand.RNS_ERROR, Group.NEEDS),
    "23": (Stand.AUTHORISED, Group.RELEASED),
    "24": (Stand.NOT_SET, Group.NEEDS),
    "34": (Stand.NOT_SET, Group.NEEDS),
    "31": (Stand.UNKNOWN, Group.NEEDS),
    "": (Stand.UNKNOWN, Group.NEEDS),
}


@pytest.mark.parametrize("code", CODES)
def test_each_code_of_a_number_nobody_here_knows(world, run, tracker, code) -> None:
    async def main() -> None:
        await world.hear(rns(code))
        row = await only(tracker)
        assert (row.stand, row.group) == CODES[code]
        assert (row.number, row.trip, row.shipment_id, row.is_known) == (NUMBER, "", "", False)
        assert (row.entry, row.service, row.office) == ("17889003009937", "125", "0453")
        assert row.code == code
        assert row.since == world.clock.now()

    run(main())


def test_words_of_an_unknown_code_are_kept_as_received(world, run, tracker) -> None:
    async def main() -> None:
        await world.hear(rns("31"))
        row = await only(tracker)
        assert (row.code, row.said, row.before) == ("31", "Said at length", None)

    run(main())


def test_an_unknown_code_after_a_known_one_is_shown_and_moves_nothing(world, run, tracker) -> None:
    async def main() -> None:
        await world.hear(rns("9"))
        await world.hear(rns("31", at="2026-11-24 10:00:00"))
        row = await only(tracker)
        assert (row.stand, row.before, row.group) == (Stand.UNKNOWN, Stand.SET, Group.NEEDS)
        await world.hear(rns("4", at="2026-11-24 11:00:00"))
        assert (await only(tracker)).stand is Stand.RELEASED

    run(main())


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_receipt_does_not_matter(world, run, tracker, order) -> None:
    said = [
        rns("24", at="2026-11-24 08:30:00"),
        rns("9", at="2026-11-24 09:00:00"),
        rns("4", at="2026-11-24 10:00:00"),
        notice("NOT_MATCHED"),
    ]

    async def main() -> None:
        for place in order:
            await world.hear(said[place])
            world.clock.advance(1)
        await world.hear(said[order[0]])
        row = await only(tracker)
        assert (row.stand, row.code, row.group) == (Stand.RELEASED, "4", Group.RELEASED)

    run(main())


def test_two_carriers_have_the_same_number_each_for_itself(bare, run) -> None:
    async def main() -> None:
        one = await bare.add_company("Sample Carrier One", key="c-1")
        two = await bare.add_company("Sample Carrier Two", scacs=("SMPM",), codes=("9SMQ",), key="c-2")
        await bare.hear(rns("9", companyKey="c-1"))
        await bare.hear(rns("5", companyKey="c-2"))
        tracker = Tracker(bare.store, bare.clock)
        found = {row.company: row.stand for row in (await tracker.rows()).rows}
        assert found == {one.id: Stand.SET, two.id: Stand.EXAM}
        assert [row.stand for row in (await tracker.rows(company=two.id)).rows] == [Stand.EXAM]

    run(main())


def test_a_number_is_matched_whatever_its_case_and_shown_as_the_shipment_writes_it(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        await world.hear(rns("9", number=number.lower()))
        row = await only(tracker, number)
        assert (row.number, row.heard_as, row.stand) == (number, number.lower(), Stand.SET)
        assert row.trip == trip.number
        assert len((await tracker.rows(search=number.lower())).rows) == 1

    run(main())


def test_a_shipment_on_a_trip_says_all_that_is_known_of_it(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        shipment = trip.document["shipments"][0]
        number = shipment["cargoControlNumber"]
        await world.hear(rns("9", number=number))
        row = await only(tracker, number)
        assert (row.trip_id, row.position, row.trips, row.is_sent) == (trip.id, 0, 1, False)
        assert row.driver == " ".join(trip.document["drivers"][0][name] for name in ("firstName", "lastName"))
        assert row.consignee == shipment["consignee"]["name"]
        assert row.eta is not None
        assert row.eta.moment == trip.eta_utc
        assert number in {one.number for one in (await tracker.rows()).rows}

    run(main())


def test_an_office_that_is_not_the_port_of_the_trip_needs_a_person_until_it_is_released(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI, portOfEntry="0440")
        number = trip.document["shipments"][0]["cargoControlNumber"]
        await world.hear(rns("9", number=number))
        row = await only(tracker, number)
        assert (row.stand, row.group, row.is_other_office) == (Stand.OTHER_OFFICE, Group.NEEDS, True)
        await world.hear(rns("4", number=number, at="2026-11-24 10:00:00"))
        row = await only(tracker, number)
        assert (row.stand, row.is_other_office) == (Stand.RELEASED, True)

    run(main())


def minutes_before(world, trip, minutes: int) -> None:
    world.clock.jump((trip.eta_utc - timedelta(minutes=minutes) - world.clock.now()).total_seconds())


def test_a_broker_who_has_not_filed_needs_a_person_90_minutes_before_arrival(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        await world.hear(accepted(trip.number))
        minutes_before(world, trip, 91)
        row = await only(tracker, number)
        assert (row.stand, row.group) == (Stand.ON_FILE, Group.WAITING)
        minutes_before(world, trip, 90)
        row = await only(tracker, number)
        assert (row.stand, row.group) == (Stand.NOTHING_YET, Group.NEEDS)
        await world.hear(notice("NOT_MATCHED", number=number))
        row = await only(tracker, number)
        assert (row.stand, row.group) == (Stand.NOT_FILED, Group.NEEDS)
        assert await tracker.needing() >= 1

    run(main())


def test_what_was_released_yesterday_is_earlier(world, run, tracker) -> None:
    async def main() -> None:
        await world.hear(rns("4"))
        world.clock.advance(86_400)
        assert (await only(tracker)).group is Group.EARLIER
        assert await tracker.needing() == 0

    run(main())


def test_a_number_is_found_by_its_tail_its_transaction_its_trip_and_its_driver(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        await world.hear(rns("9"))

        async def found(search: str) -> set[str]:
            return {row.number for row in (await tracker.rows(search=search)).rows}

        assert await found("100900") == {NUMBER}
        assert await found("17889003009937") == {NUMBER}
        assert number in await found(trip.number)
        assert number in await found(trip.document["drivers"][0]["lastName"])
        assert await found("9smppars 100900") == {NUMBER}
        assert await found("nothing like it") == set()

    run(main())


def test_the_rest_is_paged(world, run, tracker) -> None:
    async def main() -> None:
        for place in range(5):
            await world.hear(rns("9", number=f"9SMPPARS20000{place}", at=f"2026-11-24 09:00:0{place}"))
            world.clock.advance(1)
        page = await tracker.rows(limit=3)
        assert page.has_more
        assert [row.number for row in page.rows] == [f"9SMPPARS20000{place}" for place in (4, 3, 2)]
        assert not (await tracker.rows(limit=5)).has_more

    run(main())


def test_a_story_is_told_oldest_first_in_the_words_of_the_inbox(world, run, tracker) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        world.clock.advance(60)
        await world.hear(accepted(trip.number))
        world.clock.advance(60)
        await world.hear(rns("9", number=number))
        story = await tracker.story(await only(tracker, number))
        assert [line.kind for line in story.lines] == ["written", "message", "message"]
        assert story.lines[2].card
        assert story.lines[1].title
        assert story.goods

    run(main())


def test_a_number_on_two_trips_says_so_and_counts_where_it_went_out(world, run, tracker) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        number = one.document["shipments"][0]["cargoControlNumber"]
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z")
        await world.hear(rns("9", number=number))
        row = await only(tracker, number)
        assert (row.trips, row.trip_id, row.stand) == (2, two.id, Stand.SET)
        await world.editing.delete(two.id)
        row = await only(tracker, number)
        assert (row.trips, row.trip_id) == (1, one.id)

    run(main())
