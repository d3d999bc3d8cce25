"""Shape: JSON types, needs, limits at their edges, spellings."""

import re

import pytest
from unit.validation import samples

from desktop.domain.documents import MISSING, get, put, remove
from desktop.domain.fields import FIELDS, Kind, at, fields_of, path_for
from desktop.domain.lifecycle import Regime
from desktop.validation import RULES, Facts, Severity, check, place, sentence
from desktop.validation.rule import Scope

C0 = "/shipments/0/commodities/0"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def issues_at(document, path, facts=None):
    return [issue for issue in check(document, facts or samples.facts()).issues if issue.path == path]


@pytest.mark.parametrize(
    ("regime", "path", "value", "wanted", "mend"),
    [
        ("ace", f"{C0}/weight", "1500", "number", 1500),
        ("ace", f"{C0}/weight", " 1500.5 ", "number", 1500.5),
        ("ace", f"{C0}/weight", "heavy", "number", None),
        ("ace", f"{C0}/weight", True, "number", None),
        ("ace", f"{C0}/weight", [1500], "number", None),
        ("ace", f"{C0}/quantity", "35", "number", 35),
        ("aci", f"{C0}/weight", 35005, "text", "35005"),
        ("aci", f"{C0}/weight", 35005.5, "text", "35005.5"),
        ("aci", f"{C0}/weight", 35005.0, "text", "35005"),
        ("aci", f"{C0}/weight", 1e-7, "text", None),
        ("aci", f"{C0}/weight", -1, "text", None),
        ("aci", f"{C0}/weight", 10**400, "text", None),
        ("ace", "/usPortOfArrival", 101, "text", "0101"),
        ("ace", "/usPortOfArrival", 3801.5, "text", None),
        ("ace", "/truck/dotNumber", 12345, "text", "12345"),
        ("ace", "/truck/number", {"number": "T1"}, "text", None),
        ("ace", "/truck/number", ["T1"], "text", "T1"),
        ("ace", "/truck/number", False, "text", None),
        ("ace", "/truck/sealNumbers", "S1", "list", ["S1"]),
        ("ace", "/truck/sealNumbers", 5, "list", None),
        ("ace", "/trailers", {"number": "R1"}, "list", [{"number": "R1"}]),
        ("ace", "/trailers", "R1", "list", None),
        ("ace", "/truck", [{"number": "T1"}], "object", {"number": "T1"}),
        ("ace", "/truck", [{"number": "T1"}, {}], "object", None),
        ("ace", "/truck", "T1", "object", None),
        ("ace", "/autoSend", "false", "yes_no", False),
        ("ace", "/autoSend", "TRUE", "yes_no", True),
        ("ace", "/autoSend", "perhaps", "yes_no", None),
        ("ace", "/autoSend", 0, "yes_no", None),
        ("aci", "/shipments/0/referenceOnlyShipment", 1, "yes_no", None),
        ("aci", f"{C0}/marksAndNumbers", ["A 1"], "text", "A 1"),
        ("ace", "/trailers/0", "R1", "object", None),
        ("ace", "/shipments/0", [{"type": "PAPS"}], "object", {"type": "PAPS"}),
        ("ace", "/shipments/0", 7, "object", None),
        ("ace", "/trailers/0/sealNumbers/0", 100, "text", "100"),
    ],
)
def test_a_wrong_json_type_stops_and_is_mended_where_that_is_safe(regime, path, value, wanted, mend):
    document = put(samples.base(regime), path, value)
    found = [issue for issue in issues_at(document, path) if issue.code.startswith("shape")]
    assert [(issue.code, issue.variant, issue.severity, issue.mend) for issue in found] == [
        ("shape.type", wanted, ERROR, mend)
    ]
    assert sentence(found[0])
    if mend is not None:
        mended = put(document, path, mend)
        assert not [issue for issue in issues_at(mended, path) if issue.code == "shape.type"]


