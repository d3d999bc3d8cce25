"""The database of a data folder: companies, trips, library, outbox, frames and what is derived from them."""
