"""Templates that a post names."""

from planted import Case, Fine

HEAD = "Title: {title}\nDate: 2017-10-17\n{line}\nCategory: News\n\nText.\n"


def post(title, line):
    return HEAD.format(title=title, line=line)


CASES = [
    Case(
        name="template that the theme has not",
        files={"content/posts/no-template.md": post("None", "Template: counting")},
        at="content/posts/no-template.md:3",
        says=("the theme has no counting.html", "add it there, or delete the line"),
        mended={"content/posts/no-template.md": post("None", "Author: A")},
    ),
    Case(
        name="template with a slip of the pen",
        files={"content/pages/slip.md": post("Slip", "Template: pgae")},
        at="content/pages/slip.md:3",
        says=("the theme has no pgae.html", 'did you mean "page"?'),
        mended={"content/pages/slip.md": post("Slip", "Template: page")},
    ),
]

FINE = [
    Fine(
        name="a template of the theme",
        files={"content/posts/with-template.md": post("With", "Template: article")},
    ),
]
