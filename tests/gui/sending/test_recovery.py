"""What a refusal offers is done from its message, through the send plan; nothing goes out without a further word."""

import pytest
from fakes.desk import FakeDesk
from fakes.screens_sending import CHANGE, refiling, refused
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.crossing.step import Does
from desktop.domain.lifecycle import Regime
from desktop.services.views import MessageStep, PlanAction, Subject
from desktop.ui.inbox.reader_actions import _WORK
from desktop.ui.send_plan import SendPlan
from desktop.ui.sending.steps_dialog import StepsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def two_of(desk, regime):
    return [trip for trip in desk.stored if trip.regime is regime][:2]


async def does(it, step):
    it.shell.act.start(_WORK[step.does](it.shell, step), "step")
    await until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan))
    return QApplication.activeModalWidget()


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_linked_shipment_is_moved_and_an_older_trip_cancelled_only_after_the_plan(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            old, new = two_of(it.desk, Regime.ACI)
            step = MessageStep("Move it", "", Does.MOVE, "Move", trip_id=new.id, number="1234PARS1", other_id=old.id)
            for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
                plan = await does(it, step)
                assert "Move 1234PARS1 from" in said(plan)
                await until(plan.send.hasFocus)
                it.press(key)
                await until(lambda: QApplication.activeModalWidget() is None)
                await it.settle()
            assert [call for call in it.desk.calls if call[0] == "move"] == [
                ("move", "1234PARS1", old.id, new.id, "", "")
            ]
            step = MessageStep("Cancel it", "", Does.CANCEL_OTHER, "Cancel", trip_id=new.id, other_id=old.id)
            plan = await does(it, step)
            await until(plan.back.hasFocus)  # Enter keeps the trip
            it.press(Qt.Key.Key_Return)
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()
            assert not [call for call in it.desk.calls if call[0] == "send"]

    run_qt(main())


def test_an_ace_id_is_cleared_and_the_plan_follows_with_undo(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            (trip, _) = two_of(it.desk, Regime.ACE)
            trip.document["truck"]["aceId"] = "SAMPLEID"
            plan = await does(
                it, MessageStep("Clear it", "", Does.CLEAR_ACE_ID, "Clear", trip_id=trip.id, path="/truck")
            )
            assert "aceId" not in trip.document["truck"]
            plan.reject()
            await until(lambda: QApplication.activeModalWidget() is None)
            it.window.toast.action.click()
            await until(lambda: trip.document["truck"].get("aceId") == "SAMPLEID")

    run_qt(main())


def test_send_waits_for_every_reason_and_hands_them_on(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            trip = two_of(it.desk, Regime.ACI)[0]
            it.desk.submit.preview_now = CHANGE
            it.shell.act.start(it.shell.act.send(trip.id), "send")
            await until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan))
            plan = QApplication.activeModalWidget()
            plan.tick.setChecked(True)
            assert (plan.reasons.chosen("trip"), plan.reasons.chosen("shipment")) == ("60", "")
            assert not plan.send.isEnabled()
            assert plan.upload.isEnabled()  # asks customs nothing
            await until(plan.reasons.fields["shipment"].hasFocus)
            it.press(Qt.Key.Key_Down)
            assert plan.send.isEnabled()
            code = plan.reasons.chosen("shipment")
            it.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: ("send", trip.id, False, "60", code) in it.desk.calls)

    run_qt(main())


def test_the_line_above_a_trip_says_how_far_its_plan_got_and_what_can_be_done(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            trip = two_of(it.desk, Regime.ACE)[0]
            now = it.desk.clock.now()
            it.desk.progress.plans[trip.id] = refiling(now, trip_id=trip.id)
            await it.shell.act.open(trip.id)
            words = it.shell.act.trips.current.editor.findChild(QLabel, "progress_words")
            await until(
                lambda: words.isVisible() and "Step 1 of 3: waiting for CBP's answer to the canc" in words.text()
            )
            steps = it.shell.act.trips.current.editor.findChild(object, "progress_steps")
            for action in (PlanAction.STOP, PlanAction.GO_ON):
                steps.click()
                await until(lambda: isinstance(QApplication.activeModalWidget(), StepsDialog))
                dialog = QApplication.activeModalWidget()
                await until(dialog.leave.hasFocus)  # doing nothing is the default
                dialog.choices[action].click()
                if action is PlanAction.GO_ON:  # asked once more: nobody heard it
                    await until(lambda dialog=dialog: QApplication.activeModalWidget() not in {None, dialog})
                    box = QApplication.activeModalWidget()
                    assert box.defaultButton().text() == "Do nothing"
                    next(one for one in box.buttons() if one is not box.defaultButton()).click()
                await until(lambda action=action: (action.value, trip.id) in it.desk.calls)
            it.desk.progress.plans[trip.id] = refused(now, trip_id=trip.id)
            it.desk.say(Subject.TRIP, trip.id)
            await until(lambda: "Stopped at step 1 of 3: CBP refused the cancellation" in words.text())
            steps.click()
            await until(lambda: isinstance(QApplication.activeModalWidget(), StepsDialog))
            assert "goes on by itself" not in said(QApplication.activeModalWidget())  # nothing of it does
            QApplication.activeModalWidget().reject()
            await until(lambda: QApplication.activeModalWidget() is None)

    run_qt(main())
