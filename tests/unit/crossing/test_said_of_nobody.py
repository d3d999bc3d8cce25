"""What customs says without naming the shipment, or in another shape than known, never leaves a go standing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.crossing.fold import Crossing, Heard, fold
from desktop.crossing.gap import Gap
from desktop.crossing.proof import Handed
from desktop.crossing.readiness import Readiness, readiness
from desktop.domain.lifecycle import Delivery, Regime, Verdict

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TRIP, NUMBER = "SMPL0001", "SMPLPAPS1"
CRN, CCN = "9SMP0001", "9SMPPARS1"


def ace(minute: int = 0, **said: object) -> dict[str, object]:
    return {"data": "ACE_RESPONSE", "tripNumber": TRIP, "cbpDateTime": f"2026-11-24 03:{minute:02}:00", **said}


def aci(kind: str, minute: int = 0, **said: object) -> dict[str, object]:
    return {"data": kind, "tripNumber": CRN, "cbsaDateTime": f"2026-11-24 03:{minute:02}:00", **said}


ACE_FILED = [
    ace(1, sendRequest={"type": "COMPLETE_TRIP_AND_SHIPMENTS"}, processingResponse={"shipmentsAccepted": 1}),
    ace(2, shipmentStatusList=[{"shipmentControlNumber": NUMBER, "code": "05"}]),
]
ACI_FILED = [
    aci("ACI_RESPONSE", 1, type="ACCEPT", sendRequest={"type": "ORIGINAL", "bundleTripAndShipments": True}),
    {
        "data": "RNS_SHIPMENT",
        "cargoControlNumber": CCN,
        "status": {"dateTime": "2026-11-24 03:02:00", "releaseCode": {"number": "9"}},
    },
]


def folded(regime: Regime, said: list[dict[str, object]]) -> Crossing:
    is_ace = regime is Regime.ACE
    heard = [Heard(str(place), START + timedelta(minutes=place), one) for place, one in enumerate(said)]
    number, trip = (NUMBER, TRIP) if is_ace else (CCN, CRN)
    handed = [Handed(START - timedelta(minutes=1), "", frozenset({number}))]
    return fold(regime, heard, [number], handed[0].at, trip=trip, handed=handed)


def answer(regime: Regime, said: list[dict[str, object]]) -> Readiness:
    now = START + timedelta(hours=3)
    return readiness(folded(regime, said), Delivery.DELIVERED, now, eta=now + timedelta(hours=1))


def test_both_trips_go_before_anything_strange_is_said() -> None:
    assert answer(Regime.ACE, ACE_FILED).verdict is Verdict.GO
    assert answer(Regime.ACI, ACI_FILED).verdict is Verdict.GO


@pytest.mark.parametrize("code", ["1H", "1G", "1A", "1I", "1F"])
def test_a_hold_or_an_exam_of_no_named_shipment_takes_the_go_away(code: str) -> None:
    said = [*ACE_FILED, ace(3, shipmentStatusList=[{"code": code}])]
    assert answer(Regime.ACE, said).verdict in {Verdict.STOP, Verdict.UNKNOWN}


@pytest.mark.parametrize("code", ["5", "14", "24", "34"])
def test_an_rns_answer_that_names_the_trip_alone_takes_the_go_away(code: str) -> None:
    rns = {
        "data": "RNS_SHIPMENT",
        "tripNumber": CRN,
        "status": {"dateTime": "2026-11-24 03:03:00", "releaseCode": {"number": code}},
    }
    assert answer(Regime.ACI, [*ACI_FILED, rns]).verdict in {Verdict.STOP, Verdict.UNKNOWN}


def test_a_broken_link_of_no_named_shipment_takes_the_go_away() -> None:
    assert answer(Regime.ACI, [*ACI_FILED, aci("ACI_NOTICE", 3, type="NOT_MATCHED")]).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("rejected", ["1 of 2", -1, 1.5, True, ["1"], {"count": 1}])
def test_a_count_of_refused_shipments_that_cannot_be_read_is_no_acceptance(rejected: object) -> None:
    first = ace(
        1,
        sendRequest={"type": "COMPLETE_TRIP_AND_SHIPMENTS"},
        processingResponse={"shipmentsAccepted": 1, "shipmentsRejected": rejected},
    )
    crossing = folded(Regime.ACE, [first, ACE_FILED[1]])
    assert not crossing.is_filed
    assert answer(Regime.ACE, [first, ACE_FILED[1]]).verdict is not Verdict.GO


@pytest.mark.parametrize("errors", ["SHIPMENT REFUSED", {"code": "017"}, ["017"], 17])
def test_objections_in_another_shape_are_no_acceptance(errors: object) -> None:
    assert answer(Regime.ACE, [ACE_FILED[0] | {"validationResponses": errors}, ACE_FILED[1]]).verdict is not Verdict.GO


@pytest.mark.parametrize("news", [{"shipmentControlNumber": NUMBER, "code": "1H"}, ["1H"], "1H", [["1H"]]])
def test_shipment_news_in_another_shape_leaves_no_go(news: object) -> None:
    beside = ace(3, shipmentStatusList=news, tripStatus={"code": "RTR"})
    assert answer(Regime.ACE, [*ACE_FILED, beside]).verdict is not Verdict.GO


TIMELESS = {
    "hold": {"shipmentStatusList": [{"shipmentControlNumber": NUMBER, "code": "1H"}]},
    "exam": {"shipmentStatusList": [{"shipmentControlNumber": NUMBER, "code": "1A"}]},
    "refused": {"processingResponse": {"shipmentsRejected": 1}, "sendRequest": {"type": "AMEND_TRIP_AND_SHIPMENTS"}},
    "cancelled": {
        "processingResponse": {"shipmentsAccepted": 1},
        "sendRequest": {"type": "CANCEL_TRIP_AND_SHIPMENTS"},
    },
}


@pytest.mark.parametrize("name", sorted(TIMELESS))
def test_bad_news_without_a_time_is_not_taken_for_older_than_good_news(name: str) -> None:
    bad = {"data": "ACE_RESPONSE", "tripNumber": TRIP, **TIMELESS[name]}
    good = ace(2, shipmentStatusList=[{"shipmentControlNumber": NUMBER, "code": "1C"}])
    for said in ([*ACE_FILED, good, bad], [bad, *ACE_FILED, good]):
        assert answer(Regime.ACE, said).verdict is not Verdict.GO


def test_bad_rns_news_without_a_time_is_not_taken_for_older_than_good_news() -> None:
    for code in ("5", "14", "24"):
        bad = {"data": "RNS_SHIPMENT", "cargoControlNumber": CCN, "status": {"releaseCode": {"number": code}}}
        assert answer(Regime.ACI, [*ACI_FILED, bad]).verdict is not Verdict.GO


def test_a_release_without_a_time_is_not_newer_than_a_hold() -> None:
    held = ace(3, shipmentStatusList=[{"shipmentControlNumber": NUMBER, "code": "1A"}])
    free = {
        "data": "ACE_RESPONSE",
        "tripNumber": TRIP,
        "shipmentStatusList": [{"shipmentControlNumber": NUMBER, "code": "1C"}],
    }
    assert answer(Regime.ACE, [*ACE_FILED, held, free]).verdict is Verdict.STOP


RNS_FREE = {
    "data": "RNS_SHIPMENT",
    "cargoControlNumber": CCN,
    "status": {"dateTime": "2026-11-24 03:05:00", "releaseCode": {"number": "4"}},
}


def released(**said: object) -> Readiness:
    now = START + timedelta(hours=3)
    crossing = folded(Regime.ACI, [*ACI_FILED, RNS_FREE])
    return readiness(crossing, Delivery.DELIVERED, now, **{"eta": now + timedelta(hours=1), **said})


def test_a_release_before_the_truck_is_there_is_taken_back_unheard_where_nobody_listens() -> None:
    """CBSA may still send it to an examination until it has arrived (domain 5.4; reliability 4.5)."""
    assert released().verdict is Verdict.GO
    assert released(is_listening=False).verdict is Verdict.UNKNOWN
    gap = Gap(START + timedelta(hours=1), START + timedelta(hours=2))
    assert released(gaps=[gap]).verdict is Verdict.UNKNOWN
    assert released(gaps=[gap], looked_at=START + timedelta(hours=2, minutes=5)).verdict is Verdict.GO
    assert released(eta=None).verdict is Verdict.UNKNOWN


def test_a_trip_of_yesterday_that_was_released_asks_for_nobody() -> None:
    ready = released(eta=START - timedelta(days=2), is_listening=False)
    assert (ready.verdict, ready.must_act) == (Verdict.GO, False)
