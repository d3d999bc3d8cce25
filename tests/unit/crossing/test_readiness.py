"""What the cases cannot show: nearness of the arrival, and states only another reading could give."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.crossing.fold import Crossing, Heard, fold
from desktop.crossing.gap import Gap
from desktop.crossing.readiness import readiness
from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
ACCEPTED = {
    "data": "ACI_RESPONSE", "type": "ACCEPT", "tripNumber": "1234923ASDF", "sendRequest": {"type": "ORIGINAL"},
}  # fmt: skip


def codes(found):
    return [reason.code for reason in found.reasons]


def test_a_missing_entry_needs_a_person_only_near_the_arrival():
    crossing = fold(Regime.ACI, [Heard("f", NOW, ACCEPTED)], ["1234PARS1"])
    far = readiness(crossing, Delivery.DELIVERED, NOW, eta=NOW + timedelta(minutes=91))
    near = readiness(crossing, Delivery.DELIVERED, NOW, eta=NOW + timedelta(minutes=90))
    assert (far.must_act, near.must_act) == (False, True)
    assert far.booth_from == NOW + timedelta(minutes=60)
    assert readiness(crossing, Delivery.DELIVERED, NOW, review=timedelta(minutes=30)).booth_from == NOW + timedelta(
        minutes=30
    )


def test_changes_that_were_not_sent_are_named():
    crossing = fold(Regime.ACI, [Heard("f", NOW, ACCEPTED)], [])
    found = readiness(crossing, Delivery.NOT_SENT, NOW, eta=NOW, nature="empty")
    assert codes(found) == ["change_not_sent", "hour"]


def test_a_preliminary_manifest_is_not_enough():
    found = readiness(Crossing(Regime.ACE, Customs.PRELIMINARY), Delivery.DELIVERED, NOW)
    assert (found.verdict, codes(found)) == (Verdict.WAIT, ["preliminary"])


def test_a_state_that_no_rule_knows_sends_nobody():
    found = readiness(Crossing(Regime.ACE, Customs.ON_FILE), Delivery.DELIVERED, NOW)
    assert (found.verdict, codes(found)) == (Verdict.UNKNOWN, ["customs_unknown"])


def test_times_are_told_on_the_clock_of_the_port():
    crossing = fold(Regime.ACI, [Heard("f", NOW, ACCEPTED)], [])
    asked = {"eta": NOW + timedelta(hours=3), "nature": "empty"}
    early = readiness(crossing, Delivery.DELIVERED, NOW, zone=ZoneInfo("America/Toronto"), **asked)
    assert early.reasons[0].headline == "booth from 09:00 EST"
    assert readiness(crossing, Delivery.DELIVERED, NOW, **asked).reasons[0].headline == "booth from 14:00 UTC"
    night = fold(Regime.ACI, [Heard("f", NOW - timedelta(days=1), ACCEPTED)], [])
    went = readiness(night, Delivery.DELIVERED, NOW, zone=ZoneInfo("America/Toronto"), **asked)
    assert went.reasons[0].text == "On file 23 Nov 08:00, no shipments on it, no holds known."


def test_a_reason_says_what_it_rests_on():
    heard = [Heard("f1", NOW, ACCEPTED), Heard("f2", NOW + timedelta(minutes=1), {**ACCEPTED, "type": "REJECT"})]
    found = readiness(fold(Regime.ACI, heard, []), Delivery.DELIVERED, NOW + timedelta(hours=2), eta=NOW)
    first = found.reasons[0]
    assert (first.code, first.frame, first.at) == ("customs_refused", "f2", NOW + timedelta(minutes=1))
    assert first.detail == "CBSA: refused without a reason"


def test_two_gaps_are_told_as_one_time():
    crossing = fold(Regime.ACI, [Heard("f", NOW, ACCEPTED)], [])
    gaps = [Gap(NOW + timedelta(minutes=at), NOW + timedelta(minutes=at + 5)) for at in (10, 40)]
    found = readiness(
        crossing, Delivery.DELIVERED, NOW + timedelta(hours=2), eta=NOW, nature="empty", gaps=[*reversed(gaps)]
    )
    assert found.reasons[0].detail == "From 13:10 to 13:45. Look at BorderConnect"


def test_who_says_that_he_looked_tomorrow_has_not_looked():
    crossing = fold(Regime.ACI, [Heard("f", NOW, ACCEPTED)], [])
    now = NOW + timedelta(hours=2)
    asked = {"eta": now, "nature": "empty", "gaps": [Gap(NOW, NOW + timedelta(minutes=5))]}
    for moment, verdict in ((now, Verdict.GO), (now + timedelta(days=1), Verdict.UNKNOWN), (NOW, Verdict.UNKNOWN)):
        assert readiness(crossing, Delivery.DELIVERED, now, looked_at=moment, **asked).verdict is verdict


def test_the_reasons_are_sentences():
    crossing = Crossing(Regime.ACE, Customs.REFUSED)
    found = readiness(crossing, Delivery.DELIVERED, NOW)
    assert found.reasons[0].text == "CBP returned the trip. Correct what it named and send again."
