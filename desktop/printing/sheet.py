"""What every sheet carries: whose it is, what must be read on it first, when and of which version it was printed.

There is no place here for a passport, licence, FAST number or birth date, so no sheet can show one (domain 7.3, 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from desktop.domain.lifecycle import Regime
from desktop.printing.bars import Symbology


class SheetKind(StrEnum):
    """What can be printed."""

    SUMMARY = "summary"
    ACE_COVER = "ace-cover"
    ACI_LEAD = "aci-lead"
    SHIPMENT_LIST = "shipment-list"
    LABELS = "labels"
    CONTINGENCY = "contingency"
    EVIDENCE = "evidence"

    @property
    def name_key(self) -> str:
        """Key of what people call it."""
        return f"sheet.kind_{self.name.lower()}"

    def serves(self, regime: Regime) -> bool:
        """Tell whether there is such a sheet for a regime: covers are for CBP, lead sheets for CBSA."""
        only = {SheetKind.ACE_COVER: Regime.ACE, SheetKind.ACI_LEAD: Regime.ACI}
        return only.get(self, regime) is regime


class SheetState(StrEnum):
    """Whether customs has the trip on file; until then every page says DRAFT, and VOID once it was cancelled."""

    DRAFT = "draft"
    ON_FILE = "on_file"
    VOID = "void"


class Paper(StrEnum):
    """Size of the sheet."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to phone: who that is to the driver, the name, the number."""

    label: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Look:
    """How the carrier wants its sheets.

    Attributes:
        logo: the bytes of a picture file; empty for none. It is drawn in black alone, and left out where unreadable.
        foot: a line of the carrier's own at the foot of each page.
    """

    logo: bytes = field(default=b"", repr=False)
    foot: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The part all sheets share; `ui.paper` prints any of them.

    Attributes:
        regime: whose officer reads it.
        trip_number: as transmitted; empty while it is not typed, or where the sheet is of no trip.
        company: name of the carrier; `codes` is its code with what kind of code it is, "SCAC AAAA".
        marks: what must be read on every page first: DRAFT, PRACTICE.
        printed_at: date and time of printing with zone; `version` is that of the trip document.
        language: of the words on it: `en` or `fr`.
    """

    kind: ClassVar[SheetKind]

    regime: Regime
    trip_number: str
    company: str
    codes: str = ""
    marks: tuple[str, ...] = ()
    printed_at: str
    version: int
    language: str = "en"
    look: Look = PLAIN

    @property
    def symbology(self) -> Symbology:
        """CBP reads Code 39, CBSA Code 128 (domain 6)."""
        return Symbology.CODE_39 if self.regime is Regime.ACE else Symbology.CODE_128

    @property
    def page_points(self) -> tuple[float, float] | None:
        """Width and height of a page in points where the sheet itself decides them; None follows the paper chosen."""
        return None
