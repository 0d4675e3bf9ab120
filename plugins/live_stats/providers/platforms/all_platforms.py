"""All platforms: nobody is asked, the number is added up from others (`sums.py`)."""

from datetime import timedelta

from ..base import Kind, Metric, Provider


class Everywhere(Provider):
    name = "all"
    label = "All platforms"
    docs = ""
    fresh_for = timedelta(days=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="", page="", metrics=(
            Metric(name="posts", days=range(1, 8),
                   default_days=6, scope="posts on the platforms that can be added up",
                   caveat="Only platforms that count the same days and never the same "
                          "post twice are added: never all of the web."),
        )),
    )
    # fmt: on
