"""What templates can use: `stats`, hashtags, rows, slots."""
