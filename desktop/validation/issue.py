"""What a check has to say: one issue about one place in a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop import texts


class Severity(StrEnum):
    """How serious an issue is: error = stop, warning = ask, hint = advice (domain reference 1)."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing found in a document.

    Attributes:
        path: JSON Pointer into the document as read.
        code: rule id (`A20`), or a shape code (`shape.type`).
        severity: what it means for sending.
        variant: which of the rule's sentences applies; the text key is `rules.CODE` or `rules.CODE.VARIANT`.
        params: the values that sentence names. Never a secret field's value.
        mend: value that would mend it, offered and never applied by itself; None where there is none.
    """

    path: str
    code: str
    severity: Severity
    variant: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    mend: object | None = None

    @property
    def text_key(self) -> str:
        """Key of the sentence in the text catalogue: the rule's own words, or those all limits share (`shape`)."""
        own = f"rules.{self.code}.{self.variant}" if self.variant else f"rules.{self.code}"
        return own if not self.variant or texts.has(own) else f"rules.shape.{self.variant}"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check.

    Attributes:
        issues: what was found, errors first, then by place in the document.
        not_judged: ids of rules that were left out because the facts they need were not given.
    """

    issues: tuple[Issue, ...]
    not_judged: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops sending."""
        return not any(issue.severity is Severity.ERROR for issue in self.issues)
