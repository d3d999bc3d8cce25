"""Dialogs can be awaited, answered by keyboard, cancelled with their task, and hold nothing up."""

import asyncio
from dataclasses import replace

import pytest
from fakes.clock import NOON
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from desktop.domain.lifecycle import LinkState, Regime
from desktop.errors import EnvironmentFailure
from desktop.printing.sheet import SheetKind
from desktop.services.views import LinkStatus, SendLine, SendPreview
from desktop.ui import dialogs
from desktop.ui.company_dialog import CompanyDialog, KeyDialog, codes_in, link_sentence
from desktop.ui.first_run import FirstRun, Step
from desktop.ui.place import Place
from desktop.ui.preferences import save_company
from desktop.ui.printing.preview import PrintPreview
from desktop.ui.room import cramped
from desktop.ui.send_plan import Choice, SendPlan
from desktop.ui.shell import Stop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CTRL = Qt.KeyboardModifier.ControlModifier
PREVIEW = SendPreview("AAAA1", (SendLine("ACE_TRIP", "Upload it"),), ("An hour counts.",), 0, 0, "")


async def shown():
    await until(lambda: QApplication.activeModalWidget() is not None and QApplication.focusWidget() is not None)
    await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
    return QApplication.activeModalWidget()


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_a_question_is_answered_by_keyboard_while_other_tasks_run(run_qt, qtbot, key, answer):
    async def main():
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        ticks = []

        async def tick():
            while True:
                ticks.append(1)
                await asyncio.sleep(0.001)

        ticking = asyncio.get_running_loop().create_task(tick())
        asking = asyncio.get_running_loop().create_task(
            dialogs.ask(parent, "Go on?", "<b>x</b>", accept="Go", reject="Stay")
        )
        box = await shown()
        assert box.textFormat() is Qt.TextFormat.PlainText
        before = len(ticks)
        await asyncio.sleep(0.02)
        assert len(ticks) > before
        QTest.keyClick(box, key)
        assert await asking is answer
        ticking.cancel()

    run_qt(main())


def test_a_grave_question_has_the_harmless_button_as_default(run_qt, qtbot):
    async def main():
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        asking = asyncio.get_running_loop().create_task(
            dialogs.ask(parent, "Remove?", "x", accept="Remove", reject="Keep", is_grave=True)
        )
        QTest.keyClick(await shown(), Qt.Key.Key_Return)
        assert await asking is False

    run_qt(main())


def test_a_cancelled_task_closes_its_dialog(run_qt, qtbot):
    async def main():
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        telling = asyncio.get_running_loop().create_task(dialogs.tell(parent, "Said", "text"))
        box = await shown()
        telling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await telling
        await until(lambda: QApplication.activeModalWidget() is not box)

    run_qt(main())


def test_an_error_is_told_in_the_words_of_the_catalogue(run_qt, qtbot):
    async def main():
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        error = EnvironmentFailure("files.not_written", file="x.txt", reason="disk full")
        telling = asyncio.get_running_loop().create_task(dialogs.tell_error(parent, error))
        box = await shown()
        assert isinstance(box, QMessageBox)
        assert "x.txt" in box.informativeText()
        box.accept()
        await telling

    run_qt(main())


# --- send plan ------------------------------------------------------------------------------------------------------


def test_what_was_asked_needs_a_tick_that_is_never_set_beforehand(qtbot):
    plan = SendPlan(replace(PREVIEW, warnings=1), Regime.ACE)
    qtbot.addWidget(plan)
    with qtbot.waitActive(plan):
        plan.open()
        plan.activateWindow()
    assert not plan.tick.isChecked()
    assert not plan.send.isEnabled()
    assert plan.focusWidget() is plan.tick
    QTest.keyClick(plan, Qt.Key.Key_Return, CTRL)
    assert plan.choice is Choice.BACK
    plan.tick.setChecked(True)
    QTest.keyClick(plan, Qt.Key.Key_Return, CTRL)
    assert plan.choice is Choice.SEND


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"errors": 2}, "2 problems must be fixed first. Nothing can be sent until then."),
        ({"blocked": "A change is not documented for ACI."}, "A change is not documented for ACI."),
        ({"lines": ()}, "Nothing to send: customs has what you have."),
    ],
)
def test_what_blocks_is_said_and_nothing_can_be_sent(qtbot, changes, words):
    plan = SendPlan(replace(PREVIEW, **changes), Regime.ACI)
    qtbot.addWidget(plan)
    plan.open()
    assert words in [
        label.text() for label in plan.findChildren(type(plan.findChild(QWidget))) if hasattr(label, "text")
    ] + [child.text() for child in plan.findChildren(QWidget) if hasattr(child, "text") and callable(child.text)]
    assert not plan.send.isEnabled()
    assert not plan.upload.isEnabled()


