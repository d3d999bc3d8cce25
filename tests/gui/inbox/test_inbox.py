"""The inbox: explained before raw, foreign text as plain text, read after a while, undo for everything."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.domain.lifecycle import Category
from desktop.services.views import Subject
from desktop.ui.inbox import page as inbox_page
from desktop.ui.inbox.reader import RAW_SHOWN
from desktop.ui.models.role import Role
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


async def go(it):
    it.window.go_to(Place.INBOX)
    await until(lambda: it.shell.inbox.reader.message is not None)
    return it.shell.inbox


def words_of(reader):
    return [label.text() for label in reader.findChildren(QLabel) if label.isVisible()]


def test_the_first_unread_message_is_explained_at_once(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            assert QApplication.focusWidget() is page.list
            said = words_of(page.reader)
            assert "CBSA returned the trip" in said
            assert "What happened" in said
            assert "Take 1234PARS34213341 off 1234923ASDF and send that change" in said
            assert "Order matters: CBSA must let go of it first. An answer usually takes 2 to 4 min." in said
            assert "CBSA: 2026-11-24 13:01:12 (zone not stated)" in said
            assert not page.reader.raw.isVisible()

    run_qt(main())


def test_foreign_text_is_never_taken_for_markup(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            page = await go(it)
            place = next(row for row in range(20) if "not a tag" in page.model.index(row).data(Role.OBJECT).text)
            page.list.setCurrentIndex(page.model.index(place))
            await until(lambda: page.reader.message.card.kind is None)
            assert any("<b>not a tag</b>" in text for text in words_of(page.reader))
            for label in page.reader.findChildren(QLabel):
                assert label.textFormat() is Qt.TextFormat.PlainText

    run_qt(main())


def test_every_kind_of_message_shows(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            for row in range(10):
                page.list.setCurrentIndex(page.model.index(row))
                wanted = page.list.current_id()
                await until(lambda wanted=wanted: page.shown_id == wanted)
                assert words_of(page.reader)

    run_qt(main())


def test_alt_r_shows_the_raw_message_with_the_focus_in_it(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            it.press(Qt.Key.Key_R, ALT)
            assert page.reader.raw.isVisible()
            assert QApplication.focusWidget() is page.reader.raw
            assert '"ACI_RESPONSE"' in page.reader.raw.toPlainText()
            it.press(Qt.Key.Key_R, ALT)
            assert not page.reader.raw.isVisible()

    run_qt(main())


def test_a_message_of_16_mib_is_cut_and_says_so(run_qt):
    async def main():
        desk = FakeDesk()
        card = desk.all_cards[-1]
        raw = "x" * (16 * 1024 * 1024)
        message = await desk.inbox.message(card.id)
        desk.inbox.messages[card.id] = replace(message, raw=raw, raw_size=len(raw), happened="y" * 100_000)
        async with opened(desk) as it:
            page = await go(it)
            started = asyncio.get_running_loop().time()
            page.reader.toggle_raw()
            await it.settle()
            assert asyncio.get_running_loop().time() - started < 3
            assert len(page.reader.raw.toPlainText()) == RAW_SHOWN
            assert "the first 64 KB of 16.0 MB" in page.reader.pane.size_label.text()
            assert all(len(text) <= 4_001 for text in words_of(page.reader))

    run_qt(main())


def test_the_raw_message_is_exported_whole(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            page = await go(it)
            page.reader.export.click()
            await until(lambda: QApplication.activeModalWidget() is not None)
            dialog = it.dialog()
            target = tmp_path / "message.txt"
            dialog.fileSelected.emit(str(target))
            dialog.reject()
            await until(target.exists)
            await until(it.window.toast.isVisible)
            assert target.read_text() == page.reader.message.raw

    run_qt(main())


def test_a_message_is_read_after_it_was_shown_for_a_while(run_qt, monkeypatch):
    monkeypatch.setattr(inbox_page, "READ_AFTER_MS", 5)

    async def main():
        async with opened() as it:
            page = await go(it)
            first = page.list.current_id()
            await until(lambda: not page.model.index(0).data(Role.OBJECT).is_unread)
            assert ("mark_read", frozenset({first}), True) in it.desk.calls
            assert page.list.current_id() == first

    run_qt(main())


def test_u_marks_unread_and_read_again(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            it.press(Qt.Key.Key_U)
            await until(lambda: not page.model.index(0).data(Role.OBJECT).is_unread)
            it.press(Qt.Key.Key_U)
            await until(lambda: page.model.index(0).data(Role.OBJECT).is_unread)

    run_qt(main())


def test_mark_all_read_can_be_undone(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            before = {card.id for card in it.desk.all_cards if card.is_unread}
            page.mark_all.click()
            await until(it.window.toast.isVisible)
            assert it.window.toast.words == "6 messages marked as read"
            await until(lambda: not page.mark_all.isEnabled())
            it.window.toast.action.click()
            await until(page.mark_all.isEnabled)
            assert {card.id for card in it.desk.all_cards if card.is_unread} == before

    run_qt(main())


def test_filters_narrow_the_list_and_count_unread(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            page.filters.setFocus()
            it.press(Qt.Key.Key_Down)
            await until(lambda: page.model.rowCount() == 10)
            assert all(page.model.index(row).data(Role.OBJECT).category is Category.REJECTED for row in range(10))
            assert page.combo.currentText().startswith("Rejected")

    run_qt(main())


def test_search_finds_and_an_empty_result_offers_to_clear(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            it.press(Qt.Key.Key_F, CTRL)
            assert QApplication.focusWidget() is page.search
            it.type("nothing like it")
            await until(page.empty.isVisible)
            page.empty.button.click()
            await until(page.list.isVisible)

    run_qt(main())


def test_new_messages_come_on_top_and_the_reader_stays(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            page.list.setCurrentIndex(page.model.index(3))
            current = page.list.current_id()
            await until(lambda: page.shown_id == current)
            newest = it.desk.all_cards[-1]
            it.desk.receive(
                replace(newest, id="01CARD00000000000000000100", received_at=newest.received_at + timedelta(minutes=1))
            )
            await until(lambda: page.model.index(0).data(Role.ID) == "01CARD00000000000000000100")
            assert page.list.current_id() == current
            assert page.shown_id == current

    run_qt(main())


def test_more_than_a_page_is_read_as_the_list_is_scrolled(run_qt):
    async def main():
        desk = FakeDesk()
        newest = desk.all_cards[-1]
        desk.all_cards = [replace(newest, id=f"01CARD{number:020}") for number in range(1_000)]
        async with opened(desk) as it:
            page = await go(it)
            assert page.model.rowCount() == 100
            page.list.scrollToBottom()
            await until(lambda: page.model.rowCount() == 200)
            reads = [call for call in desk.calls if call[0] == "cards" and call[2] is not None]
            assert len(reads) == 1

    run_qt(main())


def test_a_button_jumps_to_the_field(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            asked = []
            page.field_asked.disconnect()
            page.field_asked.connect(lambda trip_id, path: asked.append((trip_id, path)))
            page.reader.findChild(QPushButton, "concern_0").click()
            assert asked == [(it.desk.stored[1].id, "/shipments/0/cargoControlNumber")]

    run_qt(main())


def test_in_a_small_window_the_reader_opens_over_the_list_and_esc_goes_back(run_qt):
    async def main():
        async with opened(size=(640, 360)) as it:
            page = await go(it)
            assert not page.reader.isVisible()
            it.press(Qt.Key.Key_Return)
            assert page.reader.isVisible()
            assert not page.list.isVisible()
            it.press(Qt.Key.Key_Escape)
            assert page.list.isVisible()
            assert QApplication.focusWidget() is page.list

    run_qt(main())


def test_a_notice_opens_its_message_even_where_a_filter_hides_it(run_qt):
    async def main():
        async with opened() as it:
            page = await go(it)
            page.filter_by(Category.CAS)
            await until(lambda: page.model.rowCount() == 10)
            wanted = it.desk.all_cards[-2]
            page.show_card(wanted.id)
            await until(lambda: page.shown_id == wanted.id)
            it.desk.changes.announce(Subject.INBOX)
            await it.settle()
            assert page.shown_id == wanted.id

    run_qt(main())


def test_enter_goes_to_the_first_thing_to_do_and_tab_on_in_the_order_shown(run_qt):
    async def main():
        async with opened() as it:
            it.press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
            await it.settle()
            page = it.shell.inbox
            await until(lambda: page.reader.message is not None)
            it.press(Qt.Key.Key_Return)
            assert QApplication.focusWidget() in page.reader._buttons()
            seen = [QApplication.focusWidget()]
            while seen[-1] is not page.reader.raw_button and len(seen) < 12:
                it.press(Qt.Key.Key_Tab)
                seen.append(QApplication.focusWidget())
            steps = [button for button in page.reader._buttons() if button.objectName().startswith("step_")]
            assert seen[:-1] == steps, "the safe next step first, then as shown"
            it.press(Qt.Key.Key_Escape)
            assert page.list.hasFocus()
            page.list.card_clicked.emit()  # the mouse leaves the arrows where they were
            assert page.list.hasFocus()

    run_qt(main())
