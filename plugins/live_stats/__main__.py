"""`python -m pelican.plugins.live_stats` is the command `live-stats`."""

from live_stats_command import main

main()
