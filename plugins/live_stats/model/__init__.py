"""Values, errors and settings that all packages use. No clock, network or disk.

values               Reference, Reading, Observation, Claim, Window, Span
errors               mistakes of people, failures of platforms
settings             `LIVE_STATS_*`, parsed; settings_validation finds mistakes
freshness            the rule for fresh, stale and due
suggestions          "did you mean …?"
messages             numbers with their nouns
characters           invisible characters that feeds cannot hold
"""
