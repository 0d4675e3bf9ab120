"""Which values a template can read, found without rendering it."""
