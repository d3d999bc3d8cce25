"""Checks the messages of a file, in the shape the command line promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.domain.documents import JSON, is_object
from desktop.services.files import read_messages
from desktop.validation import check, sentence
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue


def facts_without_company(now: datetime | None = None) -> Facts:
    """Return the facts for a check that knows no company: the time alone."""
    from desktop.clock import SystemClock

    return Facts(now=SystemClock().now() if now is None else now)


def check_file(name: str, facts: Facts) -> list[dict[str, Any]]:
    """Return `{"data","ready","issues","not_judged"}` for each message in the file called `name`.

    Raises:
        DesktopError: the file cannot be read.
    """
    return [check_message(message, facts) for message in read_messages(name)]


def check_message(message: JSON, facts: Facts) -> dict[str, Any]:
    """Return the check of one message as plain values."""
    if facts.company is None and facts.history is not None:
        facts = replace(facts, history=None)
    result = check(message, facts)
    data = message.get("data") if is_object(message) else None
    return {
        "data": data if isinstance(data, str) else None,
        "ready": result.is_ready,
        "issues": [issue_value(issue) for issue in result.issues],
        "not_judged": list(result.not_judged),
    }


def issue_value(issue: Issue) -> dict[str, Any]:
    """Return one issue as the command line prints it."""
    value: dict[str, Any] = {
        "path": issue.path,
        "code": issue.code,
        "severity": issue.severity.value,
        "text": sentence(issue),
    }
    if issue.mend is not None:
        value["mend"] = issue.mend
    return value
