"""Changes to Pelican and Python-Markdown, each with versions it was checked with."""
