"""One question or one message over HTTP, and what came of it; the only place that loads the HTTP library.

Each request has a connection of its own: the library repeats no request behind our back, what fails before the
connection stands was certainly not written, and a line that died between two questions is not mistaken for a live one.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from desktop import __version__
from desktop.clock import Clock
from desktop.connection.trouble import LONGEST_PAUSE_S, LinkError, UnreachedError, of_opening, of_proxy_status
from desktop.connection.websocket import Key
from desktop.delivery.backoff import Trouble

OPEN_S: Final = 10.0
READ_S: Final = 10.0
ANSWER_S: Final = 18.0
"""How long the gateway may take to answer what was sent to it: with the longest pause between questions below 30 s."""

TOTAL_S: Final = 60.0
LARGEST: Final = 16 * 1024 * 1024
"""The largest answer taken, in bytes: as much as one message over the socket may have."""

_SOCKETS: Final = "/api/sockets/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        body: what was read of it, byte for byte.
        retry_after_s: how long the gateway wants to be left alone; None where it does not say.
        broken: why `body` is not the whole; None where it is.
    """

    status: int
    body: bytes
    content_type: str = ""
    retry_after_s: float | None = None
    broken: LinkError | None = None


def twin(address: str, verb: str) -> str:
    """Return the HTTP address for `send` or `receive` that belongs to a socket's address (protocol 1).

    Raises:
        LinkError: the address has no `/api/sockets/` before its suffix.
    """
    parts = urlsplit(address)
    before, found, suffix = parts.path.rpartition(_SOCKETS)
    if not found or not suffix or "/" in suffix:
        raise LinkError(Trouble.ADDRESS, "address_http")
    scheme = "https" if parts.scheme == "wss" else "http"
    return urlunsplit((scheme, parts.netloc, f"{before}/api/{verb}/{suffix}", "", ""))


class HttpExchange:
    """Asks one gateway, and sends to it. Redirects are never followed: the key goes to the configured host alone."""

    def __init__(
        self, address: str, *, context: ssl.SSLContext | None, proxy: str | None, clock: Clock, largest: int = LARGEST
    ) -> None:
        """Make it; nothing is opened yet.

        Args:
            address: the socket's address, as checked.
            context: for TLS; None for plain loopback.
            proxy: address of the proxy; None goes straight.
            clock: the time, for a rest that ends at a date.
            largest: bytes an answer may have.

        Raises:
            LinkError: the address has no HTTP twin.
        """
        self._receive_at = twin(address, "receive")
        self._send_at = twin(address, "send")
        self._context = context
        self._proxy = proxy
        self._clock = clock
        self._largest = largest
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True, limit=2),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            headers={"User-Agent": f"eManifest-Desk/{__version__}", "Accept-Encoding": "identity"},
        )

    async def receive(self, key: Key) -> Answer:
        """Take what waits; the gateway forgets it by that.

        Raises:
            LinkError: no answer came.
        """
        return await self._ask("GET", self._receive_at, key, None, READ_S)

    async def send(self, key: Key, payload: bytes) -> Answer:
        """Send one message.

        Raises:
            UnreachedError: no byte of it went out.
            LinkError: nobody knows whether it arrived.
        """
        return await self._ask("POST", self._send_at, key, payload, ANSWER_S)

    async def close(self) -> None:
        """End everything that is under way."""
        await self._session.close()

    async def _ask(self, method: str, address: str, key: Key, payload: bytes | None, read_s: float) -> Answer:
        secret = key.reveal()
        if not (secret.isascii() and secret.isprintable()):
            raise UnreachedError(Trouble.KEY_REFUSED, "key_refused")  # it fits in no header
        headers = {"Api-Key": secret} | ({} if payload is None else {"Content-Type": "application/json"})
        try:
            async with self._session.request(
                method,
                address,
                data=payload,
                headers=headers,
                ssl=True if self._context is None else self._context,
                proxy=self._proxy,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=TOTAL_S, connect=OPEN_S, sock_connect=OPEN_S, sock_read=read_s),
            ) as response:
                body, broken = await self._body(response)
                return Answer(
                    response.status,
                    body,
                    response.headers.get("Content-Type", ""),
                    self._rest(response.headers.get("Retry-After", "")),
                    broken,
                )
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise _meaning(error) from None  # the library's errors carry the request, and with it the key

    async def _body(self, response: aiohttp.ClientResponse) -> tuple[bytes, LinkError | None]:
        """Return the body and why it is not whole: what came of it is gone at the gateway, so it is kept."""
        body = bytearray()
        try:
            async for part in response.content.iter_any():
                body += part
                if len(body) > self._largest:
                    response.close()
                    return bytes(body), LinkError(Trouble.TOO_BIG, "too_big")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return bytes(body), _after(error)
        return bytes(body), None

    def _rest(self, said: str) -> float | None:
        """Return the seconds of a `Retry-After`, which are a number or a date (RFC 9110, 10.2.3)."""
        if said.isascii() and said.isdigit():
            return min(float(said[:9]), LONGEST_PAUSE_S)
        try:
            until = parsedate_to_datetime(said)
        except (ValueError, OverflowError):  # of an offset of many digits
            return None
        if until.tzinfo is None:
            return None
        return min(max(0.0, (until - self._clock.now()).total_seconds()), LONGEST_PAUSE_S)


def _meaning(error: Exception) -> LinkError:
    """Return what an error of the library means, and whether anything had gone out by then."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _unreached(of_opening(error.certificate_error))
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return _unreached(of_proxy_status(error.status))
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return UnreachedError(Trouble.NETWORK, "proxy")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _unreached(of_opening(error.os_error))
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return UnreachedError(Trouble.TIMEOUT, "timeout")
    if isinstance(error, aiohttp.InvalidURL):
        return UnreachedError(Trouble.ADDRESS, "address")
    return _after(error)


def _unreached(failure: LinkError) -> UnreachedError:
    return UnreachedError(failure.trouble, failure.detail)


def _after(error: Exception) -> LinkError:
    """Return what an error means that came when bytes may have gone out."""
    if isinstance(error, TimeoutError):
        return LinkError(Trouble.TIMEOUT, "timeout")
    if isinstance(error, aiohttp.ClientResponseError):
        return LinkError(Trouble.NETWORK, "no_twin")
    return LinkError(Trouble.CLOSED, "closed")
