"""The first-run guide: practise or connect, the company, the connection with its test, done (ui design 5, "Wizard")."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.views import CompanyRow
from desktop.services.words import error_words
from desktop.tasks import TaskKeeper
from desktop.ui import pieces, theme
from desktop.ui.company_dialog import (
    COMPANY,
    CONNECTION,
    CompanyFields,
    CompanyForm,
    MessageLine,
    Save,
    Test,
    link_sentence,
)
from desktop.ui.guide_page import LastChoices, LeftAt, about_keys
from desktop.ui.signs import Sign, SignLabel

_SIDE = 286
_NARROW = 860


class Step(IntEnum):
    """The guide's pages."""

    CHOICE = 0
    COMPANY = 1
    CONNECTION = 2
    DONE = 3


class _Choice(QFrame):
    """One of the two ways, as a card round a radio button."""

    def __init__(self, name: str, signs: tuple[Sign, ...]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.radio = QRadioButton(texts.text(f"company.guide.{name}.title"))
        self.radio.setObjectName(f"guide_{name}")
        self.radio.setFont(theme.font("heading"))
        self.radio.setAccessibleDescription(texts.text(f"company.guide.{name}.text"))
        self.radio.toggled.connect(lambda _is_on: self.update())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(self.radio)
        column.addWidget(pieces.prose(texts.text(f"company.guide.{name}.text")))
        for number, sign in enumerate(signs):
            row = QHBoxLayout()
            row.setSpacing(theme.STEP_8)
            row.addWidget(SignLabel(sign, 18))
            row.addWidget(pieces.label(texts.text(f"company.guide.{name}.point_{number + 1}")), 1)
            column.addLayout(row)
        column.addWidget(pieces.prose(texts.text(f"company.guide.{name}.note"), "caption", look="muted"))
        column.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.radio.setChecked(True)
        self.radio.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.radio.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colours().accent, theme.FOCUS_WIDTH))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), theme.RADIUS_CARD, theme.RADIUS_CARD)
            painter.end()