@pytest.mark.parametrize("path", ["/truck", "/truck/dotNumber", "/shipments", "/shipments/0/shipper", f"{C0}/quantity"])
def test_null_stops(path):
    found = issues_at(put(samples.base("ace"), path, None), path)
    assert [(issue.code, issue.severity) for issue in found] == [("shape.null", ERROR)]


def test_uncertain_rows_only_warn_of_types():
    found = issues_at(put(samples.base("ace"), "/truck/vinNumber", 5), "/truck/vinNumber")
    assert [issue.severity for issue in found] == [WARNING]
    found = issues_at(put(samples.base("ace"), "/drivers/0/middleName", None), "/drivers/0/middleName")
    assert [issue.severity for issue in found] == [WARNING]


def test_unknown_members_are_kept_without_a_word():
    document = samples.base("ace")
    document["dispatcherNote"] = {"deep": [{"deeper": None}]}
    document["truck"]["colour"] = 5
    document["portOfEntry"] = "0453"
    assert check(document, samples.facts()).issues == ()


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/TripNumber", "tripNumber"),
        ("/trip_number", "tripNumber"),
        ("/truck/vinnumber", "vinNumber"),
        ("/truck/licensePlates/0/State-Province", "stateProvince"),
        (f"{C0}/harmonizedcode", "harmonizedCode"),
        ("/us~1Port", None),
    ],
)
def test_a_likely_misspelling_is_asked_about(path, known):
    document = put(samples.base("ace"), path, "x")
    found = issues_at(document, path)
    assert [(issue.code, issue.severity, issue.params["known"]) for issue in found] == (
        [("shape.misspelt", WARNING, known)] if known else []
    )


def test_paths_of_odd_member_names_are_escaped():
    document = samples.base("ace")
    document["truck"]["vin/number"] = "x"
    document["truck"]["vin Number"] = "x"
    assert [issue.path for issue in check(document, samples.facts()).issues] == ["/truck/vin Number"]


# --- limits at their edges -----------------------------------------------------------------------------------------


def text_rows(regime):
    """Rows of plain text without a form of their own, whose lengths can be tried one by one."""
    for field in fields_of(regime):
        plain = not field.pattern and not field.codes and field.kind in {Kind.TEXT, Kind.CODE}
        if plain and field.maximum is not None and field.maximum != field.minimum:
            yield field


def with_value(regime, field, value):
    """The base trip with a value at a row's place, with what lies on the way made up."""
    path = path_for(field, regime).replace("*", "0")
    document = samples.base(regime.value.lower())
    for end in [found.start() for found in re.finditer("/0", path)]:
        if get(document, path[:end]) is MISSING:
            document = put(document, path[:end], [])
    return put(document, path, value), path


ROWS = [(regime, field) for regime in Regime for field in text_rows(regime)]


def limit_issues(regime, field, value):
    document, path = with_value(regime, field, value)
    variants = {"missing", "empty", "too_short", "too_long"}
    return [issue for issue in issues_at(document, path) if issue.variant in variants or issue.code[6:] in variants]


@pytest.mark.parametrize(("regime", "field"), ROWS, ids=lambda value: getattr(value, "name", str(value)))
def test_limits_hold_at_their_edges(regime, field):
    severity = ERROR if field.is_firm else WARNING
    shortest = 2 if field.name.endswith("city") else max(1, field.minimum)
    for length in (shortest, field.maximum):
        assert limit_issues(regime, field, "A" * length) == []
    assert [issue.severity for issue in limit_issues(regime, field, "A" * (field.maximum + 1))] == [severity]
    if field.minimum:
        assert [issue.severity for issue in limit_issues(regime, field, "")] == [severity]
        assert [issue.severity for issue in limit_issues(regime, field, "  ")] == [severity]


def test_many_rows_are_tried():
    assert len(ROWS) > 60


