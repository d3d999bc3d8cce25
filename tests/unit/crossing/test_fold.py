"""Where a trip stands is a matter of what was said, not of when it came or how often (reliability 4.4)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.crossing.fold import Heard, fold
from desktop.domain.lifecycle import Clearance, Customs, Regime

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
T, C = "AAAA123457A", "1234923ASDF"
N, P = ["AAAA754321", "AAAA754322"], ["1234PARS1", "1234PARS2"]
CLOCKS = ["2026-11-24 07:00:00", "2026-11-24 07:00:00", "2026-11-24 07:05:00", "2026-11-24 07:10:00", "later", ""]
clocks = st.sampled_from(CLOCKS)


@st.composite
def ace_message(draw):
    message = {"data": "ACE_RESPONSE", draw(st.sampled_from(["cbpDateTime", "dateTime"])): draw(clocks)}
    kind = draw(st.integers(0, 3))
    types = ["COMPLETE_TRIP_AND_SHIPMENTS", "AMEND_TRIP_AND_SHIPMENTS", "CANCEL_TRIP_AND_SHIPMENTS", "NEW", ""]
    message["sendRequest"] = {"type": draw(st.sampled_from(types)), "tripNumber": draw(st.sampled_from([T, "AAAA99"]))}
    if kind == 0:
        numbers = st.sampled_from([0, 1, 2, None, "1"])
        message["processingResponse"] = {"shipmentsAccepted": draw(numbers), "shipmentsRejected": draw(numbers)}
    elif kind == 1:
        message["tripStatus"] = draw(st.sampled_from(["AAD", "19", "RTR", "HTR", "QZX", ""]))
    elif kind == 2:
        message["validationResponses"] = [{"code": "017", "description": draw(st.sampled_from(["X", N[0]]))}]
    else:
        codes = st.sampled_from(["02", "05", "11", "18", "19", "1A", "1B", "1C", "1F", "1G", "1H", "1I", "1J", "QZX"])
        pair = st.fixed_dictionaries({"shipmentControlNumber": st.sampled_from([*N, "GONE"]), "code": codes})
        message["shipmentStatusList"] = draw(st.lists(pair, min_size=1, max_size=3))
    return message


@st.composite
def aci_message(draw):
    kind = draw(st.integers(0, 2))
    number = draw(st.sampled_from([*P, "GONE"]))
    if kind == 0:
        codes = st.sampled_from(["1", "3", "4", "5", "8", "9", "14", "23", "24", "34"])
        return {
            "data": "RNS_SHIPMENT", "cargoControlNumber": number,
            "status": {"dateTime": draw(clocks), "releaseCode": {"number": draw(codes)}},
        }  # fmt: skip
    if kind == 1:
        types = [
            "MATCHED",
            "NOT_MATCHED",
            "ARRIVAL_REPORTED",
            "CSA_REPORTED",
            "INSUFFICIENT_REVIEW_TIME_WARNING",
            "NEW",
        ]
        return {
            "data": "ACI_NOTICE", "cbsaDateTime": draw(clocks), "type": draw(st.sampled_from(types)),
            "cargoControlNumber": number, "tripNumber": draw(st.sampled_from([C, "", "1234OTHER"])),
        }  # fmt: skip
    return {
        "data": "ACI_RESPONSE", "cbsaDateTime": draw(clocks), "type": draw(st.sampled_from(["ACCEPT", "REJECT", "X"])),
        "sendRequest": {"type": draw(st.sampled_from(["ORIGINAL", "AMEND", "CANCEL", "NEW"]))},
        "tripNumber": draw(st.sampled_from([C, C, "1234OTHER", ""])),
        "cargoControlNumber": draw(st.sampled_from(["", number])),
    }  # fmt: skip


gateway = st.fixed_dictionaries(
    {
        "data": st.just("API_RESPONSE"),
        "status": st.sampled_from(["IMPORTED", "DATA_ERROR", "QUEUED", "NEW"]),
        "dateTime": clocks,
        "errors": st.sampled_from([[], [{"identifier": N[1], "note": "Bad"}]]),
    }
)


def heard(messages):
    return [Heard(f"f{n:03}", START + timedelta(seconds=n), message) for n, message in enumerate(messages)]


@given(
    messages=st.lists(ace_message() | gateway, max_size=8),
    picks=st.data(),
    sent=st.none() | st.integers(-5, 15).map(lambda seconds: START + timedelta(seconds=seconds)),
)
def test_any_order_and_any_repeats_give_the_same_state_for_ace(messages, picks, sent):
    _same(Regime.ACE, messages, picks, sent, N, T)


@given(
    messages=st.lists(aci_message() | gateway, max_size=8),
    picks=st.data(),
    sent=st.none() | st.integers(-5, 15).map(lambda seconds: START + timedelta(seconds=seconds)),
)
def test_any_order_and_any_repeats_give_the_same_state_for_aci(messages, picks, sent):
    _same(Regime.ACI, messages, picks, sent, P, C)


def _same(regime, messages, picks, sent, numbers, trip):
    frames = heard(messages)
    expected = fold(regime, frames, numbers, sent, trip=trip)
    shuffled = picks.draw(st.permutations(frames))
    again = picks.draw(st.lists(st.sampled_from(frames), max_size=4)) if frames else []
    repeats = [Heard(f"g{n}", START + timedelta(hours=1), one.value) for n, one in enumerate(again)]
    assert fold(regime, [*repeats, *shuffled], numbers, sent, trip=trip) == expected
    for shipment in expected.shipments.values():
        assert shipment.holds >= 0
        assert shipment.text
        if shipment.holds:
            assert shipment.released is False
        assert (shipment.released is None) == (shipment.clearance is Clearance.UNKNOWN)


def test_members_in_another_order_are_the_same_message():
    hold = {
        "data": "ACE_RESPONSE",
        "tripNumber": T,
        "shipmentStatusList": [{"shipmentControlNumber": N[0], "code": "1H"}],
    }
    turned = dict(reversed(hold.items()))
    assert fold(Regime.ACE, heard([hold, turned]), N).shipments[N[0]].holds == 1


def test_what_is_no_message_is_passed_over():
    crossing = fold(Regime.ACE, heard([None, 7, [], {}, {"data": "NEW"}, {"data": "SYSTEM_ALERT"}]), N)
    assert crossing.customs is Customs.NONE
    assert {event.code for event in crossing.events} == {"", "NEW"}, "what is not understood is kept, and moves nothing"


def test_errors_find_their_place_and_go_when_they_are_answered():
    refused = {
        "data": "ACI_RESPONSE", "type": "REJECT", "tripNumber": C, "cbsaDateTime": "2026-11-24 07:00:00",
        "sendRequest": {"type": "ORIGINAL"},
        "errorResponses": [
            {"errorField": "Port", "errorDescription": "TRIP PORT DOES NOT MATCH"},
            {"errorField": "Cargo Control Number", "errorDescription": "LINKED", "errorText": f"see {P[1]}"},
            {"errorDescription": f"BETWEEN {P[0]} AND {P[1]}"},
            {"errorField": "Some Field", "errorDescription": f"X{P[0]}"},
        ],
    }  # fmt: skip
    crossing = fold(Regime.ACI, heard([refused]), P, trip=C)
    assert [error.path for error in crossing.errors] == ["/portOfEntry", "/shipments/1/cargoControlNumber", "", ""]
    assert crossing.errors[0].text == "CBSA: TRIP PORT DOES NOT MATCH"
    assert crossing.errors[0].at == START
    accepted = {**refused, "type": "ACCEPT", "cbsaDateTime": "2026-11-24 07:05:00"}
    assert fold(Regime.ACI, heard([refused, accepted]), P, trip=C).errors == ()
    resent = fold(Regime.ACI, heard([refused]), P, START + timedelta(seconds=1), trip=C)
    assert (resent.customs, resent.errors) == (Customs.TRANSMITTED, ())


def test_a_gateway_error_names_the_shipment_until_the_next_import():
    failed = {
        "data": "API_RESPONSE", "status": "DATA_ERROR", "dateTime": "2026-11-24 07:00:00", "tripNumber": T,
        "errors": [{"identifier": N[1], "note": "Weight is required"}, {"identifier": T + "A", "note": "Used"}],
    }  # fmt: skip
    crossing = fold(Regime.ACE, heard([failed]), N, trip=T)
    assert [(error.path, error.text) for error in crossing.errors] == [
        ("/shipments/1", "BorderConnect: Weight is required"), ("", "BorderConnect: Used"),
    ]  # fmt: skip
    assert crossing.customs is Customs.NONE
    imported = {"data": "API_RESPONSE", "status": "IMPORTED", "dateTime": "2026-11-24 07:01:00", "tripNumber": T}
    assert fold(Regime.ACE, heard([failed, imported]), N, trip=T).errors == ()


def test_cbp_words_that_name_a_shipment_point_to_it():
    refused = {
        "data": "ACE_RESPONSE",
        "tripNumber": T,
        "validationResponses": [{"description": f"SCN {N[0]} TOO LONG"}],
    }
    assert fold(Regime.ACE, heard([refused]), N).errors[0].path == "/shipments/0/shipmentControlNumber"


def test_a_shipment_without_a_number_keeps_its_place_and_is_no_shipment_of_customs():
    refused = {
        "data": "ACE_RESPONSE",
        "tripNumber": T,
        "validationResponses": [{"description": f"SCN {N[0]} TOO LONG"}],
    }
    crossing = fold(Regime.ACE, heard([refused]), ["", *N])
    assert crossing.errors[0].path == "/shipments/1/shipmentControlNumber"
    assert list(crossing.shipments) == list(N)


def test_what_is_said_of_another_trip_is_not_applied():
    other = {"data": "ACI_RESPONSE", "type": "REJECT", "tripNumber": "1234OTHER", "cargoControlNumber": P[0]}
    crossing = fold(Regime.ACI, heard([other]), P, trip=C)
    assert (crossing.customs, crossing.errors, crossing.events) == (Customs.NONE, (), ())
    arrived = {
        "data": "ACI_NOTICE",
        "type": "ARRIVAL_REPORTED",
        "tripNumber": C,
        "references": [{"cargoControlNumber": "GONE"}],
    }
    assert fold(Regime.ACI, heard([arrived]), P, trip=C).customs is Customs.ARRIVED
    gone = {"data": "ACI_NOTICE", "type": "ARRIVAL_REPORTED", "cargoControlNumber": "GONE"}
    assert fold(Regime.ACI, heard([gone]), P, trip=C).customs is Customs.NONE


def test_cancelled_and_handed_over_again():
    cancelled = {"data": "ACI_RESPONSE", "type": "ACCEPT", "tripNumber": C, "sendRequest": {"type": "CANCEL"}}
    assert fold(Regime.ACI, heard([cancelled]), P, START).customs is Customs.CANCELLED
    assert fold(Regime.ACI, heard([cancelled]), P, START + timedelta(seconds=1)).customs is Customs.TRANSMITTED


def test_totals_and_words():
    entry = {
        "data": "ACE_RESPONSE", "tripNumber": T,
        "shipmentStatusList": [
            {"shipmentControlNumber": N[0], "code": "05", "entryNumber": "X1"},
            {"shipmentControlNumber": N[1], "code": "QZX"},
        ],
    }  # fmt: skip
    crossing = fold(Regime.ACE, heard([entry, {"data": "ACE_RESPONSE", "tripStatus": "HTR"}]), N)
    assert (crossing.cleared, crossing.holds, crossing.trip_holds) == (1, 1, 1)
    assert crossing.shipments[N[0]].entry_number == "X1"
    assert crossing.shipments[N[0]].text == "Entry on file (05)"
    assert crossing.shipments[N[1]].text == "Not recognised (QZX)"
    assert [event.what for event in crossing.events] == ["entry", "not_understood", "trip_held"]
    bond = {"data": "ACE_RESPONSE", "shipmentStatusList": [{"shipmentControlNumber": N[0], "code": "1J"}]}
    assert fold(Regime.ACE, heard([bond]), N).shipments[N[0]].text == "In-bond movement authorised (1J)"
    delivery = {"data": "RNS_SHIPMENT", "cargoControlNumber": P[0], "status": {"releaseCode": {"number": "23"}}}
    assert fold(Regime.ACI, heard([delivery]), P).shipments[P[0]].text == "Authorised to deliver (23)"
    accepted = {
        "data": "ACI_RESPONSE",
        "type": "ACCEPT",
        "cargoControlNumber": P[0],
        "sendRequest": {"type": "ORIGINAL"},
    }
    crossing = fold(Regime.ACI, heard([accepted]), P)
    assert (crossing.customs, crossing.shipments[P[0]].clearance) == (Customs.NONE, Clearance.NONE)


def test_filed_again_after_a_cancellation_the_old_arrival_is_gone():
    def said(kind, clock):
        return {**ACCEPT, "sendRequest": {"type": kind}, "cbsaDateTime": f"2026-11-24 {clock}"}

    arrived = {"data": "ACI_NOTICE", "type": "ARRIVAL_REPORTED", "tripNumber": C, "cbsaDateTime": "2026-11-24 07:01:00"}
    before = [said("ORIGINAL", "07:00:00"), arrived]
    assert fold(Regime.ACI, heard(before), P, trip=C).customs is Customs.ARRIVED
    again = [*before, said("CANCEL", "07:02:00"), said("ORIGINAL", "07:03:00")]
    crossing = fold(Regime.ACI, heard(again), P, trip=C)
    assert (crossing.customs, crossing.on_file_at) == (Customs.ON_FILE, START + timedelta(seconds=3))
    amended = [*before, said("CANCEL", "07:02:00"), said("AMEND", "07:03:00"), said("AMEND", "07:04:00")]
    crossing = fold(Regime.ACI, heard(amended), P, trip=C)
    assert (crossing.customs, crossing.on_file_at) == (Customs.ON_FILE, START + timedelta(seconds=3))


ACCEPT = {"data": "ACI_RESPONSE", "type": "ACCEPT", "tripNumber": C}


def test_an_answer_that_accepts_no_shipment_puts_only_an_empty_trip_on_file():
    answer = {
        "data": "ACE_RESPONSE", "sendRequest": {"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": T},
        "processingResponse": {"shipmentsAccepted": 0, "shipmentsRejected": 0},
    }  # fmt: skip
    for sent in (None, START):
        crossing = fold(Regime.ACE, heard([answer]), N, sent, trip=T)
        assert (crossing.customs, crossing.is_filed, crossing.on_file_at) == (Customs.UNKNOWN, False, None)
    assert fold(Regime.ACE, heard([answer]), [], trip=T).customs is Customs.ON_FILE
    earlier = {
        **answer,
        "processingResponse": {"shipmentsAccepted": 2, "shipmentsRejected": 0},
        "cbpDateTime": CLOCKS[0],
    }
    later = {**answer, "cbpDateTime": CLOCKS[2]}
    assert fold(Regime.ACE, heard([earlier, later]), N, trip=T).customs is Customs.ON_FILE