class FirstRun(QDialog):
    """Leads a newcomer to a first trip. Every step is kept; Esc and "Skip" leave without harm.

    Attributes:
        wants_practice: the user chose to practise, or to see a sample trip first.
        is_skipped: the user wants no guide.
        saved: the company as stored; None while there is none.
        last: what is asked at the end.
    """

    def __init__(
        self,
        keeper: TaskKeeper,
        save: Save,
        test: Test,
        parent: QWidget | None = None,
        *,
        at: LeftAt | None = None,
        saved: CompanyRow | None = None,
        keep: Callable[[LeftAt], object] = lambda _: None,
        can_start: bool = True,
    ) -> None:
        super().__init__(parent)
        at = at or LeftAt()
        self.is_skipped = False
        self._keep = keep
        self.last = LastChoices(can_start=can_start)
        pieces.dress(self, texts.text("company.guide.window"), "first_run")
        self.wants_practice = False
        self.saved: CompanyRow | None = saved
        self._keeper = keeper
        self._save = save
        self._test = test
        self._is_busy = False
        self.company = CompanyFields(None, names=COMPANY)
        self.connection = CompanyFields(None, names=CONNECTION)
        self.message = MessageLine()
        self.pages = QStackedWidget()
        for step in Step:
            self.pages.addWidget(pieces.scrolling(self._page(step)))
        self._side = self._make_side()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._progress = pieces.label(look="muted")
        self._progress.setContentsMargins(theme.STEP_24, theme.STEP_8, theme.STEP_24, 0)
        column.addWidget(self._progress)
        column.addWidget(self.pages, 1)
        column.addWidget(self._make_foot())
        row = QHBoxLayout(pieces.ground(self))
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(column, 1)
        pieces.fit(self, 1000, 640)
        for name, line in {**self.company.fields, **self.connection.fields}.items():
            line.setText(at.fields.get(name, ""))
            line.editingFinished.connect(self._keep_place)
        if at.step:
            self.connect_now.radio.setChecked(True)
        self.go(Step(min(max(at.step, Step.CHOICE), Step.CONNECTION)))

    def _make_side(self) -> QWidget:
        side = pieces.frame("side")
        side.setFixedWidth(round(_SIDE * min(1.4, theme.line_height("body") / 18)))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.STEP_24, theme.STEP_32, theme.STEP_16, theme.STEP_16)
        column.setSpacing(theme.STEP_4)
        heading = pieces.label(texts.text("company.guide.side"), "reader")
        heading.setWordWrap(True)
        column.addWidget(heading)
        note = pieces.label(texts.text("company.guide.side_note"), "caption", look="muted")
        note.setWordWrap(True)
        column.addWidget(note)
        column.addSpacing(theme.STEP_24)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_16)
        grid.setColumnStretch(1, 1)
        self._step_signs: list[SignLabel] = []
        self._step_words: list[QLabel] = []
        for step in Step:
            sign = SignLabel(Sign.NOT_SENT, 18)
            words = pieces.label(texts.text(f"company.guide.step.{step.name.lower()}"))
            words.setWordWrap(True)
            grid.addWidget(sign, step, 0)
            grid.addWidget(words, step, 1)
            self._step_signs.append(sign)
            self._step_words.append(words)
        column.addLayout(grid)
        column.addStretch(1)
        self._kept_note = pieces.prose(texts.text("setup_guide.kept"), "caption", look="muted")
        column.addWidget(self._kept_note)
        return side

    def _page(self, step: Step) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.STEP_32, theme.STEP_24, theme.STEP_32, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        name = step.name.lower()
        column.addWidget(pieces.prose(texts.text(f"company.guide.{name}.head"), "guide"))
        column.addWidget(pieces.prose(texts.text(f"company.guide.{name}.lead"), look="muted"))
        column.addSpacing(theme.STEP_12)
        if step is Step.CHOICE:
            self.practise = _Choice("practise", (Sign.ACCEPTED, Sign.REJECTED, Sign.HELD))
            self.connect_now = _Choice("connect", (Sign.HINT, Sign.HINT, Sign.HINT))
            group = QButtonGroup(page)
            group.addButton(self.practise.radio)
            group.addButton(self.connect_now.radio)
            self.practise.radio.setChecked(True)
            group.buttonToggled.connect(lambda *_args: self._say_next())
            self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            self._cards.setSpacing(theme.STEP_16)
            self._cards.addWidget(self.practise, 1)
            self._cards.addWidget(self.connect_now, 1)
            column.addLayout(self._cards)
        elif step is Step.COMPANY:
            column.addWidget(self.company)
        elif step is Step.CONNECTION:
            column.addWidget(self.connection)
            column.addSpacing(theme.STEP_16)
            column.addWidget(about_keys())
        else:
            column.addWidget(self.last)
        column.addStretch(1)
        return page

    def _make_foot(self) -> QWidget:
        foot = pieces.frame("foot")
        self.skip = pieces.button(texts.text("company.guide.skip"), name="guide_skip")
        self.skip.setFlat(True)
        self.skip.clicked.connect(self._on_skip)
        self.back = pieces.button(texts.text("company.guide.back"), name="guide_back")
        self.back.setToolTip(texts.text("company.guide.back_tip"))
        self.back.clicked.connect(self._on_back)
        self.next = pieces.button("", is_primary=True, name="guide_next")
        self.next.setDefault(True)
        self.next.clicked.connect(self._on_next)
        pieces.on_key(self, "Alt+Left", self._on_back)
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.STEP_24, theme.STEP_8, theme.STEP_24, theme.STEP_12)
        column.addWidget(self.message)
        column.addLayout(row)
        return foot

    @property
    def step(self) -> Step:
        """The page on show."""
        return Step(self.pages.currentIndex())

    def go(self, step: Step) -> None:
        """Show a page with the focus in its first field."""
        self.pages.setCurrentIndex(step)
        for number, (sign, words) in enumerate(zip(self._step_signs, self._step_words, strict=True)):
            is_done, is_current = number < step, number == step
            sign.set_sign(Sign.ENTRY_ON_FILE if is_done else Sign.HINT if is_current else Sign.NOT_SENT)
            words.setFont(theme.font("strong" if is_current else "body"))
        self._progress.setText(texts.text("company.guide.progress", number=step + 1, count=len(Step)))
        self.back.setVisible(step in {Step.COMPANY, Step.CONNECTION})
        self._kept_note.setVisible(step in {Step.COMPANY, Step.CONNECTION})
        self.skip.setVisible(step is not Step.DONE)
        self.message.say("")
        self._say_next()
        first: dict[Step, QWidget] = {
            Step.CHOICE: self.practise.radio if self.practise.radio.isChecked() else self.connect_now.radio,
            Step.COMPANY: self.company.fields["name"],
            Step.CONNECTION: self.connection.fields["address"],
            Step.DONE: self.next,
        }
        first[step].setFocus()
        self._keep_place()

    @property
    def wants_start(self) -> bool:
        """Whether the program is to start with the computer."""
        return self.step is Step.DONE and self.last.starts.isChecked()

    def _keep_place(self) -> None:
        fields = {**self.company.fields, **self.connection.fields}
        typed = {name: line.text() for name, line in fields.items() if name != "key"}
        self._keep(LeftAt(int(self.step), typed, "" if self.saved is None else self.saved.id))

    def _on_skip(self) -> None:
        self.is_skipped = True
        self.reject()

    def _say_next(self) -> None:
        if self.step is Step.CHOICE and self.practise.radio.isChecked():
            self.next.setText(texts.text("company.guide.practise.go"))
        elif self.step is Step.CONNECTION:
            self.next.setText(texts.text("company.guide.test"))
        elif self.step is Step.DONE:
            self.next.setText(texts.text("company.guide.finish"))
        else:
            self.next.setText(texts.text("company.guide.next"))

    def _on_back(self) -> None:
        if self.step in {Step.COMPANY, Step.CONNECTION}:
            self.go(Step(self.step - 1))

    def _on_next(self) -> None:
        match self.step:
            case Step.CHOICE if self.practise.radio.isChecked():
                self.wants_practice = True
                self.accept()
            case Step.CHOICE:
                self.go(Step.COMPANY)
            case Step.COMPANY:
                missing = self.company.missing()
                if missing is None:
                    self.go(Step.CONNECTION)
                else:
                    self.message.say(missing[1])
                    self.company.fields[missing[0]].setFocus()
            case Step.CONNECTION:
                if not self._is_busy:
                    self._keeper.start(self._store_and_test(), name="guide.test")
            case Step.DONE:
                self.wants_practice = self.last.tries.isChecked()
                self.accept()

    def form(self) -> CompanyForm:
        """Return everything typed so far."""
        company, connection = self.company.form(), self.connection.form()
        return CompanyForm(
            company.name,
            company.scacs,
            company.carrier_codes,
            company.phone,
            connection.address,
            connection.company_key,
            connection.key,
        )

    async def _store_and_test(self) -> None:
        if not self.connection.form().address:
            self.message.say(texts.text("company.missing.address"))
            self.connection.fields["address"].setFocus()
            return
        self._is_busy = True
        form = self.form()
        try:
            self.saved = await self._save(form)
            self.message.say(texts.text("company.test.running"), Sign.CONNECTING)
            words, sign = link_sentence(await self._test(self.saved.id, form.key))
        except DesktopError as error:
            problem = error_words(error)
            self.message.say(" ".join(part for part in (problem.text, problem.remedy) if part))
            return
        finally:
            self._is_busy = False
        if sign in {Sign.CONNECTED, Sign.PRACTICE}:
            self.connection.forget_key()
            self.go(Step.DONE)
        self.message.say(words, sign)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of steps out where there is no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self._side.setVisible(not is_narrow)
        self._progress.setVisible(is_narrow)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(way)
