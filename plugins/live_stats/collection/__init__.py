"""Fetches current readings from the platforms.

collector      one collection: plans, runs, stores readings, records failures
planner        which references are due, as queries
scheduler      runs the queries: order, pauses, `Retry-After`, deadline
daily_windows  which reading is for which window
budgets        limits of requests and money
http_client    sends requests: timeouts, redirects, ETags, size limit
http_errors    statuses such as 404 and 429, and broken bodies, as errors
plausibility   implausible readings: held, confirmed or accepted
health         the status of each platform, and numbers that are too old
"""
