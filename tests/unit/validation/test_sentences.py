"""Words: where a path leads, and what an issue says. `>` in the tables stands for the program's own arrow."""

import json
import re

import pytest
from unit.validation import samples

from desktop import assets, texts
from desktop.domain.lifecycle import Regime
from desktop.validation import Issue, Severity, check, place, sentence

C0 = "/shipments/0/commodities/0"


def told(document, path, *regime):
    return place(document, path, *regime).replace(texts.text("places.separator"), " > ")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "The message"),
        ("/tripNumber", "Trip number"),
        ("/estimatedArrivalDateTime", "ETA"),
        ("/truck", "Truck T1"),
        ("/truck/vinNumber", "Truck T1 > VIN"),
        ("/truck/licensePlates/0/number", "Truck T1 > Plate 1 > Plate"),
        ("/truck/sealNumbers/0", "Truck T1 > Seal 1"),
        ("/trailers/0/type", "Trailer R1 > Trailer type"),
        ("/trailers/4/type", "Trailer 5 > Trailer type"),
        ("/trailers", "Trailers"),
        ("/drivers/0/travelDocuments/1/number", "Driver 1 > Document 2 > Document number"),
        ("/shipments/0/shipper/address/city", "Shipment AAAA754321 > Shipper > Address > City"),
        (f"{C0}/weight", "Shipment AAAA754321 > Commodity 1 > Weight"),
        (f"{C0}/loadedOn/number", "Shipment AAAA754321 > Commodity 1 > Loaded on > Unit number"),
        ("/shipments/7/type", "Shipment 8 > Shipment type"),
        ("/shipments/12345678901/type", "Shipment 12345678901 > Shipment type"),
        ("/truck/colour", "Truck T1 > colour"),
        ("/odd/0/thing", "odd > 0 > thing"),
        ("/0", "0"),
        ("/truck/number/deep/5", "Truck T1 > Unit number > deep > 5"),
    ],
)
def test_places_in_words(path, words):
    assert told(samples.base("ace"), path, Regime.ACE) == words


def test_a_city_is_named_once():
    assert told({"data": "ACI_TRIP"}, "/shipments/0/cityOfLoading/cityName") == "Shipment 1 > City of loading"


def test_places_of_other_documents():
    assert told(samples.base("aci"), "/shipments/0/cargoControlNumber") == "Shipment 1234PARS342133 > CCN (PARS number)"
    assert told(samples.base("aci"), "/truck/licensePlate/number") == "Truck T1 > Plate"
    assert told({"data": "ACE_TRIP", "truck": {}}, "/truck/type") == "Truck > Truck type"
    shipment = samples.base("ace")["shipments"][0]
    assert told(shipment, "/commodities/0/weight") == "Commodity 1 > Weight"
    assert told(None, "/data") == "Message type"
    assert told({"containers": [{"number": "SAMP1"}], "data": "ACI_TRIP"}, "/containers/0/number") == (
        "Container SAMP1 > Container number"
    )


def test_people_are_named_by_position_only():
    assert "Driver One" not in place(samples.base("ace"), "/drivers/0/lastName")


def test_an_issue_says_its_own_words_or_those_all_limits_share():
    assert sentence(Issue("", "C12", Severity.WARNING, "US")) == "Not a ZIP. Type 5 digits, or 5 and 4"
    assert sentence(Issue("", "C11", Severity.ERROR, "too_long", {"length": 61, "maximum": 60})) == (
        "61 characters; at most 60"
    )
    assert Issue("", "C11", Severity.ERROR, "too_long").text_key == "rules.shape.too_long"
    assert Issue("", "C05", Severity.WARNING).text_key == "rules.C05"


def test_sentences_are_short_and_calm():
    rules = json.loads(assets.read_text("i18n/en/rules.json"))
    each = [
        (key, one) for key, found in rules.items() for one in (found.values() if isinstance(found, dict) else [found])
    ]
    for key, pattern in each:
        assert len(re.sub(r"\{\w+\}", "xxxx", pattern)) <= 70, key
        assert "!" not in pattern
        assert not re.search(r"\b(error|invalid|illegal)\b", pattern, re.IGNORECASE), key
        assert not pattern.endswith("."), key


def test_foreign_text_is_shown_short_and_plain():
    document = samples.base("ace")
    document["usPortOfArrival"] = "38\ud800\u202e1"
    document["shipments"][0]["type"] = "\x1b[31mHELLO\n"
    document["trailers"][0]["number"] = "\ud800" * 3
    result = check(document, samples.facts())
    for issue in result.issues:
        for words in (sentence(issue), place(document, issue.path)):
            assert words.isprintable()
            assert words.encode("utf-8")


def test_long_foreign_text_is_cut():
    document = samples.base("ace")
    document["shipments"][0]["type"] = "HELLOHELLOHELLO"
    document["shipments"][0]["shipmentControlNumber"] = "A" * 10_000
    assert len(place(document, "/shipments/0/type")) < 80


@pytest.mark.parametrize(
    ("code", "variant", "params", "words"),
    [
        ("shape", "too_long", {"length": 12, "maximum": 10}, "12 characters; at most 10"),
        ("shape", "too_short", {"length": 1, "minimum": 4}, "1 character; at least 4"),
        ("C09", "length", {"number": 1}, "1 character; a VIN has 17"),
    ],
)
def test_one_is_one(code, variant, params, words):
    assert sentence(Issue("/x", code, Severity.ERROR, variant, params)) == words
