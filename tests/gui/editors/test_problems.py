"""Problems stand beside their field and in the list with the same words, and the keyboard goes through them."""

from __future__ import annotations

import pytest
from fakes.desk import NOW
from gui.editors.editor_bench import Bench, empty, example
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from desktop.crossing.news import read
from desktop.crossing.objection import located
from desktop.domain.lifecycle import Regime
from desktop.services.views import ServerError
from desktop.ui import theme
from desktop.ui.binding.field_paint import Grade
from desktop.ui.editors.problem import Group
from desktop.ui.editors.problem_list import PROBLEM_ROLE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def _broken() -> dict:
    document = example(Regime.ACE)
    document["shipments"][0]["consignee"]["address"].pop("postalCode")
    document["shipments"][0]["commodities"][0]["quantity"] = "12a"
    return document


def test_the_words_beside_the_field_are_those_of_the_list(run_qt):
    async def main():
        async with Bench(_broken()) as bench:
            listed = {problem.path: problem.text for problem in bench.editor.panel.problems}
            assert listed["/truck/vinNumber"]
            assert bench.box("truck_vin").shown_message == listed["/truck/vinNumber"]
            assert bench.box("truck_vin").editor.accessibleDescription() == listed["/truck/vinNumber"]
            assert bench.box("truck_vin").grade is Grade.ASK
            bench.editor.open_shipment(0)
            zip_code = bench.box("consignee_address_postal_code")
            assert zip_code.shown_message == listed["/shipments/0/consignee/address/postalCode"]
            assert zip_code.grade is Grade.ERROR
            quantity = bench.editor.shipments.goods.index_at("/shipments/0/commodities/0/quantity")
            assert bench.editor.shipments.goods.remark(quantity).text == listed["/shipments/0/commodities/0/quantity"]
            assert bench.editor.shipments.ui.commodity_message.text() == listed["/shipments/0/commodities/0/quantity"]

    run_qt(main())


def test_nothing_is_held_against_a_field_nobody_has_been_in(run_qt):
    """A new trip shows no red field; the list says all there is to do."""

    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            assert all(box.grade is Grade.NONE for _, box in bench.editor.page.boxes())
            assert any(problem.group is Group.MUST for problem in bench.editor.panel.problems)
            bench.box("trip_number_ace").setFocus()
            bench.type("AA")
            assert bench.box("trip_number_ace").grade is Grade.NONE
            bench.key(Qt.Key.Key_Tab)
            assert bench.box("trip_number_ace").grade is Grade.ERROR
            bench.key(Qt.Key.Key_Backtab, SHIFT)
            bench.key(Qt.Key.Key_End)
            bench.type("AA12345")
            assert bench.box("trip_number_ace").grade is Grade.NONE, "live once it has failed"

    run_qt(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_a_number_from_a_range_makes_a_new_trip_no_old_one(run_qt, regime):
    """Whoever starts a trip is not met by red fields because the program has put its number in."""

    async def main():
        number = "AAAA000123" if regime is Regime.ACE else "1234000123"
        async with Bench({**empty(regime), "tripNumber": number}) as bench:
            assert [box.objectName() for _, box in bench.editor.page.boxes() if box.grade is not Grade.NONE] == []
            await bench.settled()
            assert bench.focus_name() == ("us_port" if regime is Regime.ACE else "ca_port")

    run_qt(main())


def test_the_caret_starts_in_the_number_that_must_be_typed(run_qt):
    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            await bench.settled()
            assert bench.focus_name() == "trip_number_ace"

    run_qt(main())


def test_a_trip_left_half_way_says_what_is_missing(run_qt):
    async def main():
        async with Bench({**empty(Regime.ACE), "usPortOfArrival": "3801"}) as bench:
            assert bench.box("trip_number_ace").grade is Grade.ERROR

    run_qt(main())


def test_f8_goes_round_all_problems_also_when_the_list_is_hidden(run_qt):
    async def main():
        async with Bench(_broken()) as bench:
            bench.editor.resize(900, 650)
            assert bench.editor.ui.side.isHidden()
            order = [problem.path for problem in bench.editor.panel.problems]
            seen = []
            for _ in order:
                bench.key(Qt.Key.Key_F8)
                seen.append(bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE).path)
            assert seen == order
            bench.key(Qt.Key.Key_F8)
            assert bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE).path == order[0]
            bench.key(Qt.Key.Key_F8, SHIFT)
            assert bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE).path == order[-1]

    run_qt(main())


