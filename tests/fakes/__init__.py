"""Stand-ins written by hand, so that tests need no patching."""
