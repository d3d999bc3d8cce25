"""The store: everything the program keeps, behind async classes; the only place with SQL."""

from desktop.store.database import DATABASE, Store, open_store
from desktop.store.error import Conflict, Gone, NameTaken, NoData, OtherKind

__all__ = ["DATABASE", "Conflict", "Gone", "NameTaken", "NoData", "OtherKind", "Store", "open_store"]
