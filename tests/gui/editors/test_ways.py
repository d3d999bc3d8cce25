"""What mends a field stands beside it and in the list; a stop with a way past it asks for a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fakes.window import until
from gui.editors.editor_bench import COMPANY, Bench, example
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.lifecycle import Regime
from desktop.domain.times import wall_at, wall_text
from desktop.ui.binding.field_paint import Grade
from desktop.ui.editors.problem import Group
from desktop.validation.facts import Facts, HistoryFacts, UsedNumber

ALT = Qt.KeyboardModifier.AltModifier
ETA = "/estimatedArrivalDateTime"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def soon(bench):
    """An arrival 50 minutes ahead, with no FAST card on board."""
    bench.session.set("/usPortOfArrival", "3801")
    bench.session.set("/drivers/0/fastCardNumber", "")
    wall = wall_at(bench.desk.clock.now() + timedelta(minutes=50), "America/Detroit")
    bench.session.set(ETA, wall_text(wall.replace(second=0)))


def test_a_short_time_offers_the_next_that_will_do(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            soon(bench)
            eta = bench.box("eta")
            assert eta.shown_message.endswith("min away; CBP wants 60")
            assert eta.fix.text() == "Set 14:10"
            before = bench.session.value(ETA)
            await bench.settled()
            assert bench.session.value(ETA) == before, "nothing is applied by itself"
            eta.fix.click()
            assert bench.session.value(ETA) == "2026-11-24 14:10:00"
            assert eta.fix.isHidden()

    run_qt(main())


def test_the_key_does_what_the_click_does(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.session.set("/shipments/0/portOfEntry", "0453")
            bench.editor.open_shipment(0)
            box = bench.box("shipment_ca_port")
            assert box.fix.text() == "Make equal"
            listed = [problem.way for problem in bench.editor.panel.problems if problem.path.endswith("/portOfEntry")]
            assert "Make equal" in listed
            box.setFocus()
            bench.key(Qt.Key.Key_Return, ALT)
            assert bench.session.value("/shipments/0/portOfEntry") == "0440"

    run_qt(main())


def test_a_used_number_is_passed_with_a_reason_that_is_kept(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            used = UsedNumber("AAAAA754321", datetime(2026, 3, 3, tzinfo=UTC), "AAAA100000")
            history = HistoryFacts(control_numbers={"AAAAA754321": used})

            def facts(session):
                overrides = session.local.get("overrides", {})
                now = bench.desk.clock.now()
                return Facts(now=now, company=COMPANY, history=history, overrides=frozenset(overrides))

            bench.session._facts = facts
            bench.session.recheck()
            bench.editor.open_shipment(0)
            box = bench.box("shipment_control_number")
            assert box.grade is Grade.ERROR
            assert box.fix.text() == "Use it all the same…"
            box.fix.click()
            await until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
            dialog = QApplication.activeModalWidget()
            assert not dialog.accept_button.isEnabled(), "no way past without a reason"
            bench.type("The old load was cancelled")
            bench.key(Qt.Key.Key_Return)
            await until(lambda: "overrides" in bench.session.local)
            kept = bench.session.local["overrides"]["AAAAA754321|C03"]
            assert kept["reason"] == "The old load was cancelled"
            assert box.grade is Grade.ASK
            assert box.fix.isHidden()
            bench.session.set("/shipments/0/shipmentControlNumber", "AAAA999999")
            bench.session.set("/shipments/0/shipmentControlNumber", "AAAAA754321")
            codes = {problem.text: problem.group for problem in bench.editor.panel.problems}
            assert all(group is not Group.MUST for words, group in codes.items() if words.startswith("Used on"))

    run_qt(main())


def test_without_a_reason_it_stays_stopped(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            from desktop.ui.editors.override import ReasonDialog
            from desktop.ui.editors.problem import Problem

            dialog = ReasonDialog(Problem("/x", Group.MUST, "Here", "Used", override="A|C03"), bench.editor)
            dialog.show()
            dialog.line.setText("   ")
            assert not dialog.accept_button.isEnabled()
            dialog.reject()
            assert dialog.reason == ""
            dialog.deleteLater()

    run_qt(main())
