"""A plugin that adds to every feed."""

from pelican import signals


def add(context, feed):
    feed.feed["title"] += f" ({len(feed.items)})"


def register():
    signals.feed_generated.connect(add)
