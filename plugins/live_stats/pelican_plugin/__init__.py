"""The connection to Pelican. Imports nothing, so that commands start quickly."""
