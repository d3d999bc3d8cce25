"""What the cases cannot show: nearness of the arrival, and states only another reading could give."""

from datetime import UTC, datetime, timedelta

from desktop.crossing.fold import Crossing, Heard, fold
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
    assert codes(readiness(crossing, Delivery.NOT_SENT, NOW)) == ["change_not_sent", "hour", "no_go_yet"]


def test_a_preliminary_manifest_is_not_enough():
    found = readiness(Crossing(Regime.ACE, Customs.PRELIMINARY), Delivery.DELIVERED, NOW)
    assert (found.verdict, codes(found)) == (Verdict.WAIT, ["preliminary", "no_go_yet"])


def test_the_reasons_are_sentences():
    crossing = Crossing(Regime.ACE, Customs.REFUSED)
    found = readiness(crossing, Delivery.DELIVERED, NOW)
    assert found.reasons[0].text == "CBP returned the trip. Correct what it named and send again."
