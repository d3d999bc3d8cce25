"""eManifest Desk: ACE and ACI eManifests for small cross-border carriers, through BorderConnect."""

__version__ = "0.1.0"