def test_f8_puts_the_caret_into_the_field(run_qt):
    async def main():
        async with Bench(_broken()) as bench:
            names = []
            for _ in bench.editor.panel.problems:
                bench.key(Qt.Key.Key_F8)
                names.append(bench.focus_name())
            assert "consignee_address_postal_code" in names
            assert "CommodityGrid" in names
            assert "truck_vin" in names
            assert "trailer_seals" in names
            assert "driver_fast_card" in names

    run_qt(main())


def test_a_stopped_send_puts_the_focus_on_the_first_problem(run_qt, qtbot):
    async def main():
        async with Bench(_broken()) as bench:
            sent = []
            bench.editor.send_requested.connect(sent.append)
            bench.key(Qt.Key.Key_Return, CONTROL)
            assert sent == []
            assert bench.focus is bench.editor.ui.problems
            first = bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE)
            assert first == bench.editor.panel.problems[0]
            bench.key(Qt.Key.Key_Return)
            assert bench.focus is not bench.editor.ui.problems

    run_qt(main())


def test_a_stopped_send_opens_the_folded_list(run_qt):
    async def main():
        async with Bench(_broken()) as bench:
            bench.editor.resize(620, 360)
            bench.key(Qt.Key.Key_Return, CONTROL)
            assert bench.editor.ui.side.isVisible()
            assert bench.focus is bench.editor.ui.problems

    run_qt(main())


