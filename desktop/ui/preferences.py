"""The Settings screen: companies and connections, appearance, notices, printing, about."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

import desktop
from desktop import texts
from desktop.errors import DesktopError
from desktop.services.views import CompanyRow
from desktop.settings.language import SYSTEM, spoken
from desktop.ui import dialogs, pieces, theme
from desktop.ui.backups.section import BackupsSection
from desktop.ui.bridge import Bridge
from desktop.ui.choices import SCHEMES, Choices
from desktop.ui.company_dialog import CompanyDialog, CompanyForm, KeyDialog
from desktop.ui.desk import Desk
from desktop.ui.intake.folder_section import FolderSection
from desktop.ui.legible import legible
from desktop.ui.reload import Reload
from desktop.ui.sheets_section import SheetsSection
from desktop.ui.tray.section import NoticesSection

_WIDTH = 640


async def save_company(desk: Desk, row: CompanyRow | None, form: CompanyForm) -> CompanyRow:
    """Store what was typed about a company; the key goes to the keystore."""
    if row is None:
        return await desk.companies.add(
            name=form.name,
            scacs=form.scacs,
            carrier_codes=form.carrier_codes,
            address=form.address,
            company_key=form.company_key,
            phone=form.phone,
            ca_file=form.ca_file or "",
            way=form.way or "socket",
            proxy=form.proxy or "",
            key=form.key,
        )
    return await desk.companies.edit(
        row.id,
        version=row.version,
        key=form.key,
        name=form.name,
        scacs=form.scacs,
        carrier_codes=form.carrier_codes,
        address=form.address,
        company_key=form.company_key,
        phone=form.phone,
        ca_file=form.ca_file,
        way=form.way,
        proxy=form.proxy,
    )


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


class PreferencesPage(QWidget):
    """One column of sections.

    Signals: `choices_changed` after any choice about the window; `switch_asked` into practice or out of it;
    `scenario_asked`; `put_back_asked`: the data are to be closed and a backup put in their place;
    `language_changed`: the window is to speak another language.
    """

    choices_changed = Signal()
    switch_asked = Signal()
    scenario_asked = Signal()
    put_back_asked = Signal()
    language_changed = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferences_page")
        self._desk = desk
        self._choices = choices
        self._cards: list[QWidget] = []
        self.reload = Reload(desk.keeper, self._read, "preferences.read")
        bar = pieces.frame("bar", parent=self)
        bar.setMinimumHeight(theme.BAR_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.addWidget(pieces.label(texts.text("window.place.settings"), "title"))
        row.addStretch(1)
        self._body = QWidget()
        self._body.setBackgroundRole(QPalette.ColorRole.Base)
        self._body.setAutoFillBackground(True)
        inner = QWidget()
        inner.setMaximumWidth(round(_WIDTH * theme.line_height("body") / 18))
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_16, theme.PAGE_MARGIN, theme.STEP_24)
        self._column.setSpacing(theme.STEP_8)
        outer = QHBoxLayout(self._body)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        self._make_companies()
        self._make_appearance()
        self._make_editing()
        self._make_notices()
        self._make_printing()
        self._make_intake()
        self._make_backups()
        self._make_practice()
        self._make_about()
        self._column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self._scroll = pieces.scrolling(self._body)
        self._scroll.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        column.addWidget(self._scroll, 1)
        self.setFocusProxy(self.add)
        bridge.company_changed.connect(self.reload.ask)

    def _section(self, name: str) -> None:
        if self._column.count():
            self._column.addSpacing(theme.STEP_16)
        head = pieces.label(texts.text(f"window.settings.{name}"), "heading")
        head.setObjectName(f"section_{name}")
        self._column.addWidget(head)

    def show_section(self, name: str) -> None:
        """Put the focus on the first control of a section; it comes into view, and the head with it."""
        head = self.findChild(QWidget, f"section_{name}")
        if head is None:
            return
        self._scroll.ensureWidgetVisible(head, 0, self._scroll.height())
        below = [one for one in self._body.findChildren(QWidget) if one.isVisible() and _takes_focus(one)]
        top = head.mapTo(self._body, QPoint()).y()
        after = [(place.y(), place.x(), one) for one in below if (place := one.mapTo(self._body, QPoint())).y() > top]
        if after:
            min(after, key=lambda one: one[:2])[2].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_companies(self) -> None:
        self._section("companies")
        self._companies = QVBoxLayout()
        self._companies.setSpacing(theme.STEP_8)
        self._column.addLayout(self._companies)
        self._no_company = pieces.prose(texts.text("company.none"), look="muted")
        self._companies.addWidget(self._no_company)
        self.add = pieces.button(texts.text("company.add"), "plus", name="company_add")
        self.add.clicked.connect(lambda: self.start_editing(None))
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)

    def _make_appearance(self) -> None:
        self._section("appearance")
        self.scheme = QComboBox()
        self.scheme.setObjectName("scheme")
        self.scheme.setMinimumHeight(theme.FIELD_HEIGHT)
        for scheme in SCHEMES:
            self.scheme.addItem(texts.text(f"window.settings.scheme.{scheme.value if scheme else 'system'}"))
        self.scheme.setCurrentIndex(SCHEMES.index(self._choices.scheme))
        self.scheme.currentIndexChanged.connect(self._on_scheme)
        self._labelled("window.settings.scheme", self.scheme)
        self.language = QComboBox()
        self.language.setObjectName("language")
        self.language.setMinimumHeight(theme.FIELD_HEIGHT)
        for name in (SYSTEM, *texts.LANGUAGES):
            self.language.addItem(texts.text(f"language.{name}"), name)
        self.language.setCurrentIndex(self.language.findData(self._choices.language))
        self.language.activated.connect(self._on_language)
        self._labelled("language.label", self.language)
        self._column.addWidget(pieces.prose(texts.text("language.why"), "caption", look="muted"))

    def _make_editing(self) -> None:
        self._section("editing")
        self._add_switches("enter_moves_on")
        self._column.addWidget(pieces.prose(texts.text("window.settings.enter_moves_on.why"), "caption", look="muted"))

    def _make_notices(self) -> None:
        self._section("notices")
        self.notices = NoticesSection(self._desk, self._choices)
        self.notices.changed.connect(self.choices_changed)
        self._column.addWidget(self.notices)

    def _add_switches(self, *names: str) -> None:
        for name in names:
            box = QCheckBox(texts.text(f"window.settings.{name}"))
            box.setObjectName(name)
            box.setMinimumHeight(theme.TARGET_HEIGHT)
            box.setChecked(bool(getattr(self._choices, name)))
            box.toggled.connect(partial(self._on_switch, name))
            self._column.addWidget(box)

    def _make_printing(self) -> None:
        self._section("printing")
        self.paper = QComboBox()
        self.paper.setObjectName("paper")
        self.paper.setMinimumHeight(theme.FIELD_HEIGHT)
        for size in ("letter", "a4"):
            self.paper.addItem(texts.text(f"window.print.{size}"), size)
        self.paper.setCurrentIndex(self.paper.findData(self._choices.paper))
        self.paper.currentIndexChanged.connect(self._on_paper)
        self._labelled("window.print.paper", self.paper)
        self.sheets = SheetsSection(self._desk, self._choices)
        self.sheets.changed.connect(self.choices_changed)
        self._column.addWidget(self.sheets)

    def _make_intake(self) -> None:
        self._section("intake")
        self.folder = FolderSection(self._desk, self._choices)
        self._column.addWidget(self.folder)

    def _make_backups(self) -> None:
        self._section("backups")
        self.backups = BackupsSection(self._desk)
        self.backups.put_back_asked.connect(self.put_back_asked)
        self._column.addWidget(self.backups)

    def _make_practice(self) -> None:
        self._section("practice")
        is_practice = self._desk.is_practice
        why = "window.settings.practice.leave_why" if is_practice else "window.settings.practice.why"
        self._column.addWidget(pieces.prose(texts.text(why), look="muted"))
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        self.switch = pieces.button(
            texts.text("window.practice.leave" if is_practice else "window.settings.practice.open"),
            name="switch_folder",
        )
        self.switch.clicked.connect(self.switch_asked)
        row.addWidget(self.switch)
        if is_practice:
            self.scenario = pieces.button(texts.text("window.scenario.choose"), name="choose_scenario")
            self.scenario.clicked.connect(self.scenario_asked)
            row.addWidget(self.scenario)
        row.addStretch(1)
        self._column.addLayout(row)

    def _make_about(self) -> None:
        self._section("about")
        version = texts.text("window.about.version", version=desktop.__version__)
        self._column.addWidget(pieces.prose(version))
        self._column.addWidget(pieces.prose(texts.text("window.about.what"), look="muted"))
        self._column.addWidget(pieces.prose(texts.text("window.about.licences"), look="muted"))

    def _labelled(self, key: str, box: QComboBox) -> None:
        words = pieces.label(texts.text(key), "caption", look="muted")
        words.setBuddy(box)
        box.setAccessibleName(texts.text(key))
        box.setMaximumWidth(320)
        self._column.addWidget(words)
        self._column.addWidget(box)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), work), name=name)

    # Companies

    async def _read(self) -> None:
        companies = await self._desk.companies.all()
        focused = QApplication.focusWidget()
        kept = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        for card in self._cards:
            self._companies.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(row) for row in companies]
        for card in self._cards:
            self._companies.addWidget(card)
        self._no_company.setVisible(not companies)
        if kept:
            back = self.findChild(QWidget, kept)
            (back or self.add).setFocus()

    def _card(self, row: CompanyRow) -> QWidget:
        card = pieces.frame("card")
        card.setObjectName(f"company_{row.id}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(pieces.prose(row.name, "strong"))
        codes = " · ".join([*row.scacs, *row.carrier_codes])
        words.addWidget(pieces.prose(f"{codes} · {row.address}" if codes else row.address, "caption", look="muted"))
        key = "company.row.practice" if row.is_practice else "company.row.key" if row.has_key else "company.row.no_key"
        words.addWidget(pieces.prose(texts.text(key), "caption", look="muted"))
        line = QHBoxLayout(card)
        line.setContentsMargins(theme.STEP_16, theme.STEP_12, theme.STEP_12, theme.STEP_12)
        line.setSpacing(theme.STEP_8)
        line.addLayout(words, 1)
        actions = [("ranges", partial(self._start_ranges, row)), ("edit", partial(self.start_editing, row))]
        if not row.has_key and not row.is_practice:
            actions.append(("give_key", partial(self.start_giving_key, row)))
        actions.append(("remove", partial(self._start_removing, row)))
        for name, function in actions:
            made = pieces.button(texts.text(f"company.{name}"), name=f"{name}_{row.id}")
            made.setAccessibleName(
                legible(texts.text("company.name_of", action=texts.text(f"company.{name}"), company=row.name))
            )
            made.clicked.connect(lambda _checked=False, function=function: function())
            line.addWidget(made)
        return card

    def _start_ranges(self, row: CompanyRow) -> None:
        from desktop.ui.numbers.ranges_dialog import show_ranges

        self._start(show_ranges(self._desk, self.window(), row.id), "company.ranges")

    def start_editing(self, row: CompanyRow | None) -> None:
        """Open the dialog of a company, or of a new one."""
        self._start(self._edit(row), "company.edit")

    async def _edit(self, row: CompanyRow | None) -> None:
        dialog: CompanyDialog

        async def save(form: CompanyForm) -> CompanyRow:
            return await save_company(self._desk, dialog.saved, form)

        dialog = CompanyDialog(self._desk.keeper, save, self._desk.companies.test, row, self.window())
        await dialogs.finished(dialog)

    def start_giving_key(self, row: CompanyRow) -> None:
        """Ask for a key that is used until the program ends."""
        self._start(self._give_key(row), "company.key")

    async def _give_key(self, row: CompanyRow) -> None:
        dialog = KeyDialog(row.name, self.window())
        await dialogs.finished(dialog)
        key, dialog.key = dialog.key, ""
        if key:
            await self._desk.companies.give_key(row.id, key)

    def _start_removing(self, row: CompanyRow) -> None:
        self._start(self._remove(row), "company.remove")

    async def _remove(self, row: CompanyRow) -> None:
        if await dialogs.ask(
            self.window(),
            texts.text("company.remove.title", company=row.name),
            texts.text("company.remove.text"),
            accept=texts.text("company.remove.yes"),
            reject=texts.text("company.remove.no"),
            is_grave=True,
        ):
            await self._desk.companies.remove(row.id)

    # Choices

    def _on_scheme(self, position: int) -> None:
        self._choose("scheme", SCHEMES[position])

    def _on_switch(self, name: str, is_on: bool) -> None:
        self._choose(name, is_on)

    def _on_language(self, _position: int) -> None:
        self._choose("language", str(self.language.currentData()))
        if spoken(self._choices.language) != texts.language():
            self.language_changed.emit()

    def _on_paper(self, _position: int) -> None:
        self._choose("paper", str(self.paper.currentData()))

    def _choose(self, name: str, value: object) -> None:
        try:
            setattr(self._choices, name, value)
        except DesktopError as error:
            self._start(dialogs.tell_error(self.window(), error), "settings.not_kept")
            return
        self.choices_changed.emit()
