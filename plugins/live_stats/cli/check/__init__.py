"""The command `check`: findings, and the forms in which they are printed."""
