"""The rule above all: whatever is heard, in whatever order, go is said only where everything is known to be good."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.crossing.test_fold import START, C, N, P, T, ace_message, aci_message, gateway

from desktop.crossing.fold import Heard, fold
from desktop.crossing.gap import Gap
from desktop.crossing.readiness import readiness
from desktop.domain.lifecycle import Delivery, Regime, Verdict

NOW = START + timedelta(hours=2)
HOUR = timedelta(hours=1)
KNOWN_ACE = {"02", "05", "11", "12", "13", "18", "19", "1A", "1B", "1C", "1F", "1G", "1H", "1I", "1J"}
KNOWN_RNS = {"1", "4", "5", "8", "9", "14", "23", "24", "34"}
KNOWN_NOTICES = {"MATCHED", "NOT_MATCHED", "ARRIVAL_REPORTED", "CSA_REPORTED", "INSUFFICIENT_REVIEW_TIME_WARNING"}
KNOWN_TRIP = {"AAD", "19", "RTR", "RCO", "HTR"}
KNOWN_STATUS = {"IMPORTED", "DATA_ERROR", "QUEUED"}
PLACED, REMOVED = {"1G": "there", "1H": "port"}, {"1F": "there", "1I": "port"}
FILED, TAKEN = "COMPLETE_TRIP_AND_SHIPMENTS", {"processingResponse": {"shipmentsAccepted": 2, "shipmentsRejected": 0}}

GOOD_ACE = [
    {"data": "ACE_RESPONSE", "cbpDateTime": "2026-11-24 07:01:00", "sendRequest": {"type": FILED, "tripNumber": T}} | TAKEN,
    {
        "data": "ACE_RESPONSE", "cbpDateTime": "2026-11-24 07:02:00", "tripNumber": T,
        "shipmentStatusList": [{"shipmentControlNumber": number, "code": "05"} for number in N],
    },
]  # fmt: skip
GOOD_ACI = [
    {
        "data": "ACI_RESPONSE", "cbsaDateTime": "2026-11-24 07:01:00", "type": "ACCEPT", "tripNumber": C,
        "sendRequest": {"type": "ORIGINAL", "tripNumber": C, "bundleTripAndShipments": True},
    },
    *(
        {
            "data": "RNS_SHIPMENT", "cargoControlNumber": number,
            "status": {"dateTime": "2026-11-24 07:02:00", "releaseCode": {"number": "9"}},
        }
        for number in P
    ),
]  # fmt: skip


def codes_of(message):
    """Every code in a message that a reader could fail to know, with what is known of its kind."""
    for one in message.get("shipmentStatusList", []):
        if one["shipmentControlNumber"] in N:
            yield one["code"], KNOWN_ACE
    if message.get("tripStatus"):
        yield message["tripStatus"], KNOWN_TRIP
    if message["data"] == "RNS_SHIPMENT" and message["cargoControlNumber"] in P:
        yield message["status"]["releaseCode"]["number"], KNOWN_RNS
    if message["data"] == "ACI_NOTICE" and message["cargoControlNumber"] in P:
        yield message["type"], KNOWN_NOTICES
    if message["data"] == "API_RESPONSE":
        yield message["status"], KNOWN_STATUS


def names_another(message):
    trip = message.get("tripNumber") or message.get("sendRequest", {}).get("tripNumber", "")
    return bool(trip) and trip not in {T, C}


def only_good(messages):
    """What a go needs, read from the messages without the program: judged by counting, not by order."""
    different = list({json.dumps(one, sort_keys=True): one for one in messages}.values())
    holds = Counter()
    for message in different:
        for one in message.get("shipmentStatusList", []):
            place = PLACED.get(one["code"]) or REMOVED.get(one["code"])
            if place and one["shipmentControlNumber"] in N:
                holds[one["shipmentControlNumber"], place] += 1 if one["code"] in PLACED else -1
    accepted = [one for one in different if one.get("type") == "ACCEPT" or "shipmentsAccepted" in str(one)]
    return {
        "an acceptance": any(not names_another(one) for one in accepted),
        "no code that is not known": all(
            code in known
            for one in different
            for code, known in codes_of(one)
            if not (names_another(one) and "tripStatus" in one)
        ),
        "no hold open, none removed that was never seen": not any(holds.values()),
    }


def asked(regime, messages, *, minutes=0, **changes):
    frames = [Heard(f"f{n:03}", START + timedelta(minutes=minutes, seconds=n), one) for n, one in enumerate(messages)]
    numbers, trip = (N, T) if regime is Regime.ACE else (P, C)
    return readiness(
        fold(regime, frames, numbers, START - timedelta(minutes=1), trip=trip),
        changes.pop("delivery", Delivery.DELIVERED),
        changes.pop("now", NOW),
        **{"eta": NOW + HOUR, **changes},
    )


@pytest.mark.parametrize("regime", list(Regime))
def test_go_is_said_only_where_everything_is_good(regime):
    good, more = (GOOD_ACE, ace_message()) if regime is Regime.ACE else (GOOD_ACI, aci_message())
    seen = Counter()

    @given(
        base=st.sampled_from([good, good, good[:1], good[1:], []]),
        extra=st.lists(more | gateway, max_size=4),
        picks=st.data(),
    )
    @settings(max_examples=1500, deadline=None)
    def every(base, extra, picks):
        messages = [*base, *extra]
        found = asked(regime, messages)
        seen[found.verdict] += 1
        shuffled = picks.draw(st.permutations(messages))
        again = [*shuffled, *picks.draw(st.lists(st.sampled_from(messages), max_size=3) if messages else st.just([]))]
        assert asked(regime, again).verdict is found.verdict
        if found.verdict is Verdict.GO:
            assert {rule for rule, holds in only_good(messages).items() if not holds} == set()
            assert asked(regime, messages, is_changed=True).verdict is not Verdict.GO
            assert asked(regime, messages, now=START + timedelta(minutes=30)).verdict is not Verdict.GO or (
                found.reasons[0].code == "released"
            )
            for delivery in set(Delivery) - {Delivery.DELIVERED}:
                assert asked(regime, messages, delivery=delivery).verdict is not Verdict.GO
            if found.reasons[0].code == "go":
                assert asked(regime, messages, is_listening=False).verdict is not Verdict.GO
                assert asked(regime, messages, time_trusted=False).verdict is not Verdict.GO
                assert asked(regime, messages, eta=None).verdict is not Verdict.GO
                assert asked(regime, messages, gaps=[Gap(START, NOW - HOUR)]).verdict is not Verdict.GO

    every()
    assert set(seen) == set(Verdict), "each answer is reached, or the test says nothing"


@pytest.mark.parametrize("regime", list(Regime))
@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_one_word_too_many_takes_go_away(regime, data):
    """To a trip that may go, one more message: an unknown code, a hold, a refusal, anywhere in the order."""
    good, numbers, trip = (GOOD_ACE, N, T) if regime is Regime.ACE else (GOOD_ACI, P, C)
    number = data.draw(st.sampled_from(numbers))
    clock = data.draw(st.sampled_from(["", "2026-11-24 06:00:00", "2026-11-24 07:30:00", "later"]))
    code = data.draw(st.text("ABCXYZ0123456789", min_size=1, max_size=4))
    if regime is Regime.ACE:
        at = {"data": "ACE_RESPONSE", "cbpDateTime": clock, "tripNumber": trip}
        bad = [
            at | {"shipmentStatusList": [{"shipmentControlNumber": number, "code": data.draw(st.sampled_from(["1G", "1H", "1F", "1I"]))}]},
            at | {"shipmentStatusList": [{"shipmentControlNumber": number, "code": f"Q{code}"}]},
            at | {"shipmentStatusList": [{"shipmentControlNumber": number}]},
            at | {"tripStatus": f"Q{code}"},
            at,
        ]  # fmt: skip
    else:
        bad = [
            {"data": "RNS_SHIPMENT", "cargoControlNumber": number, "status": {"dateTime": clock, "releaseCode": {"number": f"Q{code}"}}},
            {"data": "RNS_SHIPMENT", "cargoControlNumber": number, "status": {"dateTime": clock}},
            {"data": "ACI_NOTICE", "cbsaDateTime": clock, "type": f"Q{code}", "cargoControlNumber": number},
            {"data": "ACI_RESPONSE", "cbsaDateTime": clock, "type": f"Q{code}", "tripNumber": trip},
        ]  # fmt: skip
    bad += [
        {"data": f"Q{code}", "tripNumber": trip},
        {"data": "API_RESPONSE", "status": f"Q{code}", "tripNumber": trip},
    ]
    one = data.draw(st.sampled_from(bad))
    messages = data.draw(st.permutations([*good, one]))
    assert asked(regime, good).verdict is Verdict.GO
    assert asked(regime, messages).verdict in {Verdict.STOP, Verdict.UNKNOWN}
