"""What is said of a change, or written anew, holds wherever the truth may lie."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.i18n import phrases
from pelican.plugins.live_stats.i18n.claim_rewriter import contradicts
from pelican.plugins.live_stats.model.ranges import change_between, meant_end
from pelican.plugins.live_stats.model.values import Bound, Exactness

LANGUAGES = ("en", "de", "fr", "es")
SIZES = st.sampled_from([1, 10, 100, 1000, 10**6])
numbers = st.builds(lambda n, size: n * size, st.integers(0, 999), SIZES)


def near(number):
    """What is about a number: a tenth more or less."""
    return st.integers(number - number // 10, number + number // 10)


@st.composite
def claims(draw):
    """The bound and number of a claim, and what was true on its day."""
    bound, number = draw(st.sampled_from(list(Bound))), draw(numbers)
    number += bound is Bound.UNDER and not number  # nothing is fewer than 0
    end = meant_end(number) - 1  # "over 21,000": below 22,000
    true = {
        Bound.EXACTLY: st.just(number),
        Bound.OVER: st.integers(number + 1, end),
        Bound.AT_LEAST: st.integers(number, end),
        Bound.UNDER: st.integers(0, max(number - 1, 0)),
        Bound.AT_MOST: st.integers(0, number),
        Bound.ABOUT: near(number),
    }[bound]
    return bound, number, draw(true)


@st.composite
def readings(draw):
    """The value and exactness of a reading, and what is true."""
    exactness, true = draw(st.sampled_from(list(Exactness))), draw(numbers)
    match exactness:
        case Exactness.AT_LEAST:
            return draw(st.integers(0, true)), exactness, true
        case Exactness.ESTIMATE:
            return true, exactness, draw(near(true))
        case Exactness.ROUNDED:
            unit = 10 ** max(len(str(true)) - 3, 0)
            down = draw(st.booleans())
            value = true // unit if down else (2 * true + unit) // (2 * unit)
            return value * unit, exactness, true
        case _:
            return true, exactness, true


@given(claims(), readings(), st.sampled_from(LANGUAGES))
@settings(max_examples=400)
def test_a_change_is_true_of_every_number_in_the_range(claim, reading, lang):
    """Direction, size and share, in every language, whatever both leave open."""
    (bound, then, was), (now, exactness, true) = claim, reading
    text = phrases.describe_change(bound, then, now, exactness, lang)
    change = change_between(bound, then, now, exactness)
    words = phrases.phrases_of(lang)
    if change is None or not change.step:
        assert text in (None, words.unchanged, words.about_the_same)
        assert text != words.unchanged or true == was
        return

    step = true - was if change.up else was - true
    assert step > 0
    number, _, share = text.partition("(")
    stated = int(re.sub(r"\D", "", number))
    figure = re.search(r"\d[\d.,\s]*", number)[0].rstrip()
    assert number.rstrip() in words.change(figure, change.bound, up=change.up)
    match change.bound:
        case Bound.EXACTLY:
            assert step == stated
        case Bound.OVER:
            assert step > stated
        case Bound.AT_LEAST:
            assert step >= stated
        case Bound.UNDER:
            assert step < stated
        case Bound.AT_MOST:
            assert step <= stated
    percent = int(re.match(r"\d+", share)[0]) if share else None
    if percent and was:
        part = 100 * Fraction(step, was)
        if change.bound in (Bound.OVER, Bound.AT_LEAST):
            assert part >= percent
        if change.bound in (Bound.UNDER, Bound.AT_MOST, Bound.EXACTLY):
            assert part < percent + (1 if percent < 100 else 10)
    assert not re.search(r"\d %", text)  # a line may end between the two


@given(
    st.sampled_from(
        ["over 21,000", "21,000", "nearly 2 million", "at most 300", "about 500"]
    ),
    readings(),
)
def test_a_rewritten_claim_is_true_of_every_number_in_the_range(text, reading):
    """Whatever the reading leaves open, it does not contradict the words."""
    value, exactness, true = reading
    made = phrases.rewrite_claim(text, "en", value, exactness)

    claim = phrases.parse_claim(made, "en")
    if exactness is Exactness.ESTIMATE:
        assert claim.bound is Bound.ABOUT  # how far it is off nobody knows
    else:
        assert not contradicts(claim, true) or abs(true - claim.value) <= 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "up by less than 8,667 (41%)"),
        ("de", "um weniger als 8.667 (41\xa0%) gestiegen"),
        ("fr", "en hausse de moins de 8\u202f667 (41\xa0%)"),
        ("es", "aumento de menos de 8.667 (41\xa0%)"),
    ],
)
def test_how_a_change_reads(lang, text):
    """In the forms of each language, with no space that a line may end in."""
    said = phrases.describe_change(Bound.OVER, 21_000, 29_667, Exactness.EXACT, lang)

    assert said == text
