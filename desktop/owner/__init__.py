"""The one owner of a data folder: its lock and its loopback door. No Qt. Import the modules: `knock` stays light."""
