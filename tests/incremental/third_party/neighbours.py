"""A plugin that gives each post its neighbours, and counts them as they are written."""

from pelican import signals


def link(generator):
    posts = generator.articles
    for one, other in zip(posts, posts[1:], strict=False):
        one.metadata["next"] = one.next_post = other.title


def number(generator, content):
    content.place = (
        generator.articles.index(content) if content in generator.articles else -1
    )


def register():
    signals.article_generator_finalized.connect(link)
    signals.article_generator_write_article.connect(number)
