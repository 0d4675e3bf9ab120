"""Files, processes and hashing; knows nothing of Pelican."""
