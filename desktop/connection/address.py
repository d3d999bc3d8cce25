"""Which addresses may be connected to, and by which way (reliability 6.5)."""

from __future__ import annotations

import ssl
from typing import Final
from urllib.parse import urlsplit

from desktop.connection.trouble import LinkError
from desktop.delivery.backoff import Trouble

LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
"""The only hosts plain `ws://` may go to, literally: a name could be made to mean another computer."""


def is_loopback(address: str) -> bool:
    """Tell whether an address is on this very computer, by its literal number."""
    return urlsplit(address).hostname in LOOPBACK


def checked(address: str) -> str:
    """Return the address of a gateway if it may be connected to.

    Raises:
        LinkError: `wss://` is missing, plain `ws://` leads beyond this computer, or it is no address at all.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise LinkError(Trouble.ADDRESS, "address") from error
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise LinkError(Trouble.ADDRESS, "address")
    if parts.scheme == "ws":
        if host not in LOOPBACK:
            raise LinkError(Trouble.ADDRESS, "address_plain")
    elif parts.scheme != "wss":
        raise LinkError(Trouble.ADDRESS, "address")
    return address


def tls(address: str, ca_file: str = "") -> ssl.SSLContext | None:
    """Return the TLS context for an address; None for plain loopback. Verification is never off.

    Args:
        address: as checked.
        ca_file: one more authority to trust, as a PEM file; empty for the system's alone.

    Raises:
        LinkError: the file cannot be read as certificates.
    """
    if urlsplit(address).scheme == "ws":
        return None
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:  # ssl's own errors are OSErrors
            raise LinkError(Trouble.TLS, "ca_file") from error
    return context
