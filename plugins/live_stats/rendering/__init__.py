"""Figures as text, HTML, SVG, images and data files."""