def test_send_is_asked_for_when_nothing_stops_it(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            sent, printed = [], []
            bench.editor.send_requested.connect(sent.append)
            bench.editor.print_requested.connect(printed.append)
            bench.key(Qt.Key.Key_Return, CONTROL)
            bench.key(Qt.Key.Key_P, CONTROL)
            assert (sent, printed) == ([bench.session.trip_id], [bench.session.trip_id])

    run_qt(main())


def test_what_the_gateway_said_stands_beside_its_field_until_it_changes(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.session.show_server_errors(
                (
                    ServerError("/tripNumber", "Trip Number is already used", NOW),
                    ServerError("", "Try again in an hour", NOW),
                )
            )
            box = bench.box("trip_number_ace")
            assert box.shown_message == "Trip Number is already used"
            groups = {problem.text: problem.group for problem in bench.editor.panel.problems}
            assert groups["Trip Number is already used"] is Group.MUST
            assert groups["Try again in an hour"] is Group.GENERAL
            sent = []
            bench.editor.send_requested.connect(sent.append)
            bench.editor.request_send()
            assert sent == [bench.session.trip_id], "what was said of an earlier send never stops the next"
            box.setFocus()
            bench.key(Qt.Key.Key_End)
            bench.type("B")
            assert "already used" not in box.shown_message
            assert "Try again in an hour" in {problem.text for problem in bench.editor.panel.problems}

    run_qt(main())


def _objected(regime: Regime, message: dict, document: dict) -> tuple[ServerError, ...]:
    """Return what a message from outside objects to in a trip, as the program reads it."""
    name = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
    numbers = [row[name] for row in document["shipments"]]
    news = read(message)
    found = [located(one, regime, numbers, NOW, "1") for one in news.objections]
    return tuple(ServerError(one.path, one.text, one.at) for one in found)


def _gateway(note: str, identifier: str) -> dict:
    errors = [{"identifier": identifier, "note": f"{note} [{identifier}]"}]
    return {"data": "API_RESPONSE", "status": "DATA_ERROR", "message": "1 error", "errors": errors}


def _cbp(code: str, words: str) -> dict:
    return {"data": "ACE_RESPONSE", "validationResponses": [{"code": code, "description": words}]}


def _cbsa(field: str, words: str, **numbers: str) -> dict:
    reasons = [{"errorCode": "7", "errorField": field, "errorDescription": words}]
    return {"data": "ACI_RESPONSE", "type": "REJECT", "errorResponses": reasons, **numbers}


ACE, ACI = Regime.ACE, Regime.ACI
SCN = example(ACE)["shipments"][0]["shipmentControlNumber"]
CCN = example(ACI)["shipments"][0]["cargoControlNumber"]


@pytest.mark.parametrize(
    ("regime", "message", "name", "answer"),
    [
        (ACE, _gateway("Trip Number is already used", "AAAA1"), "trip_number_ace", ("/tripNumber", "AAAA999999")),
        (ACE, _gateway("Something odd", SCN), "shipment_control_number", ("/shipments/0/type", "QP_IN_BOND")),
        (ACE, _cbp("033", "INVALID PORT"), "us_port", ("/usPortOfArrival", "0901")),
        (ACE, _cbp("", "NO PERSON IN CHARGE"), "driver_number", ("/drivers/0/firstName", "Other")),
        (ACE, _cbp("402", "PLATE"), "truck_number", ("/truck/licensePlate/number", "Q1")),
        (ACE, _cbp("005", f"NO CONSIGNEE {SCN}"), "consignee_name", ("/shipments/0/consignee/name", "Other")),
        (ACI, _cbsa("Port", "Not a port"), "ca_port", ("/portOfEntry", "0453")),
        (
            ACI,
            _cbsa("Release Office", "Unknown", cargoControlNumber=CCN),
            "release_office",
            ("/shipments/0/releaseOffice", "0453"),
        ),
        (
            ACI,
            _gateway("Cargo Control Number is already used", CCN),
            "cargo_control_number",
            ("/shipments/0/cargoControlNumber", "1234PARS99"),
        ),
    ],
)
def test_what_was_refused_stands_beside_the_field_it_means(run_qt, regime, message, name, answer):
    """It is there after reopening, F8 leads to it, and it stays until that field changes."""

    async def main():
        document = example(regime)
        errors = _objected(regime, message, document)
        assert len(errors) == 1
        async with Bench(document) as bench:
            bench.session.show_server_errors(errors)
            first = bench.editor.panel.problems[0] if errors[0].path else None
            assert first is not None, "it is about a field"
            said = next(problem for problem in bench.editor.panel.problems if problem.is_server)
            assert said.group is Group.MUST
            for _ in range(len(bench.editor.panel.problems)):
                bench.key(Qt.Key.Key_F8)
                if bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE) is said:
                    break
            assert bench.focus_name() == name
            assert bench.box(name).shown_message.startswith(said.text)
            assert bench.box(name).grade is Grade.ERROR
            bench.session.set("/operation", "UPDATE")
            assert bench.box(name).shown_message.startswith(said.text), "another field is no answer"
            bench.session.set(*answer)
            assert not any(problem.is_server for problem in bench.editor.panel.problems)
            bench.session.show_server_errors(errors)
            assert not any(problem.is_server for problem in bench.editor.panel.problems), "answered, also read again"

    run_qt(main())


def test_an_offered_value_is_taken_over_with_a_key(run_qt):
    async def main():
        document = example(Regime.ACI)
        document["shipments"][0]["portOfEntry"] = "0453"
        async with Bench(document) as bench:
            problem = next(problem for problem in bench.editor.panel.problems if problem.mend == "0440")
            row = bench.editor.panel.model.row_of(problem)
            bench.editor.ui.problems.setCurrentIndex(bench.editor.panel.model.index(row, 0))
            bench.editor.ui.problems.setFocus()
            bench.key(Qt.Key.Key_Return, ALT)
            assert bench.session.value("/shipments/0/portOfEntry") == "0440"

    run_qt(main())


def test_an_offered_value_is_taken_over_with_a_click(run_qt):
    async def main():
        document = example(Regime.ACI)
        document["shipments"][0]["portOfEntry"] = "0453"
        async with Bench(document) as bench:
            view = bench.editor.ui.problems
            problem = next(problem for problem in bench.editor.panel.problems if problem.mend == "0440")
            index = bench.editor.panel.model.index(bench.editor.panel.model.row_of(problem), 0)
            view.scrollTo(index)
            room = view.visualRect(index)
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=room.bottomLeft() + QPoint(60, -12))
            assert bench.session.value("/shipments/0/portOfEntry") == "0440"

    run_qt(main())


def test_lines_of_the_list_have_room_for_their_words_beside_the_scroll_bar(run_qt):
    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            view = bench.editor.ui.problems
            await bench.settled()
            assert view.verticalScrollBar().isVisible()
            for row in range(bench.editor.panel.model.rowCount()):
                index = bench.editor.panel.model.index(row, 0)
                problem = index.data(PROBLEM_ROLE)
                if problem is None:
                    continue
                width = view.viewport().width() - 42 - 14
                flags = int(Qt.TextFlag.TextWordWrap)
                needs = sum(
                    QFontMetrics(theme.font(size)).boundingRect(QRect(0, 0, width, 9999), flags, words).height()
                    for size, words in (("strong", problem.place), ("caption", problem.text))
                )
                assert view.visualRect(index).height() >= needs + 8

    run_qt(main())


def test_the_list_keeps_its_place_while_words_change_elsewhere(run_qt):
    async def main():
        async with Bench(_broken()) as bench:
            bench.editor.panel.visit(bench.editor.panel.problems[1])
            kept = bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE)
            bench.session.set("/truck/vinNumber", "1")
            assert bench.editor.ui.problems.currentIndex().data(PROBLEM_ROLE) == kept

    run_qt(main())
