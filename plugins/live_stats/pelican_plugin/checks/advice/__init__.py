"""Finds what stops no build and is worth a look: advice, each with its line.

`Advisor` gives it for the posts and pages that a build has read. `rules` names its
kinds. Whether something is wrong is decided by the HTML that was made of a text, which
is what readers get; the source is searched only for the line.

    outline      the headings, links, images and tables of a text
    post         one text: its source, and what it became
    structure    headings, tables, ids, titles
    media        images and links
    markup       Markdown that was not recognised
    hashtags     hashtags that the front matter lacks
    readings     claims, and the readings behind figures, with `claims`
"""

from .advisor import Advisor

__all__ = ["Advisor"]
