"""Checks: what customs would refuse, said before they do."""

from desktop.validation.checker import Checker, check
from desktop.validation.facts import CompanyFacts, Facts, HistoryFacts, LibraryFacts, UsedNumber
from desktop.validation.issue import CheckResult, Issue, Severity
from desktop.validation.registry import NOT_IN_DOCUMENTS, RULES
from desktop.validation.rule import Rule, Scope
from desktop.validation.sentences import place, sentence

__all__ = [
    "NOT_IN_DOCUMENTS",
    "RULES",
    "CheckResult",
    "Checker",
    "CompanyFacts",
    "Facts",
    "HistoryFacts",
    "Issue",
    "LibraryFacts",
    "Rule",
    "Scope",
    "Severity",
    "UsedNumber",
    "check",
    "place",
    "sentence",
]
