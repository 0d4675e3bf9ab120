"""The commands of `live-stats`."""
