"""The reason codes CBSA wants with a change: which ones are offered, and what may be typed (protocol 7)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from desktop.delivery.planner import Reason
from desktop.domain import codes
from desktop.errors import UsageError
from desktop.services.sending_views import ReasonAsked

_LIST: Final = "amendment-reason-codes-aci"
_SHAPE: Final = re.compile(r"[0-9]{2}")

NOT_LADEN: Final = "50"
"""The whole shipment is not on this truck: it is taken off the trip."""


def asked(wanted: Collection[Reason], *, suggested: str = "") -> tuple[ReasonAsked, ...]:
    """Return the codes to choose from for each reason that is asked.

    Args:
        wanted: which reasons.
        suggested: the trip's reason that fits what is done, where that is known.
    """
    listed = codes.code_list(_LIST)
    return tuple(
        ReasonAsked(
            what=reason.value,
            codes=tuple((code.code, code.label) for code in listed.codes if listed.facts(code.code).get(reason.value)),
            suggested=suggested if reason is Reason.TRIP else "",
        )
        for reason in Reason
        if reason in wanted
    )


def checked(code: str) -> str:
    """Return a reason code as it goes out; one that the list does not have passes, for lists age.

    Raises:
        UsageError: it is not two digits.
    """
    plain = code.strip()
    if plain and not _SHAPE.fullmatch(plain):
        raise UsageError("send.reason_shape", code=code)
    return plain
