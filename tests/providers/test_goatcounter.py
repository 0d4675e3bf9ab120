"""GoatCounter: what is read of its replies."""

import pytest

from live_stats.errors import ChangedShape


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("goatcounter@example.org/site/all", 7654301),
        ("goatcounter@example.org/site/all/visitors@7d", 7654302),
        ("goatcounter@example.org/page/%2Fposts%2Fa%2F", 7654303),
        ("goatcounter@example.org/page/%2Fnever%2F", 0),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


@pytest.mark.parametrize("text", ["1.5k", "", "-3", "many", "12,34"])
def test_only_a_formatted_number_is_read(ask, platforms, text):
    """Digits and what may stand between thousands, nothing else."""
    platforms.edit["example.org"] = lambda reply: {"count": text}

    with pytest.raises(ChangedShape):
        ask("goatcounter@example.org/site/all")
