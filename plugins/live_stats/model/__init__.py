"""Values, errors and settings that all packages use. No clock, network or disk."""
