"""A secret that shows itself only when asked by name."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, NoReturn

_SHOWN = "<secret>"


class Secret:
    """Holds a key; text, format, log, JSON, pickle and copies never hold it in the open (reliability 6.2).

    `reveal` is called where the key goes to the keystore and where it goes on the wire, and nowhere else.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """Return the secret itself."""
        return self.__value

    def mark(self, salt: bytes) -> str:
        """Return 32 hex digits that are the same for the same secret and salt, and give neither away."""
        return hmac.new(salt, _bytes(self.__value), hashlib.sha256).hexdigest()[:32]

    def __repr__(self) -> str:
        return _SHOWN

    def __str__(self) -> str:
        return _SHOWN

    def __format__(self, specification: str) -> str:
        return _SHOWN

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self.__value), _bytes(other.reveal()))

    def __hash__(self) -> int:
        return hash(self.__value)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is not pickled")


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
