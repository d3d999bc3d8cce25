"""Every rule of the domain reference, by the tables in golden/rules."""

import json
from dataclasses import replace

import pytest
from unit.validation import samples

from desktop import assets
from desktop.domain.fields import FIELDS
from desktop.domain.lifecycle import Regime
from desktop.validation import NOT_IN_DOCUMENTS, RULES, Facts, check, sentence
from desktop.validation.rule import Scope

CASES = list(samples.cases())
FAILING = [(rule, case) for rule, case in CASES if "expect" in case]
ROW_NAMES = {field.name for field in FIELDS}
PASSING = [(rule, case) for rule, case in CASES if "expect" not in case]

REFERENCE = {
    *(f"C{number:02}" for number in range(1, 23)),
    *("T01", "T02", "T03", "P01"),
    *(f"A{number:02}" for number in range(1, 11)),
    *(f"A{number}" for number in range(20, 34)),
    *(f"A{number}" for number in range(40, 49)),
    *(f"I{number:02}" for number in range(1, 12)),
    *(f"I{number}" for number in range(20, 34)),
    "K01",
}


def name(value):
    return value if isinstance(value, str) else f"{value['base']}: {value['case']}"


def said(rule, case):
    result = check(samples.patched(case), samples.facts(case.get("facts")))
    return [issue for issue in result.issues if issue.code == rule]


@pytest.mark.parametrize(("rule", "case"), FAILING, ids=name)
def test_a_rule_speaks_up_where_its_table_says_so(rule, case):
    expected = case["expect"]
    matching = [issue for issue in said(rule, case) if issue.path == expected["path"]]
    assert matching, said(rule, case)
    issue = matching[0]
    assert issue.severity == expected["severity"]
    assert issue.variant == expected.get("variant", issue.variant)
    if "mend" in expected:
        assert issue.mend == expected["mend"]
    assert sentence(issue)


@pytest.mark.parametrize(("rule", "case"), PASSING, ids=name)
def test_a_rule_is_silent_where_its_table_says_so(rule, case):
    assert said(rule, case) == []


@pytest.mark.parametrize(("rule", "case"), FAILING, ids=name)
def test_a_failing_example_depends_on_its_rule(rule, case, monkeypatch):
    """Without the rule's function the example is no longer found, so the example does test the rule."""
    monkeypatch.setitem(RULES, rule, replace(RULES[rule], function=lambda *_: ()))
    assert said(rule, case) == []


@pytest.mark.parametrize("regime", ["ace", "aci"])
def test_the_base_trips_are_sound(regime):
    """Nothing at all is said about them, so every issue in a case comes from its patch."""
    result = check(samples.base(regime), samples.facts())
    assert result.issues == ()
    assert result.not_judged == ()


@pytest.mark.parametrize(("rule", "case"), CASES, ids=name)
def test_an_example_sets_off_no_other_rule_than_it_says(rule, case):
    """`also` names the neighbours that rightly speak up as well; nothing else may."""
    result = check(samples.patched(case), samples.facts(case.get("facts")))
    assert {issue.code for issue in result.issues} - {rule} == set(case.get("also", ()))


def test_every_rule_of_the_reference_is_judged_or_named():
    assert set(RULES) | set(NOT_IN_DOCUMENTS) == REFERENCE
    assert not set(RULES) & set(NOT_IN_DOCUMENTS)
    assert all(reason for reason in NOT_IN_DOCUMENTS.values())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_both_kinds_of_example(rule):
    assert rule in {found for found, _ in FAILING}
    assert rule in {found for found, _ in PASSING}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_names_its_source_and_rows_that_exist(rule):
    entry = RULES[rule]
    assert entry.id == rule
    assert entry.source.startswith("domain ")
    assert entry.owns <= set(entry.fields)
    assert bool(entry.fields) == (entry.scope is Scope.FIELD)
    assert not entry.fields or set(entry.fields) <= ROW_NAMES


def test_no_row_has_two_owners():
    for regime in Regime:
        owned = [name for rule in RULES.values() if rule.is_for(regime) for name in rule.owns]
        assert len(owned) == len(set(owned)), regime


def test_rules_whose_facts_are_missing_are_named():
    assert check(samples.base("ace"), Facts()).not_judged == ("A01", "C02", "C03", "C04", "C21", "C22")
    assert check(samples.base("aci"), Facts()).not_judged == ("C02", "C03", "C04", "C21", "C22", "I05", "I22")


def test_a_lone_shipment_is_judged_by_the_rules_that_concern_it():
    shipment = samples.base("ace")["shipments"][0]
    result = check(shipment, Facts())
    assert result.issues == ()
    assert result.not_judged == ("C03",)
    shipment["shipmentControlNumber"] = "AAAA12"
    shipment["consignee"]["address"]["postalCode"] = "4820"
    found = {(issue.code, issue.path) for issue in check(shipment).issues}
    assert found == {("A20", "/shipmentControlNumber"), ("C12", "/consignee/address/postalCode")}


def test_every_sentence_of_a_rule_is_shown_by_an_example():
    shown = {
        issue.text_key
        for _, case in FAILING
        for issue in check(samples.patched(case), samples.facts(case.get("facts"))).issues
    }
    words = {f"rules.{key}" for key in json.loads(assets.read_text("i18n/en/rules.json"))}
    assert {key for key in words - shown if not key.startswith(("rules.shape.", "rules.message."))} == set()


def test_tables_are_strict_json():
    for table in samples.TABLES:
        assert json.loads((samples.GOLDEN / "rules" / f"{table}.json").read_text(encoding="utf-8"))