def test_upload_only_and_go_back(qtbot):
    for name, choice in (("send_upload", Choice.UPLOAD), ("send_back", Choice.BACK)):
        plan = SendPlan(PREVIEW, Regime.ACE)
        qtbot.addWidget(plan)
        plan.open()
        plan.findChild(QPushButton, name).click()
        assert plan.choice is choice


# --- companies ------------------------------------------------------------------------------------------------------


def test_codes_are_read_with_any_separator():
    assert codes_in("aaaa, BBBB;cccc") == ("AAAA", "BBBB", "CCCC")


def test_a_company_is_added_by_keyboard_and_its_key_is_never_shown_again(run_qt):
    async def main():
        desk = FakeDesk(is_empty=True)
        async with opened(desk) as it:
            it.window.go_to(Place.SETTINGS)
            await it.settle()
            it.shell.preferences.add.click()
            dialog = await shown()
            assert isinstance(dialog, CompanyDialog)
            it.press(Qt.Key.Key_Return)
            await until(lambda: dialog.message.words)
            assert dialog.message.words == "The name is missing. Type the company's name."
            for name, typed in (("name", "Sample Carrier"), ("scacs", "aaaa"), ("address", "sample"), ("key", "k-123")):
                dialog.company.fields[name].setText(typed)
            dialog.test.click()
            await until(lambda: "Connected" in dialog.message.words)
            assert dialog.company.fields["key"].text() == ""
            assert "Kept in this computer" in dialog.company.fields["key"].placeholderText()
            dialog.save.click()
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()
            (row,) = desk.all_companies
            assert (row.name, row.scacs, row.has_key) == ("Sample Carrier", ("AAAA",), True)
            assert desk.companies.keys == {row.id: "k-123"}
            assert "k-123" not in repr(it.window.findChildren(QWidget))
            assert "Sample Carrier" in it.window.windowTitle()

    run_qt(main())


def test_way_proxy_and_authority_of_a_company_are_asked_and_kept(run_qt):
    async def main():
        async with opened() as it:
            (row, *_) = it.desk.all_companies

            async def save(form):
                return await save_company(it.desk, row, form)

            dialog = CompanyDialog(it.desk.keeper, save, it.desk.companies.test, row, it.window)
            dialog.open()
            await it.settle()
            assert (dialog.network.way.currentData(), dialog.network.proxy.text()) == ("socket", "")
            dialog.network.way.setFocus()
            it.press(Qt.Key.Key_Down)
            dialog.network.proxy.setText(" none ")
            dialog.network.ca_file.setText("/office/ca.pem")
            dialog.save.click()
            await until(lambda: not dialog.isVisible())
            (kept, *_) = it.desk.all_companies
            assert (kept.way, kept.proxy, kept.ca_file) == ("http", "none", "/office/ca.pem")
            again = CompanyDialog(it.desk.keeper, save, it.desk.companies.test, kept, it.window)
            assert again.network.values() == {"way": "http", "proxy": "none", "ca_file": "/office/ca.pem"}
            again.deleteLater()

    run_qt(main())


def test_a_failed_test_says_what_is_wrong_and_what_to_do(run_qt):
    status = LinkStatus(LinkState.REFUSED, NOON, "Sample", "h", False, None, None, 0, "redirect")
    words, _ = link_sentence(status)
    assert "elsewhere" in words
    assert "sign in" in words
    assert link_sentence(replace(status, detail="no_such_detail"))[0] == link_sentence(replace(status, detail=""))[0]


def test_a_company_is_removed_only_after_the_question(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.SETTINGS)
            await it.settle()
            row = it.desk.all_companies[0]
            it.shell.preferences.findChild(QPushButton, f"remove_{row.id}").click()
            box = await shown()
            box.reject()
            await until(lambda: QApplication.activeModalWidget() is None)
            assert it.desk.all_companies
            it.shell.preferences.findChild(QPushButton, f"remove_{row.id}").click()
            box = await shown()
            next(button for button in box.buttons() if button.text() == "Remove the company").click()
            await until(lambda: not it.desk.all_companies)
            await it.settle()

    run_qt(main())


def test_a_key_for_this_session_is_given_once(run_qt):
    async def main():
        desk = FakeDesk()
        desk.all_companies = [replace(desk.all_companies[0], has_key=False)]
        async with opened(desk) as it:
            desk.link.become(state=LinkState.KEY_NEEDED)
            it.window.banner.action.click()
            dialog = await shown()
            assert isinstance(dialog, KeyDialog)
            assert not dialog.use.isEnabled()
            dialog.field.setText("k-9")
            it.press(Qt.Key.Key_Return)
            await until(lambda: desk.companies.keys)
            assert desk.companies.keys == {desk.all_companies[0].id: "k-9"}
            assert dialog.key == ""

    run_qt(main())


