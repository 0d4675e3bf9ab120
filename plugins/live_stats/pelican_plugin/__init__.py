"""Builds a site inside of Pelican: from what authors write to filled pages."""

# The command `live-stats` defers Pelican until one of its names is used. That must not
# happen inside of one of its modules: they import each other by way of the package.
from pelican import Pelican  # noqa: F401
