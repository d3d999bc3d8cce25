"""Names what went wrong with a connection, so that one pure function can decide on another try."""

from __future__ import annotations

import ssl
from typing import Final

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
    ProxyError,
)

from desktop.delivery.backoff import Trouble
from desktop.errors import NoConnection
from desktop.protocol.session import Fail, Why


class LinkError(NoConnection):
    """A connection failed.

    Attributes:
        trouble: what kind of failure it is.
        detail: key below `link.` of the sentence that says so.
        pause_s: seconds the gateway wants to be left alone; 0 where it did not say.
    """

    def __init__(self, trouble: Trouble, detail: str, *, pause_s: float = 0.0) -> None:
        super().__init__(f"link.{detail}")
        self.trouble = trouble
        self.detail = detail
        self.pause_s = pause_s


class UnreachedError(LinkError):
    """No byte of the request went out: no connection stood."""


GONE: Final = (ConnectionClosed, AttributeError)
"""What the library raises where a connection is gone.

The second comes out of `transport.abort()`: asyncio forgets its loop once a closing transport has written its last
bytes, and then fails to abort it. To go when the library no longer aborts such a transport.
"""

_EXPIRED: Final = 10
_NOT_YET: Final = 9
_WRONG_HOST: Final = frozenset({62, 64})
_UNKNOWN_CA: Final = frozenset({2, 18, 19, 20, 21, 27})
_UNAUTHORIZED: Final = frozenset({401, 403})
_NOT_FOUND: Final = frozenset({404, 410})
_GOOD: Final = range(200, 300)  # a page where an upgrade was asked for
_PROXY_KEY: Final = 407
LONGEST_PAUSE_S: Final = 600.0
"""Longer than this nobody is waited for, whatever the gateway asks."""

_REDIRECTS: Final = range(300, 400)
_ABNORMAL: Final = 1006

_WHYS: Final = {
    Why.KEY_REFUSED: Trouble.KEY_REFUSED,
    Why.NO_ANSWER: Trouble.NO_ANSWER,
    Why.CLOSED: Trouble.CLOSED,
    Why.TOO_BIG: Trouble.TOO_BIG,
}


def of_session(failure: Fail) -> LinkError:
    """Return the trouble a session ended with."""
    trouble = _WHYS[failure.why]
    return LinkError(trouble, trouble.value)


def of_opening(error: Exception) -> LinkError:
    """Return what an error of the opening handshake means.

    TLS comes first: a refused certificate is an OSError too, and must never be retried as a network fault.
    """
    if isinstance(error, LinkError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return LinkError(Trouble.TLS, _certificate(error.verify_code))
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return LinkError(Trouble.TLS, "tls")
    if isinstance(error, TimeoutError):
        return LinkError(Trouble.TIMEOUT, "timeout")
    if isinstance(error, InvalidStatus):
        return _status(error.response.status_code, error.response.headers.get("Retry-After", ""))
    if isinstance(error, InvalidURI | ValueError):
        return LinkError(Trouble.ADDRESS, "address")
    if isinstance(error, InvalidProxyStatus):
        return of_proxy_status(error.response.status_code)
    if isinstance(error, ProxyError):
        return LinkError(Trouble.NETWORK, "proxy")
    return LinkError(Trouble.NETWORK, "no_gateway" if isinstance(error, InvalidHandshake) else "network")


def _certificate(code: int) -> str:
    if code == _EXPIRED:
        return "tls_expired"
    if code == _NOT_YET:
        return "tls_not_yet"
    if code in _WRONG_HOST:
        return "tls_host"
    return "tls_unknown" if code in _UNKNOWN_CA else "tls"


def of_proxy_status(code: int) -> LinkError:
    """Return what a proxy means that did not open the way."""
    return LinkError(Trouble.NETWORK, "proxy_sign_in" if code == _PROXY_KEY else "proxy")


def _status(code: int, retry_after: str = "") -> LinkError:
    if code in _GOOD:
        return LinkError(Trouble.NETWORK, "web_page")
    if code in _UNAUTHORIZED:
        return LinkError(Trouble.KEY_REFUSED, "key_refused")
    if code in _REDIRECTS:
        return LinkError(Trouble.REDIRECT, "redirect")
    if code in _NOT_FOUND:
        return LinkError(Trouble.NOT_FOUND, "not_found")
    is_number = retry_after.isascii() and retry_after.isdigit()
    return LinkError(Trouble.BUSY, "busy", pause_s=min(float(retry_after[:9]), LONGEST_PAUSE_S) if is_number else 0.0)


def close_code(error: ConnectionClosed) -> int:
    """Return the code a connection ended with: the peer's, else our own, else 1006."""
    if error.sent is not None and not error.rcvd_then_sent:
        return int(error.sent.code)
    if error.rcvd is not None:
        return int(error.rcvd.code)
    return _ABNORMAL
