"""Files for others: images, badges, tables, a feed."""
