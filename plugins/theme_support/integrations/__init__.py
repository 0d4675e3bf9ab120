"""Reads the settings of services of others: analytics and newsletters."""
