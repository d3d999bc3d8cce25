"""Who is the same person, and what goes of a text and what stays."""

from __future__ import annotations

import json

import pytest

from desktop.domain.person import GONE, Person, person_of

RECORD = {
    "driverNumber": "D7",
    "firstName": "Zoë",
    "lastName": "Sample-Vogel",
    "dateOfBirth": "1971-03-09",
    "fastCardNumber": "42709876543201",
    "travelDocuments": [{"type": "5K", "number": "AB-1234 567"}],
}


@pytest.fixture
def person() -> Person:
    return person_of(RECORD, {"email": "zoe@sample.example"})


@pytest.mark.parametrize(
    ("here", "is_same"),
    [
        ({"firstName": "ZOE", "lastName": "SAMPLE-VOGEL"}, True),
        ({"firstName": "Zoë", "lastName": "Sample-Vogel", "dateOfBirth": "1971-03-09"}, True),
        ({"firstName": "Zoë", "lastName": "Sample-Vogel", "dateOfBirth": "1990-01-01"}, False),
        ({"firstName": "Z", "lastName": "Other", "fastCardNumber": "42709876543201"}, True),
        ({"lastName": "Other", "travelDocuments": [{"number": "ab1234567"}]}, True),
        ({"driverNumber": "d7"}, True),
        ({"driverNumber": "D7", "lastName": "Other"}, False),
        ({"firstName": "Zoë", "lastName": "Other"}, False),
        ({"firstName": "", "lastName": ""}, False),
    ],
)
def test_who_is_the_same(person, here, is_same) -> None:
    assert person.is_same(here) is is_same


@pytest.mark.parametrize(
    "text",
    [
        "Driver ZOE SAMPLE-VOGEL refused",
        "Driver Sample-Vogel, Zoë refused",
        "Driver Zoë M. Sample-Vogel refused",
        "Driver AB 1234567 refused",
        "Driver 4270-9876-5432-01 refused",
        "Driver zoe@sample.example refused",
    ],
)
def test_a_name_or_number_goes_however_it_is_written(person, text) -> None:
    assert person.cleaned_text(text) == f"Driver {GONE} refused"


def test_a_name_alone_goes_only_where_the_text_is_about_the_person(person) -> None:
    assert person.cleaned_text("Sample-Vogel Foods, born 1971-03-09") == "Sample-Vogel Foods, born 1971-03-09"
    assert person.cleaned_text("Zoë, born 19710309", is_theirs=True) == f"{GONE}, born {GONE}"
    assert person.cleaned_text("D7 of 9", is_theirs=True) == "D7 of 9"


def test_only_the_person_goes_from_a_document(person) -> None:
    other = {"firstName": "Sample", "lastName": "Driver Two"}
    document = {"drivers": [RECORD, other], "truck": {"number": "D7"}, "status": "Zoë"}
    assert person.cleaned(document, is_theirs=True) == {**document, "drivers": [{"lastName": GONE}, other]}
    assert person.cleaned(person.cleaned(document)) == person.cleaned(document)
    assert person.cleaned({"drivers": [other]}) == {"drivers": [other]}


def test_bytes_without_the_person_are_the_very_same(person) -> None:
    body = b'{ "amount": 1.10, "name":"Sample" }'
    assert person.cleaned_bytes(body, is_theirs=True) is body
    escaped = json.dumps({"note": "Zoë Sample-Vogel"}).encode()
    assert json.loads(person.cleaned_bytes(escaped)) == {"note": GONE}
    assert person.cleaned_bytes("no json: Zoë Sample-Vogel \udcff".encode("utf-8", "surrogateescape")) == (
        f"no json: {GONE} ".encode() + b"\xff"
    )


def test_a_trace_is_never_missed(person) -> None:
    for text in ("zoë", "ZOE", "x 42709876543201 y", "D7", "\\u0041"):
        assert person.may_be_in(text)
    assert not person.may_be_in("Sample Driver Two")


def test_a_record_without_a_full_name_or_paper_is_nobody() -> None:
    assert not person_of({"firstName": "Zoë"}).is_known
    assert person_of({"fastCardNumber": "42709876543201"}).is_known
    assert person_of({"firstName": "Zoë"}).cleaned_text("Zoë") == "Zoë"
