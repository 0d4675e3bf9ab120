"""What an author may write as a source of a figure, and which series that is."""
