"""Services of others: analytics and newsletters."""
