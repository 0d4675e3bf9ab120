"""Posts that readers do not see yet, among the others and marked: for the author."""

from datetime import UTC, datetime
from typing import Any

from pelican.utils import order_content

from . import wording


def show(generator: Any) -> None:
    """Put drafts, and posts dated in the future, into the lists of a generator.

    Each has `unpublished`, words that say why nobody else sees it.
    """
    now = datetime.now(UTC)
    for post in (*generator.drafts, *generator.drafts_translations):
        undated = post.date.year == 9999
        if undated:
            post.date = now.replace(microsecond=0)
        planned = not undated and post.date > now and "status" not in post.metadata
        day = wording.day(post.date.date(), generator.settings["DEFAULT_LANG"])
        post.unpublished = f"planned for {day}" if planned else "draft"
    order = generator.settings["ARTICLE_ORDER_BY"]
    generator.articles = order_content(generator.articles + generator.drafts, order)
    generator.translations = generator.translations + generator.drafts_translations
    generator.drafts, generator.drafts_translations = [], []
