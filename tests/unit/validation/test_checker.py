"""The check itself: never raises, always says the same, and its memory never shows."""

import copy
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.validation import samples

from desktop.domain.documents import get, insert, join, put, remove
from desktop.validation import Checker, CompanyFacts, Facts, HistoryFacts, Issue, Severity, check, place, sentence

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**310)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None, exclude_categories=[]), max_size=30)
    | st.sampled_from(
        ["", " ", "ACE_TRIP", "PAPS", "5K", "2026-11-24 15:00:00", "0453", "TRAILER", "3" * 5000, "\ud800"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=25,
)
FACTS = st.sampled_from([Facts(), samples.facts(), samples.facts({"company": None, "now": None})])


def every_path(value, path=""):
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from every_path(member, path + join(name))


PATHS = {regime: [path for path in every_path(samples.base(regime)) if path] for regime in ("ace", "aci")}


@given(JSON, FACTS)
def test_any_json_value_is_checked(value, facts):
    result = check(value, facts)
    for issue in result.issues:
        assert sentence(issue)
        assert place(value, issue.path)


@given(st.sampled_from(["ace", "aci"]), st.data(), FACTS)
@settings(max_examples=300)
def test_any_mutated_trip_is_checked(regime, data, facts):
    document = samples.base(regime)
    for path in data.draw(st.lists(st.sampled_from(PATHS[regime]), min_size=1, max_size=4)):
        try:
            document = put(document, path, data.draw(JSON))
        except ValueError:  # an earlier edit took the way there
            continue
    result = check(document, facts)
    for issue in result.issues:
        assert sentence(issue)
        assert place(document, issue.path)
    assert result == check(copy.deepcopy(document), facts)


@given(st.sampled_from(["ACE_SHIPMENT", "ACI_SHIPMENT", "ACI_SEND_REQUEST", "ACE_RESPONSE", "RNS_SEND_REQUEST"]), JSON)
def test_any_other_message_is_checked(kind, value):
    members = value if isinstance(value, dict) else {"type": value, "status": value, "commodities": value}
    assert check({**members, "data": kind}).issues is not None


def test_depth_and_size_do_no_harm():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    document = samples.base("ace") | {"truck": deep, "unknown": deep}
    assert not check(document, samples.facts()).is_ready
    wide = samples.base("aci") | {f"member{number}": number for number in range(20_000)}
    assert check(wide, samples.facts()).issues == ()
    while deep:  # taken apart from outside in, so that letting go of it needs no depth either
        deep = deep.pop()


def test_huge_numbers_do_no_harm():
    document = samples.base("ace")
    for value in (10**5000, -(10**5000), float("inf"), -0.0, 1e308, True):
        document["shipments"][0]["commodities"][0] |= {"quantity": value, "weight": value}
        assert check(document, samples.facts()) == check(document, samples.facts())


def test_issues_come_errors_first_then_by_place():
    document = samples.base("ace")
    document["truck"]["vinNumber"] = "X"
    document["shipments"] = [copy.deepcopy(document["shipments"][0]) for _ in range(12)]
    for number, shipment in enumerate(document["shipments"]):
        shipment["shipmentControlNumber"] = f"AAAA{number}" if number in {2, 11} else f"AAAA{number:04}"
    document["drivers"][0]["fastCardNumber"] = "1"
    document["tripNumber"] = "AAAA1"
    found = check(document, samples.facts()).issues
    assert [issue.path for issue in found] == [
        "/tripNumber",
        "/shipments/2/shipmentControlNumber",
        "/shipments/11/shipmentControlNumber",
        "/truck/vinNumber",
        "/drivers/0/fastCardNumber",
    ]
    assert [issue.severity for issue in found] == [Severity.ERROR] * 3 + [Severity.WARNING] * 2


def random_edit(rng, document):
    """One edit as an editor makes it: a value, a row more, a row less, a row twice."""
    regime = "ace" if document.get("data") == "ACE_TRIP" else "aci"
    path = rng.choice([path for path in every_path(document) if path] or PATHS[regime])
    kind = rng.randrange(4)
    if kind == 0:
        return remove(document, path) if path != "/data" else document
    if kind == 1 and isinstance(get(document, "/shipments"), list) and document["shipments"]:
        return insert(document, "/shipments/0", rng.choice(document["shipments"]))
    value = rng.choice([None, "", "X", "AAAA754321", 5, -1, [], {}, ["S1"], True, rng.choice(string.printable)])
    return put(document, path, value)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_remembered_equals_what_is_found_anew(seed):
    rng = random.Random(seed)
    document = samples.base(rng.choice(["ace", "aci"]))
    checker = Checker()
    facts = samples.facts()
    for _ in range(60):
        document = random_edit(rng, document)
        if rng.random() < 0.1:
            document = samples.base("aci")
        if rng.random() < 0.1:
            facts = samples.facts({"now": f"2026-11-{rng.randrange(10, 30)}T12:00:00Z"})
        assert checker.check(document, facts) == check(copy.deepcopy(document), facts)


def test_an_untouched_shipment_is_not_checked_again(monkeypatch):
    from desktop.validation import checker as module

    checked = []
    inner = module._of_shipment
    monkeypatch.setattr(module, "_of_shipment", lambda *given: checked.append(given[2]) or inner(*given))
    document = samples.base("ace")
    document["shipments"] = [copy.deepcopy(document["shipments"][0]) for _ in range(3)]
    facts = samples.facts()
    checker = Checker()
    checker.check(document, facts)
    assert len(checked) == 3
    checked.clear()
    document = put(document, "/shipments/1/commodities/0/quantity", 7)
    checker.check(document, facts)
    assert checked == ["/shipments/1"]
    checked.clear()
    later = samples.facts({"now": "2026-11-24T12:30:00Z"})
    checker.check(document, Facts(now=later.now, company=facts.company, history=facts.history, library=facts.library))
    assert checked == []


@pytest.mark.parametrize(
    "changed",
    [
        {"company": CompanyFacts(("BBBB",))},
        {"history": HistoryFacts()},
        {"now": samples.moment("2026-11-25T12:00:00Z")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_other_facts_are_looked_at_anew(changed, monkeypatch):
    from dataclasses import replace

    from desktop.validation import checker as module

    checked = []
    inner = module._of_shipment
    monkeypatch.setattr(module, "_of_shipment", lambda *given: checked.append(given[2]) or inner(*given))
    facts = samples.facts()
    checker = Checker()
    document = samples.base("ace")
    checker.check(document, facts)
    checker.check(document, replace(facts, **changed))
    assert len(checked) == 2


def test_a_shipment_that_moved_has_its_new_place():
    document = samples.base("ace")
    document["shipments"][0]["shipmentControlNumber"] = "AAAA"
    sound = samples.base("ace")["shipments"][0]
    checker = Checker()
    facts = samples.facts()
    checker.check(document, facts)
    moved = insert(document, "/shipments/0", sound)
    assert [issue.path for issue in checker.check(moved, facts).issues] == ["/shipments/1/shipmentControlNumber"]


def test_a_reason_passes_one_stop_at_one_place():
    given = {"control_numbers": {"AAAA754321": ["2026-01-01", ""]}, "trip_numbers": {"AAAA123458": ["2026-01-01", ""]}}
    document = samples.base("ace")
    overrides = ["/tripNumber|C02", "/shipments/0/shipmentControlNumber|C03", "/shipments/1/shipmentControlNumber|C03"]
    document["shipments"] *= 3
    issues = check(document, samples.facts(given | {"overrides": overrides})).issues
    found = [issue for issue in issues if issue.code != "A21"]
    assert [(issue.path, issue.severity) for issue in found] == [
        ("/tripNumber", Severity.ERROR),
        ("/shipments/2/shipmentControlNumber", Severity.ERROR),
        ("/shipments/0/shipmentControlNumber", Severity.WARNING),
        ("/shipments/1/shipmentControlNumber", Severity.WARNING),
    ]


def test_a_result_says_whether_it_may_be_sent():
    assert check(samples.base("ace"), samples.facts()).is_ready
    document = samples.base("ace") | {"tripNumber": "AAAA"}
    result = check(document, samples.facts())
    assert not result.is_ready
    assert isinstance(result.issues[0], Issue)
