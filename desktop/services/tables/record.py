"""A record that is ready to be kept: packed, so that ten thousand of them are cheap to hold."""

from __future__ import annotations

from typing import NamedTuple

from desktop.domain.lifecycle import Regime


class Record(NamedTuple):
    """One record as it goes into the store.

    Attributes:
        document: the wire document as JSON text.
        local: facts that are not on the wire, as JSON text.
        key: what people call it by.
        title: the line it is listed by.
        subtitle: what else tells it from others.
        is_active: whether it is offered.
        regime: of a shipment.
        id: the one it changes; empty for a new one.
        version: of the one it changes, as it was read.
    """

    document: str
    local: str = "{}"
    key: str = ""
    title: str = ""
    subtitle: str = ""
    is_active: bool = True
    regime: Regime = Regime.ACE
    id: str = ""
    version: int = 0
