"""Reads what authors write: posts with live figures, drafts, the files they use."""
