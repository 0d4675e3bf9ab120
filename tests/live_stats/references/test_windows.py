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
        (
            (1, 7, 30),
            7,
            14,
            "covers 1, 7 or 30 complete days, not 14d",
            "write @7d or @30d",
        ),
        ((1, 7, 30), 7, 31, "covers 1, 7 or 30 complete days, not 31d", "write @30d"),
        ((7, 30), 7, 1, "covers 7 or 30 complete days, not 1d", "write @7d"),
        ((1, 7, 30), 7, None, "covers 1, 7 or 30 complete days, not all", "write @30d"),
        ((7, 8, 9), 7, 2, "covers 7 to 9 complete days, not 2d", "write @7d"),
        ((7,), 7, 8, "covers 7 complete days, not 8d", "write @7d"),
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


def test_every_window_that_is_advised_is_on_offer():
    """Whatever the windows are: what a mistake says to write is accepted."""
    days = (1, 7, 30)
    one = provider(days, 7)
    metric = one.kinds[0].metrics[0]

    for asked in range(1, 40):
        try:
            grammar.resolve_window(one, metric, Window(days=asked))
            assert asked in days
        except grammar.AddressError as error:
            advised = error.mend.removeprefix("write ").split(" or ")
            for window in advised:
                grammar.resolve_window(one, metric, Window.parse(window[1:]))
