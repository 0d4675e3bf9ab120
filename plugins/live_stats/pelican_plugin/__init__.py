"""Builds a site inside of Pelican: from what authors write to filled pages."""
