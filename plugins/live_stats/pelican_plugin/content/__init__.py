"""What authors write: figure links, front matter, files."""
