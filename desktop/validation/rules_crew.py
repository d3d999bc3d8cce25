"""Rules about the people on a trip into the USA (domain 4.4). Nothing here says a name, a number or a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, JSONObject, Missing
from desktop.domain.fields import Field
from desktop.domain.numbers import FAST
from desktop.domain.times import parse_day
from desktop.validation.issue import Issue
from desktop.validation.limits import is_missing, limited
from desktop.validation.reading import has, rows_in, rows_of, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, hint, stop
from desktop.validation.trip import Trip

_FAST_LENGTH = 14
_FAST_START = "4270"
_DOCUMENTS_WANTED = 2
_LICENCE = "5K"
_HAZMAT_ENDORSEMENT = "HD"
_PASSPORT = "ACW"
_YOUNGEST, _OLDEST = 18, 85
_PERSONAL = (("gender", "gender"), ("dateOfBirth", "birth_date"), ("citizenshipCountry", "citizenship"))


def _fast(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A41: 14 digits that begin with 4270 and end in 01 or 02."""
    del field, scene
    if not isinstance(value, str) or is_missing(value) or FAST.fullmatch(value):
        return
    if len(value) != _FAST_LENGTH:
        yield ask("A41", "length", length=len(value))
    elif not (value.isascii() and value.isdigit()):
        yield ask("A41", "digits")
    elif not value.startswith(_FAST_START):
        yield ask("A41", "start")
    else:
        yield ask("A41", "end")


def _without_card(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A42: without a FAST card or ACE ID, who the driver is, and two documents, one the commercial licence."""
    del field, scene
    for position, driver in rows_in([] if isinstance(value, Missing) else value):
        if has(driver, "fastCardNumber") or has(driver, "aceId"):
            continue
        for name, variant in _PERSONAL:
            if not has(driver, name):
                yield stop("A42", variant, f"/{position}/{name}")
        documents = rows_of(driver, "travelDocuments")
        if len(documents) < _DOCUMENTS_WANTED:
            yield stop("A42", "documents", f"/{position}/travelDocuments", count=len(documents))
        elif all(text_of(document, "type") != _LICENCE for _, document in documents):
            yield stop("A42", "licence", f"/{position}/travelDocuments")


def _document_place(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A43: licences name the state that issued them, most other documents the country."""
    del field, scene
    for position, document in rows_in([] if isinstance(value, Missing) else value):
        wanted = code_list("travel-document-types").facts(text_of(document, "type").upper())
        if wanted.get("stateProvinceRequired") and not has(document, "stateProvince"):
            yield stop("A43", "state", f"/{position}/stateProvince")
        if wanted.get("countryRequired") and not has(document, "country"):
            yield stop("A43", "country", f"/{position}/country")


def _two_cards(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A44: of a FAST card and an ACE ID, FAST is sent."""
    del field, scene
    for position, driver in rows_in([] if isinstance(value, Missing) else value):
        if has(driver, "fastCardNumber") and has(driver, "aceId"):
            yield hint("A44", path=f"/{position}/aceId")


def _citizenship(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A45: the citizenship is that of the passport shown."""
    del field, scene
    for position, driver in rows_in([] if isinstance(value, Missing) else value):
        citizenship = text_of(driver, "citizenshipCountry").strip().upper()
        countries = {
            text_of(document, "country").strip().upper()
            for _, document in rows_of(driver, "travelDocuments")
            if text_of(document, "type") == _PASSPORT and has(document, "country")
        }
        if citizenship and countries and citizenship not in countries:
            yield hint("A45", path=f"/{position}/citizenshipCountry")


def _age(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """A46: between 18 and 85 on arrival, and born."""
    today = trip.eta.date() if trip.eta else scene.facts.now.date() if scene.facts.now else None
    if today is None:
        return
    for position, driver in trip.drivers:
        born = parse_day(text_of(driver, "dateOfBirth"))
        if born is None:
            continue
        path = f"/drivers/{position}/dateOfBirth"
        age = years_between(born, today)
        if born > today:
            yield ask("A46", "future", path)
        elif age < _YOUNGEST:
            yield ask("A46", "young", path)
        elif age > _OLDEST:
            yield ask("A46", "old", path)


def years_between(start: date, end: date) -> int:
    """Return the full years from `start` to `end`."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _passengers(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A47: each passenger's gender, birth date, citizenship and a document."""
    del field, scene
    for position, passenger in rows_in([] if isinstance(value, Missing) else value):
        for name, variant in _PERSONAL:
            if not has(passenger, name):
                yield stop("A47", variant, f"/{position}/{name}")
        if not has(passenger, "travelDocuments"):
            yield stop("A47", "documents", f"/{position}/travelDocuments")


def _endorsed(driver: JSONObject) -> bool:
    return any(text_of(row, "type") == _HAZMAT_ENDORSEMENT for _, row in rows_of(driver, "travelDocuments"))


def _endorsement(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """A48: with dangerous goods on board, a driver with the endorsement."""
    del scene
    if trip.has_hazmat and trip.drivers and not any(_endorsed(driver) for _, driver in trip.drivers):
        yield ask("A48", path=f"/drivers/{trip.drivers[0][0]}/travelDocuments")


_NAMES = ("driver_first_name", "driver_last_name", "passenger_first_name", "passenger_last_name")
_CARDS = ("driver_fast_card", "passenger_fast_card")

RULES: tuple[Rule, ...] = (
    Rule("A40", Scope.FIELD, "domain 4.4 [B S6; C S2]", limited("A40"), fields=_NAMES, owns=frozenset(_NAMES)),
    Rule("A41", Scope.FIELD, "domain 4.4 [C S2]", _fast, fields=_CARDS, owns=frozenset(_CARDS)),
    Rule("A42", Scope.FIELD, "domain 4.4 [B S5 S6]", _without_card, fields=("drivers",)),
    Rule(
        "A43",
        Scope.FIELD,
        "domain 4.4 [B list via C S7]",
        _document_place,
        fields=("driver_documents", "passenger_documents"),
    ),
    Rule("A44", Scope.FIELD, "domain 4.4 [C S44]", _two_cards, fields=("drivers",)),
    Rule("A45", Scope.FIELD, "domain 4.4 [B S6]", _citizenship, fields=("drivers",)),
    Rule("A46", Scope.TRIP, "domain 4.4 [G]", _age),
    Rule("A47", Scope.FIELD, "domain 4.4 [C S2]", _passengers, fields=("passengers",)),
    Rule("A48", Scope.TRIP, "domain 4.4 [B; G]", _endorsement),
)
"""The rules of this module."""
