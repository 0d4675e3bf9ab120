"""Mistakes of authors, found before anything is published."""
