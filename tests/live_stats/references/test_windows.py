"""Over which days a platform counts, in the words of mistakes."""

import pytest

from pelican.plugins.live_stats.model.values import Window
from pelican.plugins.live_stats.providers.base import Kind, Metric, Provider
from pelican.plugins.live_stats.references import grammar


def provider(days, default):
    """A platform with one metric of these windows."""

    class Pebble(Provider):
        name, label, docs = "pebble", "Pebble", "https://pebble.example/"
        kinds = (
            Kind(
                name="tag",
                example="metoo",
                host="pebble.example",
                page="https://pebble.example/{subject}",
                metrics=(
                    Metric(
                        name="posts",
                        path="posts",
                        scope="on Pebble",
                        days=days,
                        default_days=default,
                    ),
                ),
            ),
        )

    return Pebble()


@pytest.mark.parametrize(
    "days, default, asked, what, mend",
    [
        (range(7, 8), 7, 3, "covers 7 complete days, not 3d", "write @7d"),
        (range(1, 2), 1, 3, "covers one complete day, not 3d", "write @1d"),
        (range(1, 7), 6, 9, "covers 6 complete days at most, not 9d", "write @6d"),
        (range(3, 8), 7, 2, "covers 3 to 7 complete days, not 2d", "write @3d"),
    ],
)
def test_a_window_that_is_not_on_offer_is_told_those_that_are(
    days, default, asked, what, mend
):
    """The message is true of fixed windows and of windows with a least length too."""
    one = provider(days, default)

    with pytest.raises(grammar.AddressError) as error:
        grammar.resolve_window(one, one.kinds[0].metrics[0], Window(days=asked))

    assert what in error.value.what and error.value.mend == mend
