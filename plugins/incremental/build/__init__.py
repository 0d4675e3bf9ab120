"""One build, from the first signal to the last file."""
