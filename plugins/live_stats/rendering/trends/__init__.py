"""What a series of readings shows: rates, milestones, and sentences about them."""