@pytest.mark.parametrize("regime", list(Regime))
def test_what_the_table_wants_is_missed_when_it_is_gone(regime):
    """Every firm row that must be there stops a trip without it, with an issue at the missing member's path."""
    base = samples.base(regime.value.lower())
    tried = 0
    for field in fields_of(regime):
        path = path_for(field, regime).replace("*", "0")
        need = field.need_ace if regime is Regime.ACE else field.need_aci
        if need == "yes" and field.is_firm and get(base, path) is not MISSING:
            found = issues_at(remove(base, path), path)
            assert [issue.severity for issue in found if issue.severity is ERROR], path
            tried += 1
    assert tried > 30


def test_too_many_plates_are_asked_about():
    document = samples.base("ace")
    document["truck"]["licensePlates"] *= 3
    found = issues_at(document, "/truck/licensePlates")
    assert [(issue.code, issue.severity) for issue in found] == [("shape.too_many", WARNING)]
    assert sentence(found[0]) == "3 entries; at most 2"


def test_dates_have_a_form_and_exist():
    for value, code in (("1.1.2026", "shape.day"), ("2026-02-30", "shape.no_such_day")):
        found = issues_at(put(samples.base("ace"), "/drivers/0/dateOfBirth", value), "/drivers/0/dateOfBirth")
        assert [issue.code for issue in found] == [code]
        assert value not in sentence(found[0])
    found = issues_at(
        put(samples.base("aci"), "/estimatedArrivalDateTime", "2026-11-24T15:00:30"), "/estimatedArrivalDateTime"
    )
    assert [(issue.code, issue.mend) for issue in found] == [("shape.time", "2026-11-24 15:00:30")]
    found = issues_at(
        put(samples.base("aci"), "/estimatedArrivalDateTime", "2026-11-31 15:00"), "/estimatedArrivalDateTime"
    )
    assert [(issue.code, issue.mend) for issue in found] == [("shape.time", None)]


def test_a_code_that_our_list_lacks_is_asked_about():
    found = issues_at(put(samples.base("ace"), "/truck/type", "QQ"), "/truck/type")
    assert [(issue.code, issue.variant, issue.severity) for issue in found] == [("A05", "not_listed", WARNING)]
    assert sentence(found[0]) == "QQ is not in our list of truck types (2021). Check it"


def test_secret_values_are_in_no_sentence():
    document = samples.base("ace")
    secrets = {"dateOfBirth": "17 May 1901", "fastCardNumber": "4111222233334444", "aceId": "SECRET-ID" * 9}
    document["drivers"][0] |= secrets
    document["drivers"][0]["travelDocuments"][0]["number"] = "SECRET-NUMBER" * 9
    document["truck"]["vinNumber"] = "SECRETVINSECRETVIN"
    result = check(document, samples.facts())
    assert len(result.issues) > 3
    for issue in result.issues:
        told = f"{issue.params} {sentence(issue)} {place(document, issue.path)}"
        assert not [secret for secret in (*secrets.values(), "SECRET") if secret in told]


def test_every_field_rule_looks_at_rows_its_regimes_have():
    for rule in RULES.values():
        if rule.scope is Scope.FIELD:
            for regime in Regime:
                if rule.is_for(regime):
                    names = {field.name for field in fields_of(regime)}
                    assert set(rule.fields) & names


def test_rows_of_an_element_and_its_array_are_told_apart():
    assert at(Regime.ACE, "/truck/sealNumbers").name == "truck_seals"
    assert at(Regime.ACE, "/truck/sealNumbers/0").name == "truck_seal"
    assert len(FIELDS) > 150


def test_an_empty_optional_text_is_named():
    found = issues_at(put(samples.base("ace"), "/truck/dotNumber", ""), "/truck/dotNumber")
    assert [(issue.code, issue.variant) for issue in found] == [("A06", "empty")]
    assert check(samples.base("ace"), Facts()).is_ready
