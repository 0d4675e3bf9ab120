"""Claims of all languages: read rightly, or refused by name with a mend that works."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.i18n import phrases
from pelican.plugins.live_stats.i18n.claim_rewriter import contradicts
from pelican.plugins.live_stats.i18n.locales import TABLES
from pelican.plugins.live_stats.model.values import Bound, Exactness

LOCALES = sorted(TABLES)
CLAIMS = [
    (locale, f"{form} {phrases.format_number(21_000, locale)}")
    for locale in LOCALES
    for one in TABLES[locale].qualifiers
    for form in one.forms
    if not form.endswith("'")
]
values = st.integers(0, 10**15)


WRITTEN = {
    "en": ("21,000", "21.000"),
    "de": ("21.000", "21,000"),
    "es": ("21.000", "21,000"),
    "it": ("21.000", "21,000"),
    "pt-BR": ("21.000", "21,000"),
    "nl": ("21.000", "21,000"),
    "fr": ("21 000", "21,000"),
    "pl": ("21 000", "21.000"),
    "de-CH": ("21'000", "21.000"),
    "en-IN": ("21,000", "21.000"),
    "es-MX": ("21,000", "21.000"),
}


@pytest.mark.parametrize("locale", WRITTEN)
@given(value=st.integers(1, 999_999), sign=st.sampled_from(".,"))
def test_a_dot_or_comma_before_three_digits_is_read_or_asked_about(locale, value, sign):
    """It never makes a thousandth of what was meant, whatever the language."""
    whole, rest = divmod(value, 1000)
    written = f"{whole}{sign}{rest:03}"
    try:
        read = phrases.parse_claim(written, locale)
    except phrases.ClaimError:
        return
    assert read.value == value and whole


@pytest.mark.parametrize("locale", [*LOCALES, *WRITTEN, "hi", "ja", "ar", "xx"])
@given(value=st.integers(1000, 10**12))
def test_every_way_to_group_digits_is_read_rightly_or_refused(locale, value):
    """With any sign between groups of three, and of two as in India."""
    indian = phrases.format_number(value, "en-IN")
    usual = phrases.format_number(value, "en")
    for grouped in (usual, indian):
        for sign in ".,' \u00a0\u2009\u202f\u2019_·٬，":
            written = grouped.replace(",", sign)
            try:
                read = phrases.parse_claim(written, locale)
            except phrases.ClaimError as error:
                # The mend is a number of this language, and the same one.
                made = re.fullmatch("write ([0-9.,' \u00a0\u202f]+)", error.mend)
                if made:
                    again = phrases.parse_claim(made[1], locale)
                    assert again.value == value, (written, error.mend)
                continue
            assert read.value == value, written


@pytest.mark.parametrize(
    ("locale", "text", "what", "mend"),
    [
        ("ar", "٢١٬٠٠٠", "Arabic-Indic digits", "0 to 9: 21,000"),
        ("fa", "۲۱٬۰۰۰", "Extended Arabic-Indic digits", "21,000"),
        ("hi", "१,२३४", "Devanagari digits", "1,234"),
        ("de", "２１,０００", "full-width digits", "21.000"),
        ("bn", "২১০০০", "Bengali digits", "21000"),
        ("th", "๒๑", "Thai digits", "21"),
        ("ja", "三万", "Chinese numerals", "30000"),
        ("zh", "两千三百", "Chinese numerals", "2300"),
        ("ja", "1.2万", "multiplies", "12,000"),
        ("ko", "3.5만", "multiplies", "35,000"),
        ("en", "MMXVII", "Roman numeral", "2017"),
        ("en", "over Ⅻ posts", "roman numeral", "12"),
        ("de", "½ Million", "fraction", "0,5"),
        ("en", "1½ million", "fraction", "1.5"),
        ("en", "21,000²", "superscript", "delete it"),
        ("ja", "約900件", "limits it", "the figure alone"),
        ("ja", "900以上", "a limit", "the figure alone"),
        ("ja", "2017年", "a year", "the figure alone"),
        ("ja", "5割", "a share", "the figure alone"),
        ("en", "21st", "which one", "the number alone"),
        ("de", "3. Platz", "which one", "the figure alone"),
        ("en", "page 5", "number of something", "the figure alone"),
        ("de", "Nr. 5", "number of something", "the figure alone"),
        ("en", "May 2017", "part of a date", "the figure alone"),
        ("de", "Mai 2017", "part of a date", "the figure alone"),
        ("en", "USD 5 million", "sum of money", "plain text"),
        ("en", "5 euros", "sum of money", "plain text"),
        ("en", "COVID-19", "no number", ""),
        ("en", "–5", "never negative", "sign away"),
        ("en", "1..234", "not how numbers", "in digits"),
        ("de", "zwanzigtausend", "not read as a number", "0 to 9"),
        ("en", "1000.000", "as 1,000 or as 1,000,000", "1,000,000"),
        ("en", "12,5 million", "not how numbers", "12.5 million"),
        ("fr", "1.5 million", "not how numbers", "1,5 million"),
    ],
)
def test_what_is_not_read_is_named_with_its_mend(locale, text, what, mend):
    """The script or the kind of number, and what to write."""
    with pytest.raises(phrases.ClaimError) as caught:
        phrases.parse_claim(text, locale)

    assert what in caught.value.what
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("ja", "900件", 900),
        ("ko", "900명", 900),
        ("th", "21,000โพสต์", 21_000),
        ("zh", "21,000条", 21_000),
        ("en-IN", "12,34,567", 1_234_567),
        ("hi", "1,234,567", 1_234_567),
        ("en", "COVID-19 in 500 posts", 500),
        ("ja", "21\u3000000", 21_000),
    ],
)
def test_numbers_of_other_languages_are_read(locale, text, value):
    """Counters without a space, Indian groups, wide spaces."""
    assert phrases.parse_claim(text, locale).value == value


def test_unknown_words_before_a_number_make_it_vague():
    """ "oltre" may limit it: then no exact change can be said."""
    assert phrases.parse_claim("oltre 21.000", "it").bound is Bound.ABOUT
    assert phrases.parse_claim("21.000 volte", "it").bound is Bound.EXACTLY


@pytest.mark.parametrize(
    ("text", "value", "exactness", "untrue"),
    [
        ("nearly 20,000", 24_318, "exact", True),
        ("nearly 20,000", 19_500, "exact", False),
        ("nearly 20,000", 3, "exact", True),
        ("under 20,000", 3, "exact", False),
        ("over 21,000", 24_318, "exact", False),
        ("over 21,000", 21_000, "exact", True),
        ("over 21,000", 20_000, "at-least", False),
        ("just over 21,000", 240_000, "exact", True),
        ("at least 21,000", 21_000, "exact", False),
        ("at most 300", 301, "exact", True),
        ("fewer than 300", 400, "at-least", True),
        ("about 500", 540, "exact", False),
        ("about 500", 560, "exact", True),
        ("about 500", 100, "at-least", False),
        ("under 20,000", 21_000, "estimate", False),
        ("under 20,000", 24_000, "estimate", True),
        ("nearly 20,000", 15_000, "at-least", False),
        ("nearly 20,000", 24_318, "at-least", True),
        ("at most 20,000", 20_000, "at-least", False),
        ("over 21,000", 21_000, "rounded", False),
        ("over 21,000", 20_400, "rounded", True),
        ("at least 24,360", 24_300, "rounded", False),
        ("59,000", 62_318, "exact", False),
        ("0", 5, "exact", False),
    ],
)
def test_a_reading_contradicts_only_what_it_makes_untrue(
    text, value, exactness, untrue
):
    """A bound that is passed, a near number that is far; a bare number had its day."""
    claim = phrases.parse_claim(text, "en")

    assert contradicts(claim, value, Exactness(exactness)) is untrue


@given(claim=st.sampled_from(CLAIMS), value=values)
def test_a_remade_claim_is_never_contradicted(claim, value):
    """What replaces a claim is true of the reading that it was made from."""
    locale, text = claim
    made = phrases.rewrite_claim(text, locale, value, Exactness.EXACT)

    assert not contradicts(phrases.parse_claim(made, locale), value)


@pytest.mark.parametrize(
    ("locale", "text", "bound"),
    [
        ("en", "300 or fewer posts", Bound.AT_MOST),
        ("en", "300 at most", Bound.AT_MOST),
        ("en", "300 at least", Bound.AT_LEAST),
        ("en", "a maximum of 300", Bound.AT_MOST),
        ("en", "not even 300", Bound.UNDER),
        ("en", "300, give or take", Bound.EXACTLY),  # the comma parts them
        ("de", "300 oder weniger", Bound.AT_MOST),
        ("de", "nicht ganz 300", Bound.UNDER),
        ("fr", "300 au maximum", Bound.AT_MOST),
        ("fr", "un minimum de 300", Bound.AT_LEAST),
        ("es", "300 como máximo", Bound.AT_MOST),
        ("es", "ni siquiera 300", Bound.UNDER),
    ],
)
def test_a_limit_may_stand_before_or_behind_the_number(locale, text, bound):
    """Read as an exact number, "300 or fewer" would become "250 or fewer posts", and
    nothing would contradict it."""
    read = phrases.parse_claim(text, locale)

    assert (read.value, read.bound) == (300, bound)
    assert contradicts(read, 450) is (bound in (Bound.AT_MOST, Bound.UNDER))
