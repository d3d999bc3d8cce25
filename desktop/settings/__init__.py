"""Settings with meaning and default, and the platform's paths."""
