"""Fetch current readings: requests, limits, budgets, deadlines."""
