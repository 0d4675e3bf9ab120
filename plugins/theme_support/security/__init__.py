"""What a page may load, and the headers that say so."""
