"""Every rule by its id in the domain reference, and those that no document can show."""

from __future__ import annotations

from typing import Final

from desktop.validation import (
    rules_ace,
    rules_aci,
    rules_common,
    rules_copy,
    rules_crew,
    rules_message,
    rules_party,
    rules_trip,
)
from desktop.validation.rule import Rule

RULES: Final[dict[str, Rule]] = {
    rule.id: rule
    for module in (rules_common, rules_party, rules_trip, rules_ace, rules_crew, rules_aci, rules_message, rules_copy)
    for rule in module.RULES
}
"""The rules that are judged."""

NOT_IN_DOCUMENTS: Final[dict[str, str]] = {
    "T01": "about the program's own clocks, not about a document",
    "A32": "hidden: the line release number goes with BRASS types, which A33 stops",
    "I21": "the label is paper; the sticker check of the editor compares it",
    "I26": "nobody can see in an address which paper it was copied from",
}
"""Rules of the reference that cannot be judged from a document, and why."""
