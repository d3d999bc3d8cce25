"""The sample data: invented, whole, and correct where it should be."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop import assets
from desktop.practice import sample
from desktop.practice.personality import Personality
from desktop.practice.rules import RuleBook

NOW = datetime(2026, 11, 24, 13, 5, 2, tzinfo=UTC)
DETROIT = ZoneInfo("America/Detroit")
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))


def everything():
    return json.dumps(
        [
            sample.company(),
            sample.drivers(),
            sample.trucks(),
            sample.trailers(),
            sample.partners(),
            sample.sample_trips(NOW),
        ]
    )


def arrival(trip):
    return datetime.strptime(trip["estimatedArrivalDateTime"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=DETROIT)


def test_two_trips_pass_and_one_is_half_finished():
    ace, aci, half = sample.sample_trips(NOW)
    judge = RuleBook(Personality(unknown_fields="refuse", null_values="refuse"), ())
    assert judge.judge(ace) == judge.judge(aci) == []
    assert [problem.note for problem in judge.judge(half)] == [
        f"Consignee Postal Code is required [{half['shipments'][0]['shipmentControlNumber']}]",
        f"Commodity Weight is required [{half['shipments'][0]['shipmentControlNumber']}]",
    ]
    assert len(half["truck"]["vinNumber"]) == 14


def test_the_good_trips_go_all_the_way(run, bench):
    async def main():
        async with bench.both("clear") as (_, client):
            for trip in sample.sample_trips(NOW)[:2]:
                assert (await client.ask({**trip, "operation": "CREATE", "autoSend": True}))["status"] == "IMPORTED"
                accepted = await client.next()
                assert accepted.get("processingResponse", {"shipmentsRejected": 0})["shipmentsRejected"] == 0
                assert accepted.get("type", "ACCEPT") == "ACCEPT"
                await client.next()

    run(main())


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 40, tzinfo=UTC),
        datetime(2026, 11, 1, 2, 20, tzinfo=UTC),
        datetime(2026, 3, 8, 3, 29, 30, tzinfo=UTC),
    ],
)
def test_arrival_is_some_hours_ahead_on_the_quarter_hour_and_comes_only_once(now):
    for trip in sample.sample_trips(now):
        eta = arrival(trip)
        assert timedelta(hours=3) <= eta.astimezone(UTC) - now <= timedelta(hours=6)
        assert (eta.minute % 15, eta.second) == (0, 0)
        assert eta.replace(fold=0).utcoffset() == eta.replace(fold=1).utcoffset()
        assert eta.astimezone(UTC).astimezone(DETROIT) == eta
        for shipment in trip["shipments"]:
            assert (
                shipment.get("estimatedArrivalDate", trip["estimatedArrivalDateTime"])
                == trip["estimatedArrivalDateTime"]
            )


def test_each_beginning_gives_numbers_of_its_own_of_the_right_shape():
    first, second = sample.sample_trips(NOW), sample.sample_trips(NOW + timedelta(seconds=1))
    numbers = [number for trips in (first, second) for trip in trips for number in _numbers(trip)]
    assert len(numbers) == len(set(numbers)) == 14
    for trip in first:
        assert re.fullmatch(
            r"SMPL[A-Z0-9]{4,21}" if trip["data"] == "ACE_TRIP" else r"9SMP[A-Z0-9]{4,21}", trip["tripNumber"]
        )
        assert "PARS" not in trip["tripNumber"]
        for number in _numbers(trip)[1:]:
            assert re.fullmatch(r"SMPL[A-Z0-9]{4,12}|9SMPPARS[0-9]{4,17}", number)


def _numbers(trip):
    cargo = [shipment.get("shipmentControlNumber") or shipment["cargoControlNumber"] for shipment in trip["shipments"]]
    return [trip["tripNumber"], *cargo]


def test_vins_have_their_check_digit():
    vins = [truck["document"]["vinNumber"] for truck in sample.trucks()]
    for vin in vins:
        rest = (
            sum(
                (int(sign) if sign.isdigit() else LETTERS[sign]) * weight
                for sign, weight in zip(vin, WEIGHTS, strict=True)
            )
            % 11
        )
        assert vin[8] == ("X" if rest == 10 else str(rest))
    assert {trip["truck"]["vinNumber"] for trip in sample.sample_trips(NOW)[:2]} == set(vins)


def test_people_companies_and_phones_are_plainly_invented():
    for driver in sample.drivers():
        document = driver["document"]
        assert document["firstName"] == "Sample"
        assert document["lastName"].startswith("Driver ")
        assert (
            len(document["travelDocuments"]) == len([key for key in driver["local"]["expiries"] if key.isdigit()]) == 2
        )
        assert re.fullmatch(r"4270\d{8}0[12]", document.get("fastCardNumber", "42700000000001"))
    assert all(partner["document"]["name"].startswith("Sample ") for partner in sample.partners())
    phones = re.findall(r'"(?:contactNumber|phone)": "([^"]+)"', everything())
    assert phones
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", phone) for phone in phones)
    assert re.search(r"[ac]-\d+-[0-9a-f]{16}", everything()) is None


def test_units_of_the_trips_stand_in_the_library():
    trailers = {row["document"]["number"] for row in sample.trailers()}
    for trip in sample.sample_trips(NOW):
        assert trip["truck"]["number"] in {row["document"]["number"] for row in sample.trucks()}
        used = {trailer["number"] for trailer in trip["trailers"]}
        assert used <= trailers
        for part in [
            shipment.get("loadedOn") or shipment["commodities"][0]["loadedOn"] for shipment in trip["shipments"]
        ]:
            assert part["number"] in used


def test_codes_stand_in_the_lists():
    def known(name):
        return assets.read_json(f"codes/{name}.json")["codes"]

    ace, aci, _ = sample.sample_trips(NOW)
    assert ace["usPortOfArrival"] in known("us-ports")
    assert aci["portOfEntry"] in known("ca-highway-ports")
    assert all(shipment["releaseOffice"] in known("ca-release-offices") for shipment in aci["shipments"])
    assert all(trailer["document"]["type"] in known("trailer-types") for trailer in sample.trailers())


def test_what_is_handed_out_belongs_to_the_taker():
    sample.drivers()[0]["document"]["firstName"] = "Changed"
    sample.company()["scacs"].append("XXXX")
    sample.sample_trips(NOW)[0]["truck"]["number"] = "changed"
    assert "Changed" not in everything()
    assert sample.company()["scacs"] == ["SMPL"]
    assert sample.sample_trips(NOW)[0]["truck"]["number"] == "T101"
