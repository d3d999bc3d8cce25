"""What a trip is marked as, whose clock its port goes by, how long until arrival, and what stays behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from gui.editors.editor_bench import Bench, example
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.lifecycle import Regime
from desktop.domain.times import wall_at, wall_text
from desktop.ui.editors.arrival import lead_words
from desktop.ui.editors.port_note import port_note

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists and months, offscreen

HOUR = timedelta(hours=1)


def ace(**changes):
    return {**example(Regime.ACE), **changes}


def test_a_trip_is_marked_by_keyboard_and_keeps_it(run_qt):
    async def main():
        async with Bench(ace(shipments=[])) as bench:
            nature = bench.editor.page.nature
            driver = bench.editor.page.drivers.parts[0].ui
            assert not driver.us_address_part.isVisible()
            bench.box("eta").setFocus()
            bench.key(Qt.Key.Key_Tab)
            assert bench.focus is nature.choice
            bench.type("B")
            assert nature.choice.currentData() == "bobtail"
            bench.key(Qt.Key.Key_Tab)
            bench.session.set_local("nature", "empty")
            assert nature.choice.currentData() == "empty"
            assert driver.us_address_part.isVisible(), "an empty truck's driver gives an address in the USA"

    run_qt(main())


def test_what_the_box_says_is_what_rules_hear(run_qt):
    async def main():
        async with Bench(ace(shipments=[])) as bench:
            nature = bench.editor.page.nature
            nature.choice.setCurrentIndex(1)
            nature.choice.activated.emit(1)
            assert bench.session.local == {"is_empty_trip": True, "nature": "empty"}
            nature.choice.activated.emit(0)
            assert bench.session.local == {"is_empty_trip": False, "nature": ""}

    run_qt(main())


def test_an_aci_trip_has_no_iit_only(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            choice = bench.editor.page.nature.choice
            assert [choice.itemData(row) for row in range(choice.count())] == ["", "empty", "bobtail"]

    run_qt(main())


def test_the_clock_of_an_unknown_port_is_asked_once_and_kept(run_qt):
    async def main():
        async with Bench(ace()) as bench:
            ask = bench.editor.page.arrival_ask
            assert ask.zone_row.isVisible()
            ask.zone.setCurrentIndex(1)
            ask.zone.activated.emit(1)
            assert bench.session.local["zone"] == {"port": "0101", "zone": "America/New_York"}
            assert bench.editor.surroundings.zone() in {"EST", "EDT"}
            assert ask.zone.currentData() == "America/New_York"
            bench.session.set("/usPortOfArrival", "0102")
            assert ask.zone.currentData() == "", "another port is asked about anew"
            bench.session.set("/usPortOfArrival", "3801")
            assert not ask.isVisible()

    run_qt(main())


def test_which_of_two_equal_times_is_asked(run_qt):
    async def main():
        doubled = "2027-11-07 01:30:00"
        async with Bench(ace(usPortOfArrival="3801", estimatedArrivalDateTime=doubled)) as bench:
            ask = bench.editor.page.arrival_ask
            assert ask.doubled_row.isVisible()
            assert [half.text() for half in ask.halves] == ["First 01:30 (EDT)", "Second 01:30 (EST)"]
            ask.halves[1].setFocus()
            bench.key(Qt.Key.Key_Space)
            assert bench.session.local["doubled"] == {"eta": doubled, "is_later": True}
            assert [half.isChecked() for half in ask.halves] == [False, True]

    run_qt(main())


def test_the_minutes_until_arrival_stand_below_the_eta(run_qt):
    async def main():
        async with Bench(ace(usPortOfArrival="3801")) as bench:
            zone = "America/Detroit"
            soon = wall_at(bench.desk.clock.now() + 2 * HOUR + timedelta(minutes=10), zone).replace(second=0)
            bench.session.set("/estimatedArrivalDateTime", wall_text(soon))
            eta = bench.box("eta")
            assert eta.shown_message.endswith("CBP wants 60 min after acceptance"), "a card alone qualifies nobody"
            bench.editor.page.fast.tick.click()
            assert eta.shown_message.endswith("CBP wants 30 min after acceptance"), "a person says that it is FAST"
            assert eta.shown_message.startswith("In 2 h ")
            assert bench.editor.page.lead.timer.interval() == 60_000
            bench.desk.clock.advance(3600 * 3)
            bench.editor.page.lead.tick()
            assert eta.shown_message == "In the past. Give the new time of arrival"

    run_qt(main())


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(minutes=-1), ""),
        (timedelta(minutes=50), "In 50 min; CBSA wants 60 min after acceptance"),
        (timedelta(hours=26), "In 26 h 0 min; CBSA wants 60 min after acceptance"),
        (timedelta(days=3, hours=5), "In 3 days; CBSA wants 60 min after acceptance"),
    ],
)
def test_words_for_the_time_until_arrival(left, words):
    assert lead_words(left, HOUR, "CBSA") == words


def test_the_note_of_a_port():
    assert port_note(Regime.ACI, "0440") == "Blue Water Bridge · opposite Port Huron"
    assert port_note(Regime.ACE, "3801") == "Opposite Windsor"
    assert port_note(Regime.ACE, "3801", "windsor") == "Opposite Windsor · found by “windsor”"
    assert port_note(Regime.ACE, "3801", "ambassador") == "Ambassador Bridge · found by “ambassador”"
    assert port_note(Regime.ACE, "") == port_note(Regime.ACE, None) == port_note(Regime.ACE, "0000") == ""


def test_a_port_found_by_the_city_opposite_says_so(run_qt):
    async def main():
        async with Bench(ace()) as bench:
            bench.box("us_port").setFocus()
            bench.box("us_port").line.selectAll()
            bench.type("windsor")
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/usPortOfArrival") == "3801"
            assert bench.box("us_port").shown_message == "Opposite Windsor · found by “windsor”"

    run_qt(main())


def test_what_does_not_apply_is_hidden_kept_and_named(run_qt):
    async def main():
        document = example(Regime.ACE)
        document["shipments"][0] |= {"inBondDetails": {"type": "61"}, "goodsAstrayDateOfExit": "2026-11-01"}
        async with Bench(document) as bench:
            page = bench.editor.shipments
            bench.editor.open_shipment(0)
            assert not page.ui.in_bond_part.isVisible()
            assert "In-bond (type is PAPS)" in page.left_out.text()
            assert bench.session.value("/shipments/0/inBondDetails/type") == "61"
            bench.session.set("/shipments/0/type", "IN_BOND")
            assert page.ui.in_bond_part.isVisible()
            assert "In-bond" not in page.left_out.text()
            bench.session.set("/shipments/0/type", "GOODS_ASTRAY")
            assert bench.box("goods_astray_exit_date").isVisible()
            assert not page.ui.in_bond_part.isVisible()
            page.ui.add_in_bond.click()
            assert page.ui.in_bond_part.isVisible(), "opened by hand"

    run_qt(main())


def test_what_the_other_regime_has_is_named_on_the_page_of_the_trip(run_qt):
    async def main():
        async with Bench(ace(containers=[{"number": "ABCU1234567"}])) as bench:
            assert bench.editor.page.left_out.isVisible()
            assert bench.editor.page.left_out.text().endswith("(not in ACE)")
            bench.session.remove("/containers")
            assert not bench.editor.page.left_out.isVisible()

    run_qt(main())


def test_a_csa_number_stands_where_the_type_asks_for_it(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.open_shipment(0)
            assert not bench.editor.shipments.ui.more_part.isVisible()
            bench.session.set("/shipments/0/shipmentType", "CSA")
            assert bench.box("csa_business_number").isVisible()
            bench.session.set("/shipments/0/shipmentType", "PARS")
            bench.editor.shipments.ui.add_more.click()
            assert bench.box("csa_business_number").isVisible(), "opened by hand"

    run_qt(main())


def test_a_day_is_picked_from_the_month(run_qt):
    async def main():
        async with Bench(ace(estimatedArrivalDateTime="2026-11-24 13:55:00")) as bench:
            bench.box("eta").setFocus()
            bench.key(Qt.Key.Key_F4)
            popup = QApplication.activePopupWidget()
            assert popup.calendar.selectedDate() == QDate(2026, 11, 24)
            popup.calendar.activated.emit(QDate(2026, 11, 25))
            assert bench.session.value("/estimatedArrivalDateTime") == "2026-11-25 13:55:00"

    run_qt(main())


def test_a_fast_movement_is_a_persons_word_and_needs_every_card(run_qt):
    async def main():
        async with Bench(ace(usPortOfArrival="3801")) as bench:
            fast = bench.editor.page.fast
            assert fast.isVisible()
            assert not fast.tick.isChecked()
            assert fast.note.text().startswith("60 minutes count from acceptance.")
            fast.tick.setFocus()
            bench.key(Qt.Key.Key_Space)
            assert bench.session.local["is_fast"] is True
            assert fast.note.text().startswith("30 minutes count from acceptance, on your word.")
            bench.session.set("/drivers/0/fastCardNumber", "")
            assert fast.note.text().startswith("60 minutes count still")
            assert fast.tick.accessibleDescription() == fast.note.text()
            bench.key(Qt.Key.Key_Space)
            assert bench.session.local["is_fast"] is False

    run_qt(main())


def test_an_aci_trip_has_no_fast_half_hour(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            assert not bench.editor.page.fast.isVisible()

    run_qt(main())
