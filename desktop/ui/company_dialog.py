"""A company: its codes, its address at the gateway, its key. The key is taken once and never shown again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import LinkState
from desktop.errors import DesktopError
from desktop.services.views import CompanyRow, LinkStatus
from desktop.services.words import error_words
from desktop.tasks import TaskKeeper
from desktop.ui import pieces, signs, theme
from desktop.ui.link_words import KEY_IN_USE
from desktop.ui.network_fields import NetworkFields
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce


@dataclass(frozen=True, slots=True)
class CompanyForm:
    """What was typed. `key` is None where the stored one stays, and so are way, proxy and authority not asked for."""

    name: str
    scacs: tuple[str, ...]
    carrier_codes: tuple[str, ...]
    phone: str
    address: str
    company_key: str
    key: str | None
    way: str | None = None
    proxy: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return f"CompanyForm({self.name!r})"  # keys never reach a log


Save = Callable[[CompanyForm], Awaitable[CompanyRow]]
Test = Callable[[str, str | None], Awaitable[LinkStatus]]


COMPANY = ("name", "scacs", "carrier_codes", "phone")
CONNECTION = ("address", "company_key", "key")


def codes_in(text: str) -> tuple[str, ...]:
    """Return the codes typed with commas or spaces between them, in capitals."""
    return tuple(part.upper() for part in text.replace(",", " ").replace(";", " ").split())


class CompanyFields(QWidget):
    """The fields of a company, for the dialog and for the first-run guide."""

    def __init__(self, row: CompanyRow | None, *, names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        names = names or (*COMPANY, *CONNECTION)
        self.fields: dict[str, QLineEdit] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.STEP_4, 0)
        self._column.setSpacing(0)
        for name in names:
            self._add(name, self._stored(name))
        if "key" in self.fields:
            key = self.fields["key"]
            key.setEchoMode(QLineEdit.EchoMode.Password)
            key.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
            if row is not None and row.has_key:
                key.setPlaceholderText(texts.text("company.key_kept"))
                key.setToolTip(texts.text("company.key_kept"))
        self._column.addStretch(1)

    def _stored(self, name: str) -> str:
        row = self._row
        if row is None or name == "key":
            return ""
        if name in {"scacs", "carrier_codes"}:
            return " ".join(row.scacs if name == "scacs" else row.carrier_codes)
        return str(getattr(row, name))

    def _add(self, name: str, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setObjectName(f"company_{name}")
        field.setMinimumHeight(theme.FIELD_HEIGHT)
        words = pieces.label(texts.text(f"company.field.{name}"), "caption", look="muted")
        words.setBuddy(field)
        field.setAccessibleName(texts.text(f"company.field.{name}"))
        if self.fields:
            self._column.addSpacing(theme.FIELD_ROW_GAP)
        self._column.addWidget(words)
        self._column.addSpacing(theme.LABEL_TO_FIELD)
        self._column.addWidget(field)
        hint_key = f"company.hint.{name}"
        if texts.has(hint_key):
            hint = pieces.label(texts.text(hint_key), "caption", look="muted")
            hint.setWordWrap(True)
            field.setAccessibleDescription(texts.text(hint_key))
            self._column.addSpacing(theme.FIELD_TO_MESSAGE)
            self._column.addWidget(hint)
        self.fields[name] = field
        return field

    def form(self) -> CompanyForm:
        """Return what was typed."""

        def typed(name: str) -> str:
            return self.fields[name].text().strip() if name in self.fields else ""

        return CompanyForm(
            name=typed("name"),
            scacs=codes_in(typed("scacs")),
            carrier_codes=codes_in(typed("carrier_codes")),
            phone=typed("phone"),
            address=typed("address"),
            company_key=typed("company_key"),
            key=typed("key") or None,
        )

    def missing(self) -> tuple[str, str] | None:
        """Return the field that is missing and what to do, or None."""
        form = self.form()
        if "name" in self.fields and not form.name:
            return "name", texts.text("company.missing.name")
        if "scacs" in self.fields and not form.scacs and not form.carrier_codes:
            return "scacs", texts.text("company.missing.codes")
        if "address" in self.fields and not form.address:
            return "address", texts.text("company.missing.address")
        return None

    def forget_key(self) -> None:
        """Take the key out of the field once it is stored."""
        if "key" in self.fields:
            self.fields["key"].clear()


class MessageLine(QWidget):
    """A sign and a sentence below a form; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = SignLabel(Sign.ERROR, 18, self)
        self._words: QLabel = pieces.prose(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.STEP_4, 0, 0)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str, sign: Sign = Sign.ERROR) -> None:
        """Show a sentence; an empty one hides the line."""
        self._words.setText(words)
        self._sign.set_sign(sign)
        self.setVisible(bool(words))
        if words:
            announce(self, words, is_grave=sign is Sign.ERROR)


