"""Whatever happens in whatever order: no blind resend, no way back from delivered, no jump outside the arrows."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.delivery.attempt import (
    Answered,
    Attempt,
    Choice,
    Claimed,
    CustomsAnswered,
    Decided,
    Frozen,
    Held,
    LinkLost,
    NotWritten,
    Overtaken,
    OwnerGone,
    Probed,
    Released,
    Ticked,
    Verb,
    Way,
)
from desktop.delivery.machine import Action, after, holds_line, next_to_claim, step
from desktop.domain.lifecycle import OutboxState

S = OutboxState
ANSWERED = {S.ACKED, S.REJECTED, S.PARTIAL, S.ACCEPTED_PENDING}
LEGAL = {
    S.DRAFT: {S.READY, S.CANCELLED},
    S.READY: {S.HELD, S.IN_FLIGHT, S.CANCELLED} | ANSWERED,
    S.HELD: {S.READY, S.CANCELLED} | ANSWERED,
    S.IN_FLIGHT: {S.READY, S.UNCERTAIN, S.DUP_SUSPECT} | ANSWERED,
    S.ACCEPTED_PENDING: {S.UNCERTAIN, S.DUP_SUSPECT} | ANSWERED,
    S.UNCERTAIN: {S.IN_FLIGHT, S.DUP_SUSPECT, S.CANCELLED} | ANSWERED,
    S.DUP_SUSPECT: {S.ACKED, S.REJECTED, S.PARTIAL, S.CANCELLED},
    S.ACKED: {S.CONFLICT},
    S.PARTIAL: {S.CONFLICT},
    S.REJECTED: {S.CONFLICT},
    S.CONFLICT: {S.ACKED, S.CANCELLED},
    S.CANCELLED: ANSWERED | {S.DUP_SUSPECT},
}
START = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
picks = st.integers(0, 5)


class Office(RuleBasedStateMachine):
    """Six messages of three trips on one line, and everything that can befall them."""

    @initialize(ways=st.lists(st.sampled_from(list(Way)), min_size=6, max_size=6), ours=st.booleans())
    def start(self, ways, ours):
        self.now = 0.0
        self.rows = [
            Attempt(
                id=f"r{n}",
                send_id=f"s{n}",
                way=way,
                state=S.DRAFT,
                operation="CREATE" if way is Way.UPLOAD else "ORIGINAL",
                trip_number=f"T{n // 2}",
                is_number_ours=ours,
            )
            for n, way in enumerate(ways)
        ]
        self.writes = [0] * 6
        self.probes = [0] * 6
        self.unwritten = [0] * 6

    def apply(self, n, event):
        before = self.rows[n]
        done = step(before, event, self.now)
        if done.state is not before.state:
            assert done.state in LEGAL[before.state], (before.state, event, done)
            assert done.cause
            if done.state is S.READY and before.state is S.IN_FLIGHT:
                assert isinstance(event, NotWritten)
                assert before.tries <= 1
            if before.state is S.ACKED:
                assert isinstance(event, Answered)
                assert event.quotes_us
                assert event.verb in {Verb.REFUSED, Verb.PROBLEMS}
        if Action.WRITE in done.actions:
            self.writes[n] += 1
            self.probes[n] += isinstance(event, Probed)
            assert isinstance(event, (Claimed, Probed))
        if isinstance(event, NotWritten) and before.state is S.IN_FLIGHT:
            self.unwritten[n] += 1
        self.rows[n] = after(before, event, done, now=self.now, wall=START + timedelta(seconds=self.now))

    @rule(n=picks, event=st.sampled_from([Frozen(), Held(), Released(), Overtaken(), NotWritten(), OwnerGone()]))
    def something(self, n, event):
        self.apply(n, event)

    @rule()
    def claim(self):
        row = next_to_claim(self.rows, self.now)
        if row is not None:
            assert not any(holds_line(other, self.now) for other in self.rows)
            self.apply(self.rows.index(row), Claimed())

    @rule()
    def link_lost(self):
        for n in range(6):
            self.apply(n, LinkLost())

    @rule(seconds=st.sampled_from([1.0, 30.0, 61.0, 130.0, 1000.0]))
    def time_passes(self, seconds):
        self.now += seconds
        for n in range(6):
            self.apply(n, Ticked())

    @rule(n=picks, verb=st.sampled_from(list(Verb)), quotes=st.booleans(), used=st.booleans(), named=st.booleans())
    def answer(self, n, verb, quotes, used, named):
        self.apply(n, Answered(verb, "X", quotes, used, named))

    @rule(n=picks)
    def customs(self, n):
        self.apply(n, CustomsAnswered())

    @rule(n=picks, choice=st.sampled_from(list(Choice)))
    def user(self, n, choice):
        self.apply(n, Decided(choice))

    @rule(n=picks, allowed=st.booleans())
    def probe(self, n, allowed):
        if any(holds_line(other, self.now) for other in self.rows):
            return  # a repeat waits for the line like any other message
        self.apply(n, Probed(START, link_up_s=100, is_allowed=allowed))

    @invariant()
    def no_blind_resend(self):
        for n, row in enumerate(self.rows):
            sent = self.writes[n] - self.unwritten[n]
            assert sent - self.probes[n] <= 1
            assert self.writes[n] - self.unwritten[n] <= 3
            if row.way is Way.SEND_REQUEST:
                assert self.probes[n] == 0
                assert sent <= 1
            if self.probes[n]:
                assert row.is_number_ours
            assert row.tries == sent
            assert row.was_written == (sent > 0)

    @invariant()
    def one_on_the_line(self):
        assert sum(row.state is S.IN_FLIGHT and holds_line(row, self.now) for row in self.rows) <= 1


Office.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestOffice = Office.TestCase
