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
    stays_in_tray: bool = Field(
        default=True, description="a closed window leaves the program listening beside the clock"
    )
    starts_with_system: bool = Field(default=False, description="start in the tray when the user signs in")


class Printing(_Branch):
    """Sheets."""

    paper: Paper = Field(default=Paper.LETTER, description="paper of sheets and labels")
    has_driver_name: bool = Field(
        default=True, description="the driver's name stands on his sheet; nothing else of him does"
    )


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
