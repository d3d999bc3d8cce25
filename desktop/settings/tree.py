"""The settings: one tree, each value declared once with its default and meaning (house style 3.6.16)."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1


class Theme(StrEnum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"


class Language(StrEnum):
    """The language of the program; `SYSTEM` follows the computer where the program speaks its language."""

    SYSTEM = "system"
    ENGLISH = "en"
    FRENCH = "fr"


class Paper(StrEnum):
    """The paper of sheets."""

    LETTER = "letter"
    A4 = "a4"


class Crn(StrEnum):
    """What is bar-coded on the lead sheet for Canada; either will do (domain 7.2)."""

    BARS = "crn"
    BY_HAND = "ccns"


class _Branch(BaseModel):
    """Frozen; what a newer version wrote beside our values survives."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class Appearance(_Branch):
    """How the window looks."""

    theme: Theme = Field(default=Theme.SYSTEM, description="colours; the system's by default")
    language: Language = Field(default=Language.SYSTEM, description="language of window, messages and sheets")
    scale: float = Field(default=1.0, ge=0.75, le=3.0, description="size of everything, 1.0 as the system has it")


class Editing(_Branch):
    """How the keyboard behaves in forms."""

    enter_moves_on: bool = Field(default=False, description="Enter goes to the next field, as Tab does")


class Notifications(_Branch):
    """What is told outside the window."""

    is_on: bool = Field(
        default=True, description="tell what needs a person: hold, reject, key refused, deadline in danger"
    )
    has_good_news: bool = Field(default=True, description="tell releases and acceptances too, gathered")
    has_sound: bool = Field(default=False, description="what needs a person is also heard")
    stays_in_tray: bool = Field(
        default=True, description="a closed window leaves the program listening beside the clock"
    )


class Printing(_Branch):
    """Sheets."""

    paper: Paper = Field(default=Paper.LETTER, description="paper of sheets and labels")
    language: Language = Field(default=Language.SYSTEM, description="language of sheets; the program's by default")
    has_driver_name: bool = Field(
        default=True,
        description="the driver's name stands on his sheets; nothing else of him does. The ACE cover sheet keeps it",
    )
    logo: str = Field(default="", description="picture file, drawn in black at the head of sheets; empty for none")
    phone: str = Field(default="", description="a second number for the driver, as after hours; empty for none")
    foot: str = Field(default="", description="a line of the carrier's own at the foot of each page")
    has_cover_list: bool = Field(default=True, description="the ACE cover sheet lists the shipments, in small type")
    has_qr: bool = Field(
        default=False,
        description="ACE sheets have a QR code. CBP has told carriers its fields and lengths; which version and "
        "delimiter it reads, and how short state codes are filled up, is not public",
    )
    qr_version: str = Field(
        default="001", pattern=r"^[0-9A-Z]{1,3}$", description="what the QR code begins with, as CBP told you"
    )
    qr_delimiter: str = Field(
        default="/", pattern=r"^[ $%*+./:-]$", description="the character between the QR code's fields, as CBP told you"
    )
    lead_bars: Crn = Field(
        default=Crn.BARS, description="bar-coded on the ACI lead sheet: the trip number (CRN), or the cargo numbers"
    )
    label_stock: str = Field(default="thermal-4x2", description="the labels that are printed on")


class Connection(_Branch):
    """The link to the gateway."""

    is_wanted: bool = Field(default=True, description="connect by itself and keep listening; off works offline")


class Intake(_Branch):
    """What comes in by itself."""

    watched_folder: str = Field(
        default="", description="folder that dispatch software drops trips into, which become drafts; empty for none"
    )


class Window(_Branch):
    """Where the window stood; kept for the first paint."""

    company: str = Field(default="", description="id of the company last chosen; empty for all")
    geometry: str = Field(default="", description="the window's place and size, as the toolkit writes it")


class Settings(_Branch):
    """The whole tree.

    Attributes:
        version: of the form of the tree, for upgrades.
    """

    version: int = Field(default=VERSION, description="form of this file")
    appearance: Appearance = Field(default_factory=Appearance)
    editing: Editing = Field(default_factory=Editing)
    notifications: Notifications = Field(default_factory=Notifications)
    printing: Printing = Field(default_factory=Printing)
    connection: Connection = Field(default_factory=Connection)
    intake: Intake = Field(default_factory=Intake)
    window: Window = Field(default_factory=Window)