# --- first run ------------------------------------------------------------------------------------------------------


def test_a_newcomer_is_led_and_may_practise(run_qt):
    async def main():
        async with opened(FakeDesk(is_empty=True), state={"guide.done": ""}) as it:
            guide = await shown()
            assert isinstance(guide, FirstRun)
            assert guide.step is Step.CHOICE
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.stops)
            assert it.stops == [Stop.TO_PRACTICE]

    run_qt(main())


def test_the_guide_leads_to_a_tested_connection(run_qt):
    async def main():
        desk = FakeDesk(is_empty=True)
        async with opened(desk) as it:
            work = it.shell.act.start(it.shell.setting_up.guide(), "guide")
            guide = await shown()
            guide.connect_now.radio.setChecked(True)
            guide.next.click()
            assert guide.step is Step.COMPANY
            guide.next.click()
            assert "name is missing" in guide.message.words
            guide.company.fields["name"].setText("Sample Carrier")
            guide.company.fields["scacs"].setText("aaaa")
            guide.next.click()
            QTest.keyClick(guide, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
            assert guide.step is Step.COMPANY
            guide.next.click()
            guide.connection.fields["address"].setText("sample")
            guide.connection.fields["key"].setText("k-1")
            desk.companies.test_state = LinkState.KEY_REFUSED
            guide.next.click()
            await until(lambda: "refused the key" in guide.message.words)
            assert guide.step is Step.CONNECTION
            desk.companies.test_state = LinkState.CONNECTED
            guide.next.click()
            await until(lambda: guide.step is Step.DONE)
            assert len(desk.all_companies) == 1, "a second test changes the company, it does not add another"
            guide.next.click()
            await work
            assert it.stops == []

    run_qt(main())


@pytest.mark.parametrize("size", [(1366, 736), (640, 360)])
def test_no_words_are_cut_in_any_dialog(run_qt, size):
    async def main():
        async with opened(size=size) as it:

            async def save(form):
                return await save_company(it.desk, None, form)

            test = it.desk.companies.test
            made = [
                SendPlan(replace(PREVIEW, warnings=2), Regime.ACE, it.window),
                SendPlan(replace(PREVIEW, errors=2), Regime.ACE, it.window),
                CompanyDialog(it.desk.keeper, save, test, it.desk.all_companies[0], it.window),
                KeyDialog("Sample Carrier", it.window),
                FirstRun(it.desk.keeper, save, test, it.window),
                PrintPreview("AAAA1", list(SheetKind), can_print=False, parent=it.window),
            ]
            for dialog in made:
                dialog.open()
                await it.settle()
                assert [str(found) for found in cramped(dialog)] == []
                assert dialog.width() <= it.window.width()
                dialog.close()

    run_qt(main())


def test_the_guide_goes_on_where_it_was_left_and_keeps_no_key(run_qt):
    async def main():
        kept = {}
        async with opened(FakeDesk(is_empty=True), state={"guide.done": ""}) as it:
            guide = await shown()
            guide.connect_now.radio.setChecked(True)
            guide.next.click()
            guide.company.fields["name"].setText("Sample Carrier")
            guide.company.fields["scacs"].setText("AAAA")
            guide.next.click()
            guide.connection.fields["address"].setText("sample")
            guide.connection.fields["key"].setText("practice-canary")
            guide.connection.fields["key"].editingFinished.emit()
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()
            kept = {"guide.done": it.shell.state.value("guide.done"), "guide.at": it.shell.state.value("guide.at")}
        assert kept["guide.done"] == ""
        assert "canary" not in kept["guide.at"]
        async with opened(FakeDesk(is_empty=True), state=kept) as it:
            guide = await shown()
            assert guide.step is Step.CONNECTION
            assert guide.form().name == "Sample Carrier"
            assert guide.connection.fields["address"].text() == "sample"
            assert guide.connection.fields["key"].text() == ""
            guide.skip.click()
            await until(lambda: it.shell.state.value("guide.done") == "yes")
            assert it.shell.state.value("guide.at") == ""

    run_qt(main())


def test_the_guide_ends_with_the_start_and_a_sample_trip_that_cannot_be_sent(run_qt):
    async def main():
        desk = FakeDesk(is_empty=True)
        async with opened(desk) as it:
            it.shell.act.start(it.shell.setting_up.guide(), "guide")
            guide = await shown()
            guide.go(Step.DONE)
            for box in (guide.last.starts, guide.last.tries):
                box.setFocus()
                it.press(Qt.Key.Key_Space)
            guide.next.click()
            await until(lambda: it.stops)
            assert it.stops == [Stop.TO_PRACTICE]
            assert ("sign_in", True) in desk.calls
            assert it.shell.state.value("guide.done") == "yes"

    run_qt(main())
