"""Models and roles that several lists share."""
