"""The note below a port: which crossing it is, what lies opposite, and by which words it was found."""

from __future__ import annotations

from desktop.domain import crossings
from desktop.domain.lifecycle import Regime
from desktop.texts import text

_MOST = 2


def port_note(regime: Regime, port: object, found_by: str = "") -> str:
    """Return the note for a port of a trip to `regime`'s side; empty where our table has no crossing for it."""
    if not isinstance(port, str) or not port:
        return ""
    is_ace = regime is Regime.ACE
    found = crossings.by_us_port(port) if is_ace else crossings.by_ca_office(port)
    if found_by:
        named = tuple(one for one in crossings.search(found_by) if one in found)
        found = named or found
    cities = list(dict.fromkeys((one.ca_city if is_ace else one.us_city) for one in found))
    cities = [city for city in cities if city]
    if not cities:
        return ""
    shown = ", ".join(cities[:_MOST]) + ("…" if len(cities) > _MOST else "")
    if len(found) == 1:
        if found_by:
            return text("trip_editor.port.found", name=found[0].name, words=found_by)
        return text("trip_editor.port.opposite", name=found[0].name, city=shown)
    if found_by:
        return text("trip_editor.port.found_several", cities=shown, words=found_by)
    return text("trip_editor.port.several", cities=shown)
