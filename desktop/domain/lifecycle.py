"""Names of states that several packages speak: on the command line, on screen and in the database alike."""

from __future__ import annotations

from enum import StrEnum


class Regime(StrEnum):
    """Which customs a trip is for: ACE is CBP (into the USA), ACI is CBSA (into Canada)."""

    ACE = "ACE"
    ACI = "ACI"


class OutboxState(StrEnum):
    """Where one attempt to deliver stands (reliability notes 3)."""

    DRAFT = "DRAFT"
    READY = "READY"
    HELD = "HELD"
    IN_FLIGHT = "IN_FLIGHT"
    ACCEPTED_PENDING = "ACCEPTED_PENDING"
    ACKED = "ACKED"
    PARTIAL = "PARTIAL"
    REJECTED = "REJECTED"
    UNCERTAIN = "UNCERTAIN"
    DUP_SUSPECT = "DUP_SUSPECT"
    CONFLICT = "CONFLICT"
    CANCELLED = "CANCELLED"


class Delivery(StrEnum):
    """What the user is told about the way to the gateway."""

    NOT_SENT = "not_sent"
    SENDING = "sending"
    DELIVERED = "delivered"
    DELIVERED_WITH_PROBLEMS = "delivered_with_problems"
    REFUSED = "refused"
    NOT_SURE = "not_sure"


class Customs(StrEnum):
    """How far a trip got with customs; `UNKNOWN` only when they answered and nothing of it is understood."""

    NONE = "none"
    TRANSMITTED = "transmitted"
    PRELIMINARY = "preliminary"
    ON_FILE = "on_file"
    CLEARED = "cleared"
    ARRIVED = "arrived"
    RELEASED = "released"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Way(StrEnum):
    """How a printed sheet leaves the program."""

    PRINTER = "printer"
    PDF = "pdf"
    EMAIL = "email"


class Clearance(StrEnum):
    """What is known of the broker's side of one shipment."""

    NONE = "none"
    UNKNOWN = "unknown"
    ENTRY_ON_FILE = "entry_on_file"
    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    SET = "set"
    RELEASED = "released"
    RELEASED_CFIA = "released_cfia"
    EXAM = "exam"
    HOLD = "hold"
    REFUSED = "refused"


class Verdict(StrEnum):
    """May the truck drive up?"""

    GO = "go"
    WAIT = "wait"
    STOP = "stop"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """The inbox's own sorting of what was received."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOTICE = "notice"
    RNS = "rns"
    ALERT = "alert"
    UPLOAD = "upload"
    UNRECOGNISED = "unrecognised"
    CAS = "cas"


class Outcome(StrEnum):
    """What a send came to, as far as is known when it returns."""

    QUEUED = "queued"
    NOT_READY = "not_ready"
    DELIVERED = "delivered"
    DELIVERED_WITH_PROBLEMS = "delivered_with_problems"
    REFUSED = "refused"
    NOT_SURE = "not_sure"
    NO_CONNECTION = "no_connection"


class LinkState(StrEnum):
    """What the connection bar says."""

    CONNECTED = "connected"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    KEY_REFUSED = "key_refused"
    KEY_NEEDED = "key_needed"
    SILENT = "silent"
    REFUSED = "refused"  # TLS or address: final until the user changes something
    OFF = "off"
