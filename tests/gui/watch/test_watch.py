"""Late trucks, missed trips, letters to brokers and working offline, in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.screens_watch import missed_of
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from desktop.crossing.readiness import ACTIONS
from desktop.domain.lifecycle import Customs, Delivery, LinkState
from desktop.services.views import Reason, Subject
from desktop.ui.banner import Weight
from desktop.ui.link_words import KEY_IN_USE
from desktop.ui.watch import actions
from desktop.ui.watch.late_dialog import LateDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


async def dialog(it, name):
    await until(lambda: QApplication.activeModalWidget() and QApplication.activeModalWidget().objectName() == name)
    await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
    return QApplication.activeModalWidget()


async def box(it):
    await until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    return QApplication.activeModalWidget()


def offers(it):
    return [one for offered in it.shell.offers for one in offered()]


def called(it, what):
    return [call for call in it.desk.calls if call[0] == what]


@pytest.fixture
def mail(monkeypatch):
    """What would be opened, and whether something opens it."""

    class Mail:
        opens = True

        def open(self, url):
            self.asked.append(url.toString())
            return self.opens

    made = Mail()
    made.asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", made.open)
    return made


# Late trucks


def test_minutes_show_what_they_mean_before_anything_changes(run_qt):
    async def main():
        async with opened() as it:
            ids = [trip.id for trip in it.desk.stored[:3]]
            it.shell.act.start(actions.late(it.shell, ids), "late")
            shown = await dialog(it, "late_dialog")
            assert shown.minutes == 90
            assert it.window.focusWidget() is not shown.minutes_field
            assert QApplication.focusWidget() is shown.minutes_field
            await until(shown.apply.isEnabled)
            it.type("30")
            await until(lambda: called(it, "late")[-1] == ("late", tuple(ids), 30))
            await until(shown.apply.isEnabled)
            shown.presets[3].click()
            await until(lambda: called(it, "late")[-1][2] == 120)
            shown.earlier.click()
            await until(lambda: called(it, "late")[-1][2] == -120)
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            assert called(it, "shift") == []

    run_qt(main())


def test_enter_gives_the_new_arrival_and_undo_takes_it_back(run_qt):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0]
            trip.delivery = Delivery.NOT_SENT
            before = trip.document["estimatedArrivalDateTime"]
            it.shell.act.start(actions.late(it.shell, [trip.id]), "late")
            shown = await dialog(it, "late_dialog")
            await until(shown.apply.isEnabled)
            it.press(Qt.Key.Key_Return)
            await until(lambda: called(it, "shift") == [("shift", (trip.id,), 90)])
            await until(lambda: "1 trip has a new arrival. Nothing was sent" in it.window.toast.words)
            assert trip.document["estimatedArrivalDateTime"] != before
            it.window.toast.action.click()
            await until(lambda: trip.document["estimatedArrivalDateTime"] == before)

    run_qt(main())


def test_trips_that_customs_has_are_offered_to_be_sent_one_by_one(run_qt):
    async def main():
        async with opened() as it:
            ids = [trip.id for trip in it.desk.stored[:2]]
            for trip in it.desk.stored[:2]:
                trip.delivery, trip.customs = Delivery.DELIVERED, Customs.ON_FILE
            it.shell.act.start(actions.late(it.shell, ids), "late")
            shown = await dialog(it, "late_dialog")
            await until(shown.apply.isEnabled)
            shown.apply.click()
            asked = await box(it)
            assert "Send the new arrival of 2 trips?" in asked.text()
            assert called(it, "send") == []
            asked.defaultButton().click()
            for count in (1, 2):
                plan = await dialog(it, "send_plan")
                assert called(it, "send") == [], count
                plan.reject()
                await until(lambda shown=plan: QApplication.activeModalWidget() is not shown)
            assert called(it, "send") == []

    run_qt(main())


def test_nothing_can_be_changed_where_every_trip_is_left_out(run_qt):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0]
            trip.customs = Customs.ARRIVED
            shown = LateDialog(it.desk, [trip.id], it.shell.act.start, it.window)
            await shown.read()
            assert not shown.apply.isEnabled()
            item = shown.list.topLevelItem(0)
            assert "it has arrived" in item.text(3)
            assert item.text(3) in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
            shown.deleteLater()

    run_qt(main())


def test_the_menu_and_the_palette_know_the_current_trip(run_qt):
    async def main():
        async with opened() as it:
            current = it.shell.trips.view.current_id()
            (action,) = [one for one in it.shell.trips.tools_menu.actions() if one.objectName() == "late_truck"]
            action.trigger()
            shown = await dialog(it, "late_dialog")
            assert called(it, "late")[0][1] == (current,)
            shown.reject()
            await it.settle()
            assert "Late truck: new arrival…" in [one.title for one in offers(it)]

    run_qt(main())


# Missed trips


def test_the_banner_names_the_time_and_its_trips_and_goes_when_they_were_looked_at(run_qt):
    async def main():
        async with opened() as it:
            it.desk.watching.gap = missed_of(it, 2)
            it.desk.say(Subject.ALERT)
            await until(it.window.banner.isVisible)
            said = it.window.banner.accessibleName()
            assert "Not listening" in said
            assert all(one.trip in said for one in it.desk.watching.gap.trips)
            it.window.banner.action.click()
            shown = await dialog(it, "missed_dialog")
            assert shown.ticked() == ()  # nothing is ticked beforehand
            assert not shown.take.isEnabled()
            it.press(Qt.Key.Key_Space)
            assert shown.ticked() == (it.desk.stored[0].id,)
            shown.all.click()
            shown.take.click()
            await until(lambda: called(it, "looked"))
            await until(lambda: not it.window.banner.isVisible())
            it.window.toast.action.click()
            await until(it.window.banner.isVisible)

    run_qt(main())


def test_enter_opens_the_trip(run_qt):
    async def main():
        async with opened() as it:
            it.desk.watching.gap = missed_of(it, 2)
            it.desk.say(Subject.ALERT)
            await until(it.window.banner.isVisible)
            it.window.banner.action.click()
            await dialog(it, "missed_dialog")
            it.press(Qt.Key.Key_Down)
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.shell.act.trip_id == it.desk.stored[1].id)
            assert called(it, "looked") == []

    run_qt(main())


def test_the_banner_gives_way_to_what_weighs_more(run_qt):
    async def main():
        async with opened() as it:
            it.desk.watching.gap = missed_of(it, 1)
            it.desk.say(Subject.ALERT)
            await until(it.window.banner.isVisible)
            await it.desk.link.go_offline()
            await until(lambda: "Working offline" in it.window.banner.accessibleName())
            await it.desk.link.go_online()
            await until(lambda: "Not listening" in it.window.banner.accessibleName())
            assert Weight.PRACTICE < Weight.KEY < Weight.OFFLINE < Weight.MISSED < Weight.NOTE

    run_qt(main())


# Working offline


def test_working_offline_is_asked_said_and_ended(run_qt):
    async def main():
        async with opened() as it:
            (offer,) = [one for one in offers(it) if one.title == "Work offline"]
            offer.run()
            asked = await box(it)
            assert asked.defaultButton().text().replace("&", "") != "Work offline"
            (yes,) = [one for one in asked.findChildren(QPushButton) if one.text().replace("&", "") == "Work offline"]
            yes.click()
            await until(lambda: it.desk.link.is_offline)
            await until(lambda: it.window.bar.state.text() == "Working offline")
            assert "Nothing is sent and nothing is received" in it.window.bar.detail.text()
            it.desk.link.become(waiting=2)
            assert it.window.bar.waiting.text() == "2 trips waiting to go"
            it.window.banner.action.click()
            assert called(it, "retry_now")
            (offer,) = [one for one in offers(it) if one.title == "Connect again"]
            offer.run()
            await until(lambda: not it.desk.link.is_offline)
            await until(lambda: "Working offline" not in it.window.bar.state.text())

    run_qt(main())


def test_row_20_a_key_in_use_elsewhere_has_its_banner_while_it_lasts(run_qt):
    async def main():
        async with opened() as it:
            it.desk.link.become(state=LinkState.RECONNECTING, detail=KEY_IN_USE)
            assert it.window.bar.state.text() == "Key in use elsewhere"
            assert "Another program on this computer is connected" in it.window.banner.accessibleName()
            it.desk.link.become(state=LinkState.CONNECTED, detail="")
            assert not it.window.banner.isVisible() or "Another program" not in it.window.banner.accessibleName()
            assert it.window.bar.state.text() != "Key in use elsewhere"

    run_qt(main())


# Letters


def test_the_letter_opens_in_the_mail_program_and_is_not_called_sent(run_qt, mail):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0].id
            await actions.write_broker(it.shell, trip, "AAAA754388")
            assert called(it, "draft") == [("draft", trip, "AAAA754388")]
            assert mail.asked[0].endswith(".eml")
            assert "It is sent there, by you" in it.window.toast.words
            it.desk.nudge.known = replace(it.desk.nudge.known, address="")
            await actions.write_broker(it.shell, trip)
            assert "No broker's address" in it.window.toast.words

    run_qt(main())


def test_without_a_mail_program_the_words_can_be_copied(run_qt, mail):
    async def main():
        async with opened() as it:
            mail.opens = False
            it.shell.act.start(actions.write_broker(it.shell, it.desk.stored[0].id), "write")
            shown = await dialog(it, "broker_letter")
            shown.copy.click()
            assert "AAAA754388" in QGuiApplication.clipboard().text()
            assert "Nothing was sent" in shown.says.text()
            shown.mailto.click()
            assert "Copy the words" in shown.says.text()
            it.press(Qt.Key.Key_Escape)

    run_qt(main())


# What a reason asks for


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_a_reason_may_name_does_something(run_qt, mail, action):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0].id
            number = it.desk.stored[0].document["shipments"][0]
            number = number.get("shipmentControlNumber") or number.get("cargoControlNumber")
            place = it.window.place
            before = len(it.desk.calls)
            actions.perform(it.shell, Reason("x", "X", action=action, number=number), trip)

            def happened():
                return (
                    QApplication.activeModalWidget() is not None
                    or it.shell.act.trip_id == trip
                    or it.window.place is not place
                    or (len(it.desk.calls) > before and mail.asked)
                )

            await until(happened)
            await it.settle(60)  # a preview is made in turns
            widget = QApplication.activeModalWidget()
            if widget is not None:
                widget.reject()
            await it.settle()

    run_qt(main())


def test_nothing_to_do_does_nothing(run_qt):
    async def main():
        async with opened() as it:
            before = list(it.desk.calls)
            actions.perform(it.shell, Reason("hour", "X"), it.desk.stored[0].id)
            await it.settle()
            assert it.desk.calls == before

    run_qt(main())


@pytest.mark.parametrize("is_seen", [True, False])
def test_looking_at_customs_is_kept_only_when_a_person_says_so(run_qt, mail, is_seen):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0].id
            it.shell.act.start(actions.look_at_customs(it.shell, trip), "look")
            asked = await box(it)
            assert mail.asked == [actions.GATEWAY]
            assert "nothing new" not in asked.defaultButton().text()
            for button in asked.buttons():
                if ("nothing new" in button.text()) == is_seen and (is_seen or button is asked.escapeButton()):
                    button.click()
                    break
            await it.settle()
            assert called(it, "looked") == ([("looked", (trip,))] if is_seen else [])

    run_qt(main())
