"""Results as text for people."""

from __future__ import annotations

from desktop.cli import rendering


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert rendering.table([["a", "long", "x"], ["bbb", "c", ""]]) == "a    long  x\nbbb  c"
    assert rendering.table([]) == ""


def test_a_line_break_in_a_cell_forges_no_row() -> None:
    assert rendering.table([["A\nB", "c"], ["d", "e"]]).count("\n") == 1


def test_lists_of_nothing_say_so() -> None:
    for said in (rendering.items("trips", []), rendering.inbox([]), rendering.companies([])):
        assert said


def test_an_import_names_what_came_in_and_what_did_not_with_the_way_out() -> None:
    problems = [
        {"file": "a.json", "code": "x", "text": "a.json: there is no such file.", "remedy": "Check the name."},
        {"file": "b.json", "code": "y", "text": "Line 1, column 1: no.", "remedy": "Mend that place."},
    ]
    items = [{"file": "c.json", "what": "trip", "number": "AAAA123457A", "id": "1"}]
    said = rendering.brought_in({"items": items, "problems": problems, "dry_run": True}).splitlines()
    assert said[0] == "c.json: trip AAAA123457A"
    assert said[1:3] == ["a.json: there is no such file.", "  Check the name."]
    assert said[3:5] == ["b.json: Line 1, column 1: no.", "  Mend that place."]
    assert "nothing was written" in said[5]
    assert rendering.brought_in({"items": [], "problems": [], "dry_run": False})


def test_a_message_shows_its_count_and_what_it_is_about() -> None:
    item = {
        "id": "1",
        "received_at": "2026-11-22T12:00:00Z",
        "title": "Accepted",
        "text": "one\ntwo",
        "trip": "AAAA123457A",
        "shipment": "",
        "unread": True,
        "repeats": 2,
    }
    assert rendering.inbox_item(item) == "* 2026-11-22T12:00:00Z  Accepted (x2)\n    AAAA123457A · one · two"
    assert rendering.inbox_item({**item, "unread": False, "repeats": 1}).startswith("  2026")
