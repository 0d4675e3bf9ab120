"""Checks settings files before Pelican reads them, and finds the line of a setting."""
