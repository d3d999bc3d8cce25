"""Writes a sheet as an e-mail that the user's own mail program opens, unsent. Nothing is sent from here.

The e-mail is a file (RFC 5322) with the PDF in it; `X-Unsent: 1` makes the mail programs that know it open it for
writing. The PDF lies beside it, for those that do not. Both stand in a folder of the data folder that only the user can
read, and are taken away at a later start.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

from desktop.clock import Clock, new_id
from desktop.errors import EnvironmentFailure
from desktop.store import Store
from desktop.store.file import write_file
from desktop.texts import text

FOLDER = "mail"
KEPT_FOR = timedelta(days=2)
"""How long the files stay; a mail program may open a draft late, and reads it then."""

_LONGEST_ADDRESS = 254
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody in the library who has an e-mail address."""

    name: str
    address: str
    is_broker: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written.

    Attributes:
        trip: number of the trip; empty where it has none.
        sheet: what the sheet is called.
        version: of the trip.
        printed_at: when the sheet was made, in words.
        arrival: when the trip arrives, in words; empty where that is not known.
        marks: what stands on the sheet first, as DRAFT.
        pdf: the sheet.
        to: whom to write to; empty leaves it to the user.
    """

    trip: str
    sheet: str
    version: int
    printed_at: str
    arrival: str
    marks: tuple[str, ...]
    pdf: bytes = field(repr=False)
    to: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An e-mail that was written.

    Attributes:
        path: of the e-mail; the sheet lies beside it at `pdf`.
        mailto: the same without the sheet, as an address that a mail program opens.
    """

    path: Path
    pdf: Path
    mailto: str


@dataclass(frozen=True, slots=True)
class Note:
    """An e-mail without a sheet.

    Attributes:
        subject: its head, one line.
        body: its words.
        to: whom to write to; empty leaves it to the user.
        name: what the file is called.
    """

    subject: str
    body: str
    to: str = ""
    name: str = ""


class Mailing:
    """Writes e-mails into the data folder."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where they lie; it need not be there yet."""
        return self._store.folder / FOLDER

    async def recipients(self) -> list[Recipient]:
        """Return the partners who have an e-mail address, brokers first, then by name."""
        found: dict[str, Recipient] = {}
        for item in await self._store.library.items("partner"):
            address = clean_address(item.local.get("email"))
            roles = item.local.get("roles")
            name = item.document.get("name")
            if address:
                is_broker = isinstance(roles, list) and "broker" in roles
                found.setdefault(address.lower(), Recipient(name if isinstance(name, str) else "", address, is_broker))
        return sorted(found.values(), key=lambda one: (not one.is_broker, one.name.casefold(), one.address))

    async def draft(self, letter: Letter) -> Draft:
        """Write an e-mail and the sheet beside it.

        Raises:
            EnvironmentFailure: the folder or the disk does not take it.
        """
        moment = self._clock.now()
        folder = self.folder / new_id(moment)
        return await asyncio.to_thread(_write, folder, letter, moment)

    async def note(self, note: Note) -> Draft:
        """Write an e-mail without a sheet; `pdf` of what is returned is the e-mail itself.

        Raises:
            EnvironmentFailure: the folder or the disk does not take it.
        """
        moment = self._clock.now()
        path = self.folder / new_id(moment) / f"{safe_name(note.name)}.eml"
        await asyncio.to_thread(_keep, path, _note_eml(note, moment))
        return Draft(path, path, _address(note.to, note.subject, note.body))

    async def clear_old(self) -> int:
        """Take away e-mails of former days and return how many; what cannot be removed is left for another time."""
        before = (self._clock.now() - KEPT_FOR).timestamp()
        return await asyncio.to_thread(_clear, self.folder, before)


def clean_address(value: object) -> str:
    """Return an e-mail address that a head takes; empty for what is none. Only the user writes to it."""
    address = value.strip() if isinstance(value, str) else ""
    name, at, host = address.partition("@")
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' ,;:<>()[]"\\')
    fits = len(address) <= _LONGEST_ADDRESS
    return address if at and name and "." in host and "@" not in host and is_plain and fits else ""


def file_name(letter: Letter) -> str:
    """Return what the PDF is called."""
    whole = text("mailing.file", trip=letter.trip or text("mailing.no_number"), sheet=letter.sheet)
    return safe_name(whole) + ".pdf"


def safe_name(name: str) -> str:
    """Return a name that every file system takes."""
    kept = "".join(letter for letter in name if letter.isalnum() or letter in " -_")
    return " ".join(kept.split())[:_LONGEST_NAME].strip() or text("mailing.no_number")


def eml(letter: Letter, moment: datetime) -> bytes:
    """Return an e-mail with the sheet in it, for the user to look at and send.

    Nothing of the driver stands in it beyond the sheet itself: neither the subject nor the words name anybody.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = format_datetime(moment)
    message["Subject"] = _subject(letter)
    to = clean_address(letter.to)
    if to:
        message["To"] = to
    message.set_content(_body(letter))
    message.add_attachment(letter.pdf, maintype="application", subtype="pdf", filename=file_name(letter))
    return message.as_bytes()


def _subject(letter: Letter) -> str:
    key = "mailing.subject" if letter.trip else "mailing.subject_no_number"
    return " ".join(text(key, sheet=letter.sheet, trip=letter.trip).split())


def _body(letter: Letter) -> str:
    lines = [
        text("mailing.what", sheet=letter.sheet, trip=letter.trip or text("mailing.no_number")),
        text("mailing.as_of", at=letter.printed_at, version=letter.version),
    ]
    if letter.arrival:
        lines.append(text("mailing.arrival", arrival=letter.arrival))
    lines += [text("mailing.mark", mark=mark) for mark in letter.marks]
    lines += ["", text("mailing.holds"), text("mailing.ask")]
    return "\n".join(lines) + "\n"


def mailto(letter: Letter) -> str:
    """Return the e-mail without the sheet as a `mailto:` address."""
    return _address(letter.to, _subject(letter), _body(letter))


def _address(to: str, subject: str, body: str) -> str:
    fields = {"subject": subject, "body": body.replace("\n", "\r\n")}
    said = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
    return f"mailto:{quote(clean_address(to), safe='@')}?{said}"


def _note_eml(note: Note, moment: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = format_datetime(moment)
    message["Subject"] = " ".join(note.subject.split())
    to = clean_address(note.to)
    if to:
        message["To"] = to
    message.set_content(note.body)
    return message.as_bytes()


def _keep(path: Path, data: bytes) -> None:
    try:
        write_file(path, data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EnvironmentFailure("files.not_written", exit_code=2, file=str(path), reason=reason) from error


def _write(folder: Path, letter: Letter, moment: datetime) -> Draft:
    pdf = folder / file_name(letter)
    path = pdf.with_suffix(".eml")
    try:
        write_file(pdf, letter.pdf)
        write_file(path, eml(letter, moment))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EnvironmentFailure("files.not_written", exit_code=2, file=str(path), reason=reason) from error
    return Draft(path, pdf, mailto(letter))


def _clear(folder: Path, before: float) -> int:
    if folder.is_symlink() or not folder.is_dir():
        return 0
    cleared = 0
    for one in folder.iterdir():
        with contextlib.suppress(OSError):
            if not one.is_symlink() and one.is_dir() and one.stat().st_mtime < before:
                shutil.rmtree(one)
                cleared += 1
    return cleared
