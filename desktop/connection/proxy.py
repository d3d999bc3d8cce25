"""Which proxy leads to a gateway: the system's, none, or one of the user's own (product, office proxy).

Names and passwords of a proxy are never kept by this program: an address that carries them is refused.
"""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from desktop.connection.address import is_loopback

NONE: Final = "none"
"""The user's word for: go straight."""


def for_socket(address: str, wish: str) -> str | Literal[True] | None:
    """Return what the WebSocket library understands: True is the system's proxy.

    Args:
        address: of the gateway; this computer itself is never reached by a proxy.
        wish: empty for the system's, `none`, or `http://host:port`.
    """
    if wish == NONE or is_loopback(address):
        return None
    return wish or True


def for_http(address: str, wish: str) -> str | None:
    """Return the proxy's address; may ask the system and so take a moment. Arguments as in `for_socket`."""
    found = for_socket(address, wish)
    return system_proxy(address) if found is True else found


def system_proxy(address: str) -> str | None:
    """Return the system's proxy for a gateway; None where it says to go straight, or names one that is not HTTP."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if proxy_bypass(f"{host}:{parts.port}" if parts.port else host):
        return None
    proxy = getproxies().get("https")
    if not proxy:
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    return proxy if urlsplit(proxy).scheme == "http" else None
