"""The part of a desk that needs keys, wire models and connections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from desktop.services.views import Changed, Subject

if TYPE_CHECKING:
    from desktop.assembly.desk import Desk
    from desktop.security.vault import Vault
    from desktop.services.courier import Owner


class Sender:
    """The part of a desk that needs keys, wire models and connections."""

    def __init__(self, desk: Desk, owner: Owner, vault: Callable[[], Awaitable[Vault]]) -> None:
        from desktop.services.companies import Companies
        from desktop.services.importing import Importing
        from desktop.services.link import Links
        from desktop.services.outgoing import Outgoing
        from desktop.services.progress import Progress
        from desktop.services.receiving import Receiving
        from desktop.services.requests import Requests
        from desktop.services.submit import Submit
        from desktop.services.waiting import Waiting

        store, changes, clock = desk.store, desk.changes, desk.clock
        self.receiving = Receiving(store, changes)
        leases = None if desk.options.leases is None else desk.options.leases()
        self.links = Links(store, self.receiving, vault, owner, desk.listening, changes, clock, desk.keeper, leases)
        self.companies = Companies(store, vault, changes, self.links.test, self.links.restart)
        self.importing = Importing(store, changes)
        self.progress = Progress(store, Outgoing(store, clock), changes, clock, self.links.kick)
        self.submit = Submit(
            store,
            desk.facts,
            desk.border,
            self.importing,
            desk.editing,
            Outgoing(store, clock),
            Waiting(store, desk.border, desk.server_errors, changes, clock, self.links.status_of),
            changes,
            clock,
            self.links.kick,
            lambda trip: desk.keeper.start(desk.goods.learn_from(trip), name="remember goods"),
        )
        self.requests = Requests(
            store, self.companies, self.importing, self.submit, desk.lookups, lambda: desk.tables, lambda: desk.backups
        )
        self._keeper = desk.keeper
        changes.subscribe(self._on_change)

    def _on_change(self, changed: Changed) -> None:
        if changed.subject is Subject.TRIP:
            self._keeper.start(self.links.count_waiting(), name="count what waits to go")
