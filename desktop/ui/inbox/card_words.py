"""What a card says of itself beside its title: its day, what was done with it, its sentence for a screen reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from desktop import texts
from desktop.services.views import InboxCard
from desktop.ui import times
from desktop.ui.legible import legible


def is_away(card: InboxCard, now: datetime) -> bool:
    """Tell whether a card is put off until later."""
    return card.snoozed_until is not None and card.snoozed_until > now


def when(card: InboxCard, now: datetime) -> datetime:
    """Return the moment a card stands at in the list: when it came back, else when it was received."""
    if card.snoozed_until is not None and card.snoozed_until <= now:
        return card.snoozed_until
    return card.received_at


def day_words(day: date, today: date) -> str:
    """Return a day as the head of a list says it."""
    days = (today - day).days
    if days == 0:
        return texts.text("inbox_list.day.today")
    if days == 1:
        return texts.text("inbox_list.day.yesterday")
    words = times.day(day)
    return words if day.year == today.year else f"{words} {day.year}"


def until_words(moment: datetime, now: datetime) -> str:
    """Return a moment to come, or just gone by, shortly: the hour today, else weekday and hour, else the date."""
    return times.arrival(moment.astimezone(), now.astimezone())


def put_off_words(card: InboxCard, now: datetime) -> str:
    """Return until when a card is put off, or when it came back; empty for one that never was."""
    if card.snoozed_until is None:
        return ""
    key = "inbox_list.until" if is_away(card, now) else "inbox_list.back"
    return texts.text(key, at=until_words(card.snoozed_until, now))


def corner_words(card: InboxCard) -> str:
    """Return what stands in the corner of a card: how many messages its trip has, else how often it came."""
    if card.thread > 1:
        return texts.text("inbox_list.thread", count=card.thread)
    return texts.text("inbox.repeats", count=card.repeats) if card.repeats > 1 else ""


def sentence(card: InboxCard, at: str, now: datetime) -> str:
    """Return a card as one sentence, with everything that is drawn."""
    state = texts.text("inbox.unread_word" if card.is_unread else "inbox.read_word")
    body = ". ".join(card.text.splitlines())
    said = texts.text("inbox.card.sentence", state=state, title=card.title, text=body, at=at)
    more = [corner_words(card), put_off_words(card, now)]
    if card.thread_unread:
        more.insert(1, texts.text("inbox.unread", count=card.thread_unread))
    if card.is_pinned:
        more.append(texts.text("inbox_list.pinned_word"))
    return legible(". ".join([said, *(words for words in more if words)]))


def copied(card: InboxCard) -> str:
    """Return a card as text to be pasted: number, title, text."""
    number = card.trip or card.shipment
    lines = [line for line in card.text.splitlines() if line != number]
    return "\n".join(part for part in (number, card.title, *lines) if part)


def snooze_choices(now: datetime, eta: datetime | None) -> list[tuple[str, datetime]]:
    """Return until when a message may be put off, in words and as a moment.

    Args:
        now: the present, in the zone of this computer.
        eta: arrival of the trip the message belongs to; 90 minutes before it a broker can still do something.
    """
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(8)).astimezone()  # the clock may change that night
    found = [
        (texts.text("inbox_list.snooze.quarter"), now + timedelta(minutes=15)),
        (texts.text("inbox_list.snooze.hour"), now + timedelta(hours=1)),
        (texts.text("inbox_list.snooze.tomorrow", at=until_words(tomorrow, now)), tomorrow),
    ]
    if eta is not None and eta - timedelta(minutes=90) > now:
        before = eta - timedelta(minutes=90)
        found.append((texts.text("inbox_list.snooze.eta", at=until_words(before, now)), before))
    return found
