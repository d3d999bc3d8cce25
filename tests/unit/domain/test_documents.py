"""Documents are values: edits share what they do not touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import documents
from desktop.domain.documents import MISSING, get, insert, is_object, join, put, remove, split

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)
DOCUMENT = {"truck": {"number": "T1"}, "trailers": [{"number": "R1"}, {"number": "R2"}]}


@given(st.lists(st.text(max_size=5), max_size=5))
def test_pointers_are_joined_and_split(steps):
    assert split(join(*steps)) == tuple(steps)


def test_a_pointer_begins_with_a_slash():
    with pytest.raises(ValueError, match="starts with /"):
        split("truck")


@given(VALUES)
def test_the_root_is_the_document(value):
    assert get(value, "") is value


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/truck/number", "T1"), ("/trailers/1/number", "R2"), ("/truck/plate", MISSING), ("/trailers/2", MISSING),
        ("/trailers/01", MISSING), ("/trailers/-", MISSING), ("/truck/number/0", MISSING),
    ],
)  # fmt: skip
def test_values_are_found(pointer, value):
    assert get(DOCUMENT, pointer) == value


def test_an_edit_shares_what_it_does_not_touch():
    edited = put(DOCUMENT, "/trailers/1/number", "R9")
    assert edited["trailers"][1] == {"number": "R9"}
    assert edited["truck"] is DOCUMENT["truck"]
    assert edited["trailers"][0] is DOCUMENT["trailers"][0]
    assert DOCUMENT["trailers"][1] == {"number": "R2"}


def test_objects_on_the_way_are_made():
    assert put({}, "/truck/plate/number", "A") == {"truck": {"plate": {"number": "A"}}}
    assert put({"truck": None}, "/truck/number", "A") == {"truck": {"number": "A"}}


def test_arrays_grow_at_their_end():
    assert put([1], "/1", 2) == [1, 2]
    assert put([1], "/-", 2) == [1, 2]
    assert put([], "/0/number", "A") == [{"number": "A"}]
    with pytest.raises(ValueError, match="no position"):
        put([1], "/3", 2)
    with pytest.raises(ValueError, match="no position"):
        put([1], "/x", 2)


def test_members_and_elements_are_taken_out():
    assert remove(DOCUMENT, "/trailers/0")["trailers"] == [{"number": "R2"}]
    assert remove(DOCUMENT, "/truck/number")["truck"] == {}
    assert remove(DOCUMENT, "/nothing/here") is DOCUMENT
    assert put(DOCUMENT, "/nothing/here", MISSING) is DOCUMENT


def test_ways_that_lead_nowhere():
    with pytest.raises(ValueError, match="plain value"):
        put(DOCUMENT, "/truck/number/deeper", 1)
    with pytest.raises(ValueError, match="whole document"):
        put(DOCUMENT, "", MISSING)


def test_elements_are_put_in_between():
    assert insert([1, 2], "/1", 9) == [1, 9, 2]
    assert insert([1, 2], "/-", 9) == [1, 2, 9]
    assert insert({}, "/trailers/0", 9) == {"trailers": [9]}
    with pytest.raises(ValueError, match="not an array"):
        insert({"a": 1}, "/a/0", 9)
    with pytest.raises(ValueError, match="not an array"):
        insert([1], "", 9)


def test_nothing_is_not_null():
    assert not MISSING
    assert repr(MISSING) == "MISSING"
    assert not is_object(None)
    assert is_object({})
    assert isinstance(MISSING, documents.Missing)
