"""Numbers and phrases in the languages that authors write."""