def link_sentence(status: LinkStatus) -> tuple[str, Sign]:
    """Return what a test of the connection came to."""
    sign = signs.link_sign(status.state, is_practice=status.is_practice)
    if status.state is LinkState.CONNECTED:
        return texts.text("company.test.connected"), sign
    if status.detail == KEY_IN_USE:
        return f"{texts.text('sender.test')} {texts.text('sender.test.remedy')}", sign
    reason = f"link.{status.detail}"
    if status.detail and status.state in {LinkState.REFUSED, LinkState.RECONNECTING} and texts.has(reason):
        return f"{texts.text(reason)}.", sign
    key = f"company.test.{status.state.value}"
    return texts.text(key if texts.has(key) else "company.test.failed"), sign


class CompanyDialog(QDialog):
    """Add or change a company. It stays open until the service has taken what was typed.

    Attributes:
        saved: the company as stored; None where the dialog was left.
    """

    def __init__(
        self, keeper: TaskKeeper, save: Save, test: Test, row: CompanyRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text("company.title.edit" if row else "company.title.add")
        pieces.dress(self, title, "company_dialog")
        self.saved: CompanyRow | None = row
        self._keeper = keeper
        self._save = save
        self._test = test
        self.company = CompanyFields(row, parent=self)
        self.network = NetworkFields(keeper, row, self)
        self.message = MessageLine(self)
        self.test = pieces.button(texts.text("company.test"), name="company_test")
        self.test.clicked.connect(lambda: self._start(self._save_and_test(), "test"))
        self.back = pieces.button(texts.text("window.dialog.cancel"), name="company_back")
        self.back.clicked.connect(self.reject)
        self.save = pieces.button(texts.text("company.save"), name="company_save", is_primary=True)
        self.save.clicked.connect(lambda: self._start(self._save_and_close(), "save"))
        self.save.setDefault(True)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addWidget(self.test)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.back)
        row_of_buttons.addWidget(self.save)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_12)
        column.addWidget(pieces.label(title, "title"))
        column.addWidget(pieces.scrolling(self._fields()), 1)
        column.addWidget(self.message)
        column.addLayout(row_of_buttons)
        pieces.fit(self, 520, 640)
        self.company.fields["name"].setFocus()

    def _fields(self) -> QWidget:
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.company)
        column.addWidget(self.network)
        column.addStretch(1)
        return both

    def form(self) -> CompanyForm:
        """Return everything that was typed."""
        network = self.network.values()
        return replace(self.company.form(), way=network["way"], proxy=network["proxy"], ca_file=network["ca_file"])

    def _start(self, work: Awaitable[bool], name: str) -> None:
        async def run() -> None:
            self._set_busy(True)
            try:
                await work
            except DesktopError as error:
                words = error_words(error)
                self.message.say(" ".join(part for part in (words.text, words.remedy) if part))
            finally:
                self._set_busy(False)

        self._keeper.start(run(), name=f"company.{name}")

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self.test, self.save):
            button.setEnabled(not is_busy)

    async def _store(self) -> bool:
        missing = self.company.missing()
        if missing is not None:
            name, words = missing
            self.message.say(words)
            self.company.fields[name].setFocus()
            return False
        self.saved = await self._save(self.form())
        self.company.forget_key()
        if self.saved.has_key:
            self.company.fields["key"].setPlaceholderText(texts.text("company.key_kept"))
        return True

    async def _save_and_close(self) -> bool:
        if await self._store():
            self.accept()
        return True

    async def _save_and_test(self) -> bool:
        key = self.company.form().key
        if await self._store() and self.saved is not None:
            self.message.say(texts.text("company.test.running"), Sign.CONNECTING)
            self.message.say(*link_sentence(await self._test(self.saved.id, key)))
        return True


class KeyDialog(QDialog):
    """Asks for a key that is used until the program ends: this computer keeps none.

    Attributes:
        key: what was typed; empty where the dialog was left.
    """

    def __init__(self, company: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        title = texts.text("company.key.title", company=company)
        pieces.dress(self, title, "key_dialog")
        self.field = QLineEdit()
        self.field.setObjectName("session_key")
        self.field.setMinimumHeight(theme.FIELD_HEIGHT)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        words = pieces.label(texts.text("company.field.key"), "caption", look="muted")
        words.setBuddy(self.field)
        self.field.setAccessibleName(texts.text("company.field.key"))
        self.use = pieces.button(texts.text("company.key.use"), is_primary=True, name="key_use")
        self.use.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.use.setEnabled(bool(text.strip())))
        self.use.setDefault(True)
        self.use.clicked.connect(self._on_used)
        back = pieces.button(texts.text("window.dialog.cancel"), name="key_back")
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)  # a row takes the spacing of its column otherwise
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.use)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.LABEL_TO_FIELD)
        column.addWidget(pieces.prose(title, "reader"))
        column.addWidget(pieces.prose(texts.text("company.key.why")))
        column.addSpacing(theme.STEP_8)
        column.addWidget(words)
        column.addWidget(self.field)
        column.addSpacing(theme.STEP_16)
        column.addLayout(row)
        pieces.fit(self, 460, 0)
        self.field.setFocus()

    def _on_used(self) -> None:
        self.key = self.field.text().strip()
        self.field.clear()
        self.accept()
