"""One module for each platform: what it counts, and how its replies are parsed."""
