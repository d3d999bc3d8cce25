"""French says everything that English says, with the same values, calmly, and as Canada sets it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from house.test_texts import Entry, catalogue, patterns, places
from house.tree import ROOT, files

NO_BREAK = "\u00a0"


@cache
def french() -> dict[str, Entry]:
    """Return every French text by its key."""
    found = {}
    for path in files("resources/i18n/fr", "*.json"):
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}.{name}"] = entry
    return found


def access_keys(pattern: str) -> int:
    """Return how many access keys a text has."""
    return len(re.findall(r"&(?=\w)", pattern))


def test_french_has_every_text_and_no_other() -> None:
    assert [key for key in catalogue() if key not in french()] == []
    assert [key for key in french() if key not in catalogue()] == []


def test_french_takes_the_values_english_takes() -> None:
    wrong = []
    for key, entry in french().items():
        english = catalogue().get(key, "")
        if places(entry) != places(english):
            wrong.append(key)
        elif isinstance(entry, dict) and isinstance(english, dict):
            wrong += [
                f"{key}#{form}" for form in entry if form not in english or places(entry[form]) != places(english[form])
            ]
    assert wrong == []


def test_french_has_an_access_key_where_english_has_one() -> None:
    assert [
        key
        for key, entry in french().items()
        if key in catalogue() and access_keys(patterns(entry)[0]) != access_keys(patterns(catalogue()[key])[0])
    ] == []


def test_french_is_set_as_in_canada() -> None:
    """A no-break space before a colon and inside quotation marks; none before other marks; no exclamation."""
    wrong = re.compile(r"\w :|« | »|\w[ \u00a0][;?!]|\w!|'")
    assert {
        key: entry for key, entry in french().items() if any(wrong.search(pattern) for pattern in patterns(entry))
    } == {}


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (r"\bnot sure\b|\bnot known whether\b|\bnobody knows\b", r"incertain|ne sait pas|sait si|\bnul ne\b"),
        (r"\bis not a release\b", r"pas une mainlevée"),
        (r"\bTreated as no news\b", r"pas pris pour une nouvelle"),
        (r"\bDo not send it again\b", r"Ne pas le renvoyer"),
        (r"\bAccepted is not cleared\b", r"Accepté n’est pas dédouané"),
        (r"\bnothing (?:was|is being|is) sent\b", r"[Rr]ien n(?:’|e)"),
    ],
)
def test_french_is_as_careful_as_english(english: str, said: str) -> None:
    """What is not known or not done stays so: the words the house has for it are in both."""
    found = [key for key, entry in catalogue().items() if re.search(english, patterns(entry)[-1], re.IGNORECASE)]
    assert found
    assert [key for key in found if not re.search(said, patterns(french().get(key, ""))[-1], re.IGNORECASE)] == []


def test_another_language_begins_with_an_empty_folder() -> None:
    assert not (ROOT / "resources" / "i18n" / "es-MX").exists()
