"""What one connection to the gateway does: events in, lists of actions out; no socket and no clock (protocol 1).

The key itself never passes through here: `SendKey` asks the shell to write it. Every frame is handed on, the
handshake's too, because a socket may bring waiting customs messages before anything else (reliability 6.13).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.documents import JSON
from desktop.protocol.incoming import decode
from desktop.protocol.kinds import API_RESPONSE, kind_of, text_at

KEY_ANSWER_LIMIT_S: Final = 10.0
"""Seconds the gateway has to answer the key, counted from the opening (protocol 1: the key is due in 10 s)."""

KEY_REFUSALS: Final = frozenset(
    {
        "ACCESS_DENIED_ERROR",
        "MISSING_API_KEY",
        "INVALID_API_KEY",
        "EXPIRED_API_KEY",
        "API_KEY_URL_MISMATCH",
    }
)
"""Statuses that refuse the key itself (reliability 1)."""

_POLICY_VIOLATION: Final = 1008
_NORMAL: Final = 1000
_TOO_BIG: Final = 1009


class State(StrEnum):
    """How far this connection got."""

    NEW = "new"
    KEY_SENT = "key_sent"
    CONNECTED = "connected"
    OVER = "over"


class Why(StrEnum):
    """Why a connection ended."""

    KEY_REFUSED = "key_refused"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"
    TOO_BIG = "too_big"


@dataclass(frozen=True, slots=True)
class SendKey:
    """Write the key frame now: the shell reveals the key for this one frame."""


@dataclass(frozen=True, slots=True)
class SendFrame:
    """Write this message as one unfragmented text frame."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class NotSent:
    """The message was not written, because this connection is not ready for messages."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Store this frame, whatever it is."""

    frame: bytes


@dataclass(frozen=True, slots=True)
class Connected:
    """The gateway took the key: messages may go out."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connection."""

    code: int = _NORMAL


@dataclass(frozen=True, slots=True)
class Fail:
    """The connection is over. `is_final`: not to be tried again until the user changes something."""

    why: Why
    is_final: bool
    code: int = 0


Action = SendKey | SendFrame | NotSent | Deliver | Connected | Close | Fail


def is_handshake(value: JSON) -> bool:
    """Tell whether a message is the gateway's "Connected" after the key, which is no news for the inbox."""
    return _is_key_answer(value, "OK") and isinstance(value, dict) and text_at(value, "message").lower() == "connected"


def refuses_key(value: JSON) -> bool:
    """Tell whether a message refuses the key, and not some upload."""
    return any(_is_key_answer(value, status) for status in KEY_REFUSALS)


def _may_speak_of_key(data: bytes) -> bool:
    """Tell whether a frame is worth reading for a word about the key: most are not, and reading each one takes time."""
    return API_RESPONSE.encode() in data or b"\\u" in data or b"apiResponse" in data


def _is_key_answer(value: JSON, status: str) -> bool:
    if kind_of(value) != API_RESPONSE or not isinstance(value, dict):
        return False
    speaks_of_a_message = any(name in value for name in ("sendId", "tripNumber", "tripNumbers", "errors"))
    return text_at(value, "status") == status and not speaks_of_a_message


class Session:
    """One connection from its opening to its end.

    Attributes:
        state: how far it got.
        deadline: monotonic second at which `tick` must be called; None where nothing is due.
    """

    def __init__(self, key_answer_limit_s: float = KEY_ANSWER_LIMIT_S) -> None:
        self.state = State.NEW
        self.deadline: float | None = None
        self._limit_s = key_answer_limit_s

    def opened(self, now: float) -> list[Action]:
        """The socket is open (`now` in monotonic seconds): the key goes first."""
        self.state = State.KEY_SENT
        self.deadline = now + self._limit_s
        return [SendKey()]

    def frame(self, data: bytes, now: float) -> list[Action]:
        """A frame came; it is handed on first of all."""
        actions: list[Action] = [Deliver(data)]
        if self.state not in {State.KEY_SENT, State.CONNECTED}:
            return actions
        if self.state is State.CONNECTED and not _may_speak_of_key(data):
            return actions
        value = decode(data).value
        if refuses_key(value):
            self._over()
            return [*actions, Close(), Fail(Why.KEY_REFUSED, is_final=True)]
        if self.state is State.KEY_SENT and _is_key_answer(value, "OK"):
            self.state = State.CONNECTED
            self.deadline = None
            return [*actions, Connected()]
        return [*actions, *self.tick(now)]

    def send(self, payload: bytes, now: float) -> list[Action]:  # noqa: ARG002 - every event has its time
        """Somebody wants this message out."""
        return [SendFrame(payload)] if self.state is State.CONNECTED else [NotSent()]

    def tick(self, now: float) -> list[Action]:
        """Time has passed."""
        if self.deadline is None or now < self.deadline:
            return []
        self._over()
        return [Close(), Fail(Why.NO_ANSWER, is_final=False)]

    def closed(self, code: int, now: float) -> list[Action]:  # noqa: ARG002 - every event has its time
        """The socket is closed with this code (1006 where the peer just went)."""
        was = self.state
        if was is State.OVER:
            return []
        self._over()
        if was is State.KEY_SENT and code == _POLICY_VIOLATION:
            return [Fail(Why.KEY_REFUSED, is_final=True, code=code)]
        return [Fail(Why.TOO_BIG if code == _TOO_BIG else Why.CLOSED, is_final=False, code=code)]

    def _over(self) -> None:
        self.state = State.OVER
        self.deadline = None
