"""Stack Exchange: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import NotFound


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("stackexchange/tag/python", 7654301),
        ("https://stackoverflow.com/questions/tagged/python/questions", 7654301),
        ("stackexchange@superuser/tag/windows", 7654302),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_an_unknown_tag_is_not_zero(ask):
    """No item means no such tag."""
    with pytest.raises(NotFound):
        ask("stackexchange/tag/unused")
