"""What is known of one shipment, built up fact by fact in their order (product, output shapes; domain 4.5, 5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from desktop.crossing.meaning import CANCEL_REQUESTS, FIRST_REQUESTS, What
from desktop.crossing.news import Fact
from desktop.crossing.proof import Proof
from desktop.domain.lifecycle import Clearance, Regime
from desktop.texts import text

RELEASED: Final = frozenset({Clearance.RELEASED, Clearance.RELEASED_CFIA})
"""Clearances of a shipment that customs let go."""

CLEARED: Final = RELEASED | {Clearance.ENTRY_ON_FILE, Clearance.SET}
"""Clearances that count as cleared: the broker's side is on file too."""

_FROM: Final = {
    What.ENTRY: Clearance.ENTRY_ON_FILE,
    What.SET: Clearance.SET,
    What.RELEASED: Clearance.RELEASED,
    What.RELEASED_CFIA: Clearance.RELEASED_CFIA,
    What.EXAM: Clearance.EXAM,
    What.RNS_ERROR: Clearance.REFUSED,
    What.NOT_SET: Clearance.NONE,
}


@dataclass(frozen=True, slots=True)
class ShipmentState:
    """What is known of one shipment.

    Attributes:
        clearance: the broker's side and customs' word.
        released: whether customs let it go; None where nothing of what came is understood.
        holds: holds placed and not taken off.
        entry_number: entry or transaction number; empty where none came.
        code: the code the clearance comes from; empty where there is none.
        has_stray_removal: a hold was taken off that was never seen: something is missing.
        unknown_codes: codes that came and are not understood.
        office: the office the broker named (ACI); empty where none came.
        is_authorised_delivery: released as authorised to deliver (RNS 23).
        regime: whose customs.
        is_cleared: whether the broker's side is on file too, whatever hold stands beside it.
        on_file_at: our receipt (UTC) of the acceptance that put it on file; None while it is not.
        proofs: what each statement rests on: `clearance`, `hold`, `stray`, `unknown`, `link`, `refused`, `office`.
    """

    clearance: Clearance = Clearance.NONE
    released: bool | None = False
    holds: int = 0
    entry_number: str = ""
    code: str = ""
    has_stray_removal: bool = False
    unknown_codes: tuple[str, ...] = ()
    office: str = ""
    is_authorised_delivery: bool = False
    regime: Regime = Regime.ACE
    is_cleared: bool = False
    on_file_at: datetime | None = None
    proofs: Mapping[str, Proof] = field(default_factory=dict)

    @property
    def text_key(self) -> str:
        """Key of the words for it."""
        if self.clearance is Clearance.SET and self.regime is Regime.ACE:
            return "crossing.clearance.in_bond"
        if self.is_authorised_delivery and self.clearance is Clearance.RELEASED:
            return "crossing.clearance.authorised"
        return f"crossing.clearance.{self.clearance}"

    @property
    def text(self) -> str:
        """The words for it, with the code after them where one is known."""
        shown = self.unknown_codes[-1] if self.clearance is Clearance.UNKNOWN else self.code
        words = text(self.text_key)
        return text("crossing.clearance.with_code", words=words, code=shown) if shown else words


@dataclass
class Gathering:
    """One shipment while its facts are gathered."""

    regime: Regime
    base: Clearance | None = None
    link: Clearance | None = None
    code: str = ""
    entry: str = ""
    office: str = ""
    is_refused: bool = False
    is_link_broken: bool = False
    is_stray: bool = False
    on_file_at: datetime | None = None
    holds: dict[str, list[Proof]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    proofs: dict[str, Proof] = field(default_factory=dict)

    def take(self, fact: Fact, proof: Proof) -> None:
        """Take in one fact about this shipment."""
        self.entry = fact.entry or self.entry
        if fact.office:
            self.office, self.proofs["office"] = fact.office, proof
        what = fact.what
        if what in _FROM:
            self._clear(fact, proof)
        elif what is What.HOLD:
            self.holds.setdefault(fact.place, []).append(proof)
        elif what is What.HOLD_OFF:
            self._hold_off(fact.place, proof)
        elif what in {What.MATCHED, What.NOT_MATCHED}:
            self.is_link_broken = what is What.NOT_MATCHED
            self.link = Clearance.NOT_MATCHED if self.is_link_broken else Clearance.MATCHED
            self.proofs["link"] = proof
        elif what is What.NOT_UNDERSTOOD:
            self.unknown.append(fact.code)
            self.proofs["unknown"] = proof
        elif what is What.REFUSED:
            self.is_refused, self.proofs["refused"] = True, proof
        elif what is What.ACCEPTED:
            self._accepted(fact, proof)
        elif what is What.ACKNOWLEDGED and self.base is None:
            self.base, self.code = Clearance.NONE, fact.code

    def taken(self) -> None:
        """Forget a refusal: customs took the shipment since."""
        self.is_refused = False
        self.proofs.pop("refused", None)

    def _accepted(self, fact: Fact, proof: Proof) -> None:
        """Take in that this shipment by itself was accepted (ACI); a first filing starts its hour anew."""
        self.taken()
        if fact.request in CANCEL_REQUESTS:
            self.on_file_at = None
        elif fact.request in FIRST_REQUESTS or self.on_file_at is None:
            self.on_file_at = proof.at

    def _clear(self, fact: Fact, proof: Proof) -> None:
        new = _FROM[fact.what]
        if self.base is Clearance.EXAM and new not in RELEASED | {Clearance.REFUSED}:
            return  # only a release ends an examination
        self.base, self.code, self.proofs["clearance"] = new, fact.code, proof
        if new is not Clearance.NONE:
            self.is_link_broken = False

    def _hold_off(self, place: str, proof: Proof) -> None:
        """Take off one hold of this place, the oldest: which one is meant nobody says."""
        if self.holds.get(place):
            self.holds[place].pop(0)
        else:
            self.is_stray, self.proofs["stray"] = True, proof

    def state(self) -> ShipmentState:
        """Return what is known now."""
        clearance = self._clearance()
        open_holds = [proof for proofs in self.holds.values() for proof in proofs]
        if open_holds:
            self.proofs["hold"] = min(open_holds, key=lambda proof: (proof.at, proof.frame))
        is_unknown = clearance is Clearance.UNKNOWN
        return ShipmentState(
            clearance=clearance,
            released=None if is_unknown else clearance in RELEASED,
            holds=len(open_holds),
            entry_number=self.entry,
            code=self.code if clearance is self.base else "",
            has_stray_removal=self.is_stray,
            unknown_codes=tuple(self.unknown),
            office=self.office,
            is_authorised_delivery=clearance is Clearance.RELEASED and self.regime is Regime.ACI and self.code == "23",
            regime=self.regime,
            is_cleared=self.base in CLEARED and not self.is_refused and not self._is_unlinked(),
            on_file_at=self.on_file_at,
            proofs=dict(self.proofs),
        )

    def _is_unlinked(self) -> bool:
        """Tell whether a broken link says more than what came before it."""
        return self.is_link_broken and self.base not in RELEASED

    def _clearance(self) -> Clearance:
        if self.is_refused:
            return Clearance.REFUSED
        if any(self.holds.values()):
            return Clearance.HOLD
        if self.base is not None and self.base in RELEASED | {Clearance.EXAM, Clearance.REFUSED}:
            return self.base
        if self.is_link_broken:
            return Clearance.NOT_MATCHED
        if self.base is not None and self.base is not Clearance.NONE:
            return self.base
        if self.link is not None:
            return self.link
        return Clearance.UNKNOWN if self.base is None and self.unknown else Clearance.NONE
