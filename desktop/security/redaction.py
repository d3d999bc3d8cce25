"""Keeps secrets out of logs and reports: the second wall; the first is to log no payloads (reliability 6.3)."""

from __future__ import annotations

import base64
import json
import logging
import re
import traceback
import urllib.parse
from pathlib import Path

from desktop.errors import DesktopError
from desktop.security.secret import Secret

_REMOVED = "<secret>"
# The gateway's keys (reliability 6.11) and those of the practice service.
_KEYS = re.compile(r"\b[acAC]-\d+-[0-9a-fA-F]{16,}|\bpractice-[A-Za-z0-9_-]{4,}")
# Characters that would break a line, hide text or turn it round: controls, separators, direction marks.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_SHORTEST = 6  # a shorter "secret" would black out ordinary words


class Redactor:
    """Takes every key it has learned, in every usual disguise, and everything that looks like one, out of text."""

    def __init__(self) -> None:
        self._known: re.Pattern[str] | None = None
        self._forms: set[str] = set()

    def learn(self, secret: Secret) -> None:
        """Take this secret out of all text from now on."""
        value = secret.reveal()
        if len(value) < _SHORTEST:
            return
        raw = value.encode("utf-8", "surrogatepass")
        self._forms |= {
            value,
            json.dumps(value)[1:-1],
            urllib.parse.quote(raw),
            urllib.parse.quote(raw, safe=""),
            urllib.parse.quote_plus(raw),
            raw.hex(),
            raw.hex().upper(),
            base64.b64encode(raw).decode().rstrip("="),
            base64.urlsafe_b64encode(raw).decode().rstrip("="),
        }
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(form) for form in longest_first))

    def without_secrets(self, text: str) -> str:
        """Return text of any number of lines without secrets."""
        if self._known is not None:
            text = self._known.sub(_REMOVED, text)
        return _KEYS.sub(_REMOVED, text)

    def one_line(self, text: str) -> str:
        """Return text without secrets on one line, with characters that could forge or hide lines made visible."""
        return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), self.without_secrets(text))

    def report(self, text: str) -> str:
        """Return a text of several lines without secrets; each line after the first is marked as belonging to it."""
        return "\n    | ".join(self.one_line(line) for line in text.split("\n"))


def trace_of(error: BaseException) -> str:
    """Return what an error is and where it was raised; its words only where they are ours, since others quote data."""
    lines: list[str] = []
    seen: set[int] = set()
    part: BaseException | None = error
    while part is not None and id(part) not in seen:
        seen.add(id(part))
        lines += ["after:"] if lines else []
        name = f"{type(part).__module__}.{type(part).__qualname__}"
        lines.append(f"{name}: {part}" if isinstance(part, DesktopError) else name)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(part.__traceback__)
        ]
        if isinstance(part, BaseExceptionGroup):
            lines += [f"  with {type(one).__name__}" for one in part.exceptions]
        part = part.__cause__ or (None if part.__suppress_context__ else part.__context__)
    return "\n".join(lines)


class RedactingFilter(logging.Filter):
    """Cleans what a handler is about to write. It sits on the handler, so that no logger gets round it."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record in place, for this handler and those after it; let it through."""
        try:
            message = record.getMessage()
        except Exception as error:  # a badly made log call must not stop the work it tells of
            message = f"a log line could not be made: {type(error).__name__}"
        record.msg, record.args = self._redactor.one_line(message), None
        raised = record.exc_info[1] if record.exc_info else None
        trace = trace_of(raised) if raised is not None else record.exc_text
        if trace:
            record.exc_text = self._redactor.report(trace)  # a formatter takes this in place of the traceback itself
        if record.stack_info:
            record.stack_info = self._redactor.report(record.stack_info)
        return True
