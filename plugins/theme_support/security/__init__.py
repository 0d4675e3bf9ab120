"""Decides what a page may load, and writes the headers that say so."""
