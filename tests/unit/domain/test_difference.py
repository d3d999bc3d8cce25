"""What differs between two documents, field by field."""

import pytest

from desktop.domain.difference import Difference, differences
from desktop.domain.documents import MISSING


def test_the_same_is_no_difference():
    document = {"a": [{"number": "1"}], "b": {"c": 1}}
    assert differences(document, document) == []
    assert differences(document, {"a": [{"number": "1"}], "b": {"c": 1}}) == []


def test_fields_change_come_and_go():
    before = {"port": "3801", "old": "x", "truck": {"number": "1"}}
    now = {"port": "3802", "truck": {"number": "1", "vin": "V"}, "new": True}
    assert differences(before, now) == [
        Difference("/port", "3801", "3802"),
        Difference("/truck/vin", MISSING, "V"),
        Difference("/new", MISSING, True),
        Difference("/old", "x", MISSING),
    ]


def test_one_and_true_are_two_values():
    assert differences({"a": 1}, {"a": True}) == [Difference("/a", 1, True)]


def test_rows_keep_their_identity_by_number():
    before = {"shipments": [{"cargoControlNumber": "A", "x": 1}, {"cargoControlNumber": "B", "x": 2}]}
    now = {"shipments": [{"cargoControlNumber": "B", "x": 3}]}
    assert differences(before, now) == [
        Difference("/shipments/0/x", 2, 3),
        Difference("/shipments/0", {"cargoControlNumber": "A", "x": 1}, MISSING, is_row=True),
    ]


def test_a_row_that_is_new():
    made = {"number": "T2"}
    assert differences({"trailers": [{"number": "T1"}]}, {"trailers": [{"number": "T1"}, made]}) == [
        Difference("/trailers/1", MISSING, made, is_row=True)
    ]


def test_a_renumbered_row_is_the_same_row_where_it_stood():
    assert differences({"trailers": [{"number": "T1"}]}, {"trailers": [{"number": "T9"}]}) == [
        Difference("/trailers/0/number", "T1", "T9")
    ]


def test_rows_without_numbers_go_by_their_place():
    before = {"goods": [{"d": "a"}, {"d": "b"}]}
    assert differences(before, {"goods": [{"d": "a"}, {"d": "c"}]}) == [Difference("/goods/1/d", "b", "c")]


@pytest.mark.parametrize(
    ("before", "now"), [({}, {"trailers": [{"number": "T1"}]}), ({"trailers": []}, {"trailers": [{"number": "T1"}]})]
)
def test_the_first_row(before, now):
    assert [one.pointer for one in differences(before, now)] == ["/trailers/0"]


def test_the_last_row_and_an_object_that_go():
    assert [one.pointer for one in differences({"trailers": [{"number": "T1"}]}, {})] == ["/trailers/0"]
    assert differences({"bond": {"type": "CARRIER"}}, {}) == [Difference("/bond/type", "CARRIER", MISSING)]


def test_lists_of_words_are_one_value():
    assert differences({"seals": ["1"]}, {"seals": ["1", "2"]}) == [Difference("/seals", ["1"], ["1", "2"])]
    assert differences({}, {"seals": ["1"]}) == [Difference("/seals", MISSING, ["1"])]


def test_another_kind_of_value_is_a_difference():
    assert differences({"a": {"b": 1}}, {"a": "text"}) == [Difference("/a", {"b": 1}, "text")]
    assert differences({"a": {}}, {}) == [Difference("/a", {}, MISSING)]
