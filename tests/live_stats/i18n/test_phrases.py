"""Claims read and re-made: what a sentence says stays true, in every language."""

import re
from datetime import date

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from pelican.plugins.live_stats.i18n import phrases
from pelican.plugins.live_stats.i18n.locales import TABLES
from pelican.plugins.live_stats.model.values import Bound, Exactness

LOCALES = sorted(TABLES)
NUMBERS = {
    "en": ["21,000", "8,000,000", "10 million", "half a million", "1.2bn", "12.5k"],
    "de": ["21.000", "8.000.000", "10 Millionen", "eine halbe Million", "1,2 Mrd."],
    "fr": ["21 000", "8 000 000", "10 millions", "1,2 milliard", "12,5 k"],
    "es": ["21.000", "8.000.000", "10 millones", "medio millón", "5 mil millones"],
}
NUMBERS["en"] += ["5 hundred", "two dozen", "twenty thousand", "1.234 million"]
NUMBERS["de"] += ["5 Hundert", "zwei Dutzend", "1,234 Mio."]
NUMBERS["fr"] += ["5 cents", "vingt mille", "1,234 M"]
NUMBERS["es"] += ["5 centenares", "veinte mil", "1,2 billones", "1,234 M", "12,5 k"]
CLAIMS = [
    (locale, f"{form}{'' if form.endswith(chr(39)) else ' '}{number}".strip())
    for locale in LOCALES
    for form in [
        "",
        *(form for one in TABLES[locale].qualifiers for form in one.forms),
    ]
    for number in NUMBERS[locale]
    if not (form.endswith("'") and number[0].isdigit())
]
# Just below, at and just above every step that rounding can take.
EDGES = sorted(
    {
        max(digit * 10**power + off, 0)
        for power in range(13)
        for digit in (1, 2, 5, 9, 10, 24, 95, 99, 100, 101, 995, 999)
        for off in (-1, 0, 1)
    }
)
values = st.integers(0, 10**15) | st.sampled_from(EDGES)


def holds(bound, number, value):
    """Whether "<bound> number" is true of `value`."""
    return {
        Bound.EXACTLY: value == number,
        Bound.OVER: value > number,
        Bound.AT_LEAST: value >= number,
        Bound.UNDER: value < number,
        Bound.AT_MOST: value <= number,
        Bound.ABOUT: abs(value - number) * 20 <= max(value, number),
    }[bound]


def check(locale, claim, value):
    made = phrases.rewrite_claim(claim, locale, value, Exactness.EXACT)
    read = phrases.parse_claim(made, locale)
    first = phrases.parse_claim(claim, locale)

    assert holds(read.bound, read.value, value), (claim, value, made)
    assert read.bound in (first.bound, Bound.EXACTLY), (claim, value, made)
    if read.close:
        assert abs(read.value - value) * 10 <= value, (claim, value, made)


@given(claim=st.sampled_from(CLAIMS), value=values)
def test_a_remade_claim_is_true_of_its_reading(claim, value):
    """Whatever the claim, the value and the language: the new sentence is true."""
    check(*claim, value)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_remade_claim_is_true_at_every_rounding_step(locale):
    """Every qualifier, at all edges of rounding, one by one and not by chance."""
    for own, claim in CLAIMS:
        if own == locale:
            for value in EDGES[:: 1 if "000" in claim else 7]:
                check(locale, claim, value)


@given(claim=st.sampled_from(CLAIMS), value=values)
def test_a_lower_bound_only_says_at_least(claim, value):
    """A reading that may be too low supports no other qualifier."""
    locale, text = claim
    made = phrases.rewrite_claim(text, locale, value, Exactness.AT_LEAST)
    read = phrases.parse_claim(made, locale)

    assert read.bound is Bound.AT_LEAST
    assert value >= read.value


@given(
    claim=st.sampled_from(CLAIMS),
    value=values,
    exactness=st.sampled_from([Exactness.ESTIMATE, Exactness.ROUNDED]),
)
def test_an_estimate_only_says_about(claim, value, exactness):
    """An estimate supports no bound, and no bare number."""
    locale, text = claim
    read = phrases.parse_claim(
        phrases.rewrite_claim(text, locale, value, exactness), locale
    )

    assert read.bound is Bound.ABOUT
    assert holds(Bound.ABOUT, read.value, value)


@pytest.mark.parametrize(
    ("locale", "claim", "value", "made"),
    [
        ("en", "over 21,000", 24_318, "over 24,000"),
        ("en", "over 21,000", 24_000, "over 23,000"),
        ("en", "over 21,000", 0, "0"),
        ("en", "Over 21,000", 24_318, "Over 24,000"),
        ("en", "shared over 21,000 times", 24_318, "shared over 24,000 times"),
        ("en", "more than 8,000,000", 8_412_007, "more than 8,400,000"),
        ("en", "over 10 million", 13_517_400, "over 13 million"),
        ("en", "over 10 million", 13_517, "over 13,000"),
        ("en", "over 10 million", 1_250_000_000, "over 1.2 billion"),
        ("en", "nearly half a million", 1_340_000, "nearly 1.4 million"),
        ("en", "nearly half a million", 3, "3"),
        ("en", "59,000", 61_204, "61,204"),
        ("en", "about 1.2bn", 940_000_000, "about 940m"),
        ("en", "at least 12.5k", 43_900, "at least 43.9k"),
        ("en", "500 or more", 24_318, "24,000 or more"),
        ("de", "über 21.000", 24_318, "über 24.000"),
        ("de", "knapp eine halbe Million", 1_340_000, "knapp 1,4 Millionen"),
        ("de", "über 1,2 Mio.", 1_000_001, "über 1 Mio."),
        ("de", "über 10 Millionen", 1_050_000, "über 1 Million"),
        ("fr", "plus de 21 000", 24_318, "plus de 24\u202f000"),
        ("fr", "près d’un demi-million", 1_340_000, "près de 1,4 million"),
        ("fr", "plus de 10 millions", 2_100_001, "plus de 2,1 millions"),
        ("es", "más de 21.000", 24_318, "más de 24.000"),
        ("es", "Unas 21.000 menciones", 24_318, "Unas 24.000 menciones"),
        ("es", "casi medio millón", 1_340_000, "casi 1,4 millones"),
        ("es", "más de un millón y medio", 1_040_000, "más de 1 millón"),
        ("es", "más de 10 millones", 1_250_000_000, "más de 1.200 millones"),
        ("es", "más de 5 mil", 3_100_000_000, "más de 3 mil millones"),
        ("es", "más de 5 mil millones", 6_200_000, "más de 6,1 millones"),
        ("es", "500 o más", 24_318, "24.000 o más"),
    ],
)
def test_wording_that_a_person_can_check(locale, claim, value, made):
    """Unit and digits follow the reading; the author's words stay."""
    assert phrases.rewrite_claim(claim, locale, value, Exactness.EXACT) == made


@pytest.mark.parametrize(
    ("locale", "text", "bound", "value"),
    [
        ("en", "59,000", "exactly", 59_000),
        ("en", "just under 2 thousand", "under", 2_000),
        ("en", "a quarter of a million", "exactly", 250_000),
        ("en", "two million", "exactly", 2_000_000),
        ("en", "a dozen", "exactly", 12),
        ("en", "“over 21\u202f000”", "over", 21_000),
        ("en", "1.2 m", "exactly", 1_200_000),
        ("en", "over 5 hundred posts", "over", 500),
        ("en", "over 5-hundred", "over", 500),
        ("en", "half a dozen", "exactly", 6),
        ("en", "two hundred thousand", "exactly", 200_000),
        ("en", "0.500 million", "exactly", 500_000),
        ("en", "1,000 million", "exactly", 1_000_000_000),
        ("en", "over 500 posts", "over", 500),
        ("en", "over 500 X posts", "over", 500),
        ("en", "over 500 K-pop posts", "over", 500),
        ("en", "over 500 posts with #million", "over", 500),
        ("en", "shared 3 times in twenty days", "exactly", 3),
        ("en", "over 2017 posts", "over", 2017),
        ("de", "über 5 Dutzend Beiträge", "over", 60),
        ("de", "1.000 Mio.", "exactly", 1_000_000_000),
        ("fr", "vingt mille", "exactly", 20_000),
        ("en", "no more than 300", "at-most", 300),
        ("en-GB", "over 21,000", "over", 21_000),
        ("de", "gut 400.000", "over", 400_000),
        ("de", "mehr als 8 000 000", "over", 8_000_000),
        ("de", "anderthalb Millionen", "exactly", 1_500_000),
        ("de", "1.200", "exactly", 1_200),
        ("de-AT", "eine Viertelmillion", "exactly", 250_000),
        ("fr", "plus d'un million et demi", "over", 1_500_000),
        ("fr", "jusqu’à 2 millions", "at-most", 2_000_000),
        ("fr", "quelque 3 000", "about", 3_000),
        ("es", "unas 3.000", "about", 3_000),
        ("es", "cerca de 2 millones", "under", 2_000_000),
        ("es", "un millón y medio", "exactly", 1_500_000),
        ("es", "cien mil", "exactly", 100_000),
        ("es", "quinientas mil", "exactly", 500_000),
        ("es", "un poco más de mil", "over", 1_000),
        ("es", "no menos de veintidós millones", "at-least", 22_000_000),
        ("es", "a lo sumo dos docenas", "at-most", 24),
        ("es", "tres cuartos de millón", "exactly", 750_000),
        ("es-MX", "más de 21,000", "over", 21_000),
        ("es", "más de 3 mil millones de vistas", "over", 3_000_000_000),
    ],
)
def test_claims_are_read_as_people_write_them(locale, text, bound, value):
    """Digits, words, units and qualifiers, with any space and quotation mark."""
    read = phrases.parse_claim(text, locale)

    assert (read.bound, read.value) == (bound, value)


@pytest.mark.parametrize(
    ("locale", "text", "reason"),
    [
        ("en", "many", "no number"),
        ("en", "in 2017 over 5,000", "two numbers"),
        ("en", "21st", "no number"),
        ("en", "5 %", "percent"),
        ("en", "$5 million", "money"),
        ("en", "-5", "negative"),
        ("en", "1.5", "whole number"),
        ("en", "1.200", "write 1,200"),
        ("en", "1,2", "not how numbers are written"),
        ("en", "0,500", "not how numbers are written"),
        ("en", "2,10,000", "not how numbers are written"),
        ("en", "5e6 of 100", "not how numbers are written"),
        ("en", "0.500", "whole number"),
        ("en", "5 and a half million", "multiplies.*write the whole number in digits"),
        ("en", "5 hundred thousand", '"thousand" multiplies'),
        ("en", "ten k", '"k" multiplies'),
        ("en", "21,000 in a hundred cities", '"hundred" multiplies'),
        ("en", "half of the 500", '"half" makes another number'),
        ("en", "3 times as often", "how many times as much"),
        ("en", "3× as often", "how many times as much"),
        ("en", "five to 10", "two numbers"),
        ("en", "five to ten thousand", "two numbers"),
        ("en", "twenty-one", "two numbers"),
        ("fr", "vingt et un", "two numbers"),
        ("es", "treinta y cinco", "two numbers"),
        ("es", "mil quinientos", "two numbers"),
        ("es", "cinco o 10", "two numbers"),
        ("es", "2 millones y medio", '"medio" makes another number'),
        ("es", "5 por ciento", "percent"),
        ("es", "3 veces más", "how many times as much"),
        ("es", "el 17 de octubre", "part of a date"),
        ("es", "desde 2017", "part of a date"),
        ("en", "over ५०० posts", "digits 0 to 9"),
        ("en", "over ½ million", "digits 0 to 9"),
        ("en", "5 ½ million", "digits 0 to 9"),
        ("en", ">500", "write it in words"),
        ("en", "a B student", "no number"),
        ("en", "21_000", "not how numbers are written"),
        ("en", "ten times 500", "two numbers"),
        ("en", "5 out of ten", "two numbers"),
        ("en", "3 quarters of them", '"quarters" makes another number'),
        ("en", "twice as many as 500", '"twice" makes another number'),
        ("en", "₹500", "money"),
        ("en", "5 por ciento", "percent"),
        ("de", "eine Million fünfhunderttausend", '"fünfhunderttausend" multiplies'),
        ("de", "ein paar hundert", '"paar" makes another number'),
        ("de", "5 Bio-Produkte", '"Bio" multiplies'),
        ("en", "posts in 2017", "part of a date"),
        ("de", "am 17. Oktober", "part of a date"),
        ("en", "over nearly 5", "two qualifiers"),
        ("de", "1.2", "not how numbers are written"),
        ("fr", "21.000", "not how numbers are written"),
    ],
)
def test_what_is_no_claim_is_refused_with_its_reason(locale, text, reason):
    """A German "1.2" is not 12, a share is not a count, two numbers are not one."""
    with pytest.raises(phrases.ClaimError, match=reason):
        phrases.parse_claim(text, locale)


MULTIPLYING = """
hundred hundreds dozen dozens score gross thousand thousands k K M mn mm bn b B million
millions billion trillion lakh lac crore cr arab wan 万 億 亿 千 百 만 억 Mio Mio. Mrd
Mrd. Tsd tsd Tsd. Dutzend Hundert Tausend Tausende mille millier milliers milliard
milliards centaine centaines dizaine dizaines douzaine douzaines mil millones mln mld
mlrd tys. тыс. млн млрд grand hazār mila milioni MILLION Ｍｉｏ هزار लाख ล้าน triệu
hun\u00addred
""".split()


@pytest.mark.parametrize("locale", [*LOCALES, "ja", "hi"])
@pytest.mark.parametrize(
    "shape",
    ["over 5 {}", "5 {} posts", "5-{}", "5{}", "5 ({})", "5 or more {}", "5\u00a0{},"],
)
def test_a_word_that_multiplies_is_understood_or_refused(locale, shape):
    """Never is the number before it read, and the word kept beside another number."""
    for word in MULTIPLYING:
        claim = shape.format(word)
        try:
            read = phrases.parse_claim(claim, locale)
        except phrases.ClaimError:
            continue
        made = phrases.rewrite_claim(claim, locale, 4_321, Exactness.EXACT)
        again = phrases.parse_claim(made, locale)

        assert read.value >= 12 * 5 and read.unit, claim
        assert word not in read.before + read.after, claim
        assert holds(again.bound, again.value, 4_321), (claim, made)


SPOKEN = """
ar bg bn ca cs da de el en es et eu fa fi fr gl gu he hi hr hu hy id it ja ka ko lt lv
mk mr ms nb ne nl pa pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh
""".split()


def test_what_languages_put_behind_numbers_multiplies():
    """Every word of CLDR's compact numbers, in an English sentence."""
    words = set()
    for language in SPOKEN:
        long = Locale.parse(language).compact_decimal_formats.get("long", {})
        for forms in long.values():
            for pattern in forms.values():
                shown = re.sub("[0'\u200e\u200f]", "", str(pattern.pattern))
                words |= set(shown.split(";")[0].split()[-1:])
    assert len(words) > 200
    for word in words:
        try:
            read = phrases.parse_claim(f"5 {word}", "en")
        except phrases.ClaimError:
            continue
        assert read.unit, word


@pytest.mark.parametrize(
    ("locale", "text", "mend"),
    [
        ("en", "over 21.000", '"21.000" can be read as 21 or as 21,000; write 21,000'),
        ("de", "über 21,000", '"21,000" can be read as 21 or as 21.000; write 21.000'),
        ("fr", "plus de 21,000", "can be read as 21 or as 21 000; write 21 000 or 21"),
        ("de-CH", "über 21.000", "can be read as 21 or as 21'000"),
        ("es-MX", "21.000", "can be read as 21 or as 21,000"),
        ("en", "1.200", "can be read as 1.2 or as 1,200; write 1,200"),
        ("en", "1,000.000", "can be read as 1,000 or as 1,000,000"),
        ("en", "1.000 million", "as 1 million or as 1,000 million"),
        ("en", "21.000k", "as 21 k or as 21,000 k"),
        ("en", "1.250 million", "write 1,250 million or 1.25 million"),
        ("de", "1,000 Mio.", "as 1 Mio. or as 1.000 Mio."),
    ],
)
def test_a_number_with_two_readings_is_refused(locale, text, mend):
    """A sign that parts thousands elsewhere is no decimal sign that we may believe."""
    with pytest.raises(phrases.ClaimError, match=re.escape(mend)):
        phrases.parse_claim(text, locale)


@given(st.text(max_size=60), st.sampled_from([*LOCALES, "ar", "pt_BR", "xx", ""]))
@example("over ǅ 21,000", "en")
@example("ẞ über 21.000 ß", "de")
def test_any_text_is_read_or_refused(text, locale):
    """Nothing but ClaimError comes out, and all words are kept."""
    try:
        read = phrases.parse_claim(text, locale)
    except phrases.ClaimError:
        return
    assert text.startswith(read.before) and text.endswith(read.after)
    assert read.value >= 0


@given(values, st.sampled_from(LOCALES))
def test_digits_round_trip(value, locale):
    """What is written as a number is read as that number."""
    assert (
        phrases.parse_claim(phrases.format_number(value, locale), locale).value == value
    )


@given(values, st.sampled_from(list(Exactness)), st.sampled_from([*LOCALES, "xx"]))
def test_readings_can_always_be_said(value, exactness, locale):
    """Every exactness has its words, and the number is in them."""
    assert phrases.format_number(value, locale) in phrases.format_reading(
        value, exactness, locale
    )


@pytest.mark.parametrize(
    ("bound", "then", "now", "exactness", "text"),
    [
        ("exactly", 59_000, 62_318, "exact", "up by 3,318 (6%)"),
        ("exactly", 59_000, 58_000, "exact", "down by 1,000 (2%)"),
        ("exactly", 59_000, 59_000, "exact", "unchanged"),
        ("exactly", 59_000, 59_100, "exact", "up by 100"),
        ("exactly", 100, 90_000, "exact", "up by 89,900"),
        ("over", 21_000, 29_667, "exact", "up by less than 8,667 (41%)"),
        ("over", 21_000, 24_300, "rounded", "up by less than 3,400 (16%)"),
        ("over", 21_000, 21_500, "exact", None),
        ("over", 21_000, 21_000, "exact", None),
        ("over", 21_000, 20_000, "exact", "down by more than 1,000 (4%)"),
        ("at-least", 21_000, 24_318, "exact", "up by at most 3,318 (16%)"),
        ("at-least", 21_000, 20_000, "exact", "down by at least 1,000 (4%)"),
        ("under", 21_000, 24_318, "exact", "up by more than 3,318 (15%)"),
        ("under", 20_000, 15_000, "exact", None),
        ("under", 20_000, 24_318, "at-least", "up by more than 4,318 (21%)"),
        ("at-most", 20_000, 24_318, "exact", "up by at least 4,318 (21%)"),
        ("about", 21_000, 24_318, "exact", "up by about 3,300 (16%)"),
        ("about", 21_000, 22_000, "exact", "about the same"),
        ("about", 21_000, 24_318, "at-least", None),
        ("exactly", 21_000, 24_318, "estimate", "up by about 3,300 (16%)"),
        ("exactly", 21_000, 24_318, "at-least", "up by at least 3,318 (15%)"),
        ("exactly", 21_000, 21_000, "at-least", None),
        ("exactly", 24_300, 24_300, "rounded", "about the same"),
        ("over", 21_000, 24_318, "at-least", None),
        ("over", 21_000, 24_318, "estimate", None),
        ("exactly", 0, 5, "exact", "up by 5"),
    ],
)
def test_a_change_says_only_what_is_known(bound, then, now, exactness, text):
    """A bound makes the change a bound; two bounds that pull apart make it unknown."""
    change = phrases.describe_change(
        Bound(bound), then, now, Exactness(exactness), "en"
    )

    assert change == text


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "24 November 2026"),
        ("en-US", "November 24, 2026"),
        ("de", "24. November 2026"),
        ("fr", "24 novembre 2026"),
        ("es", "24 de noviembre de 2026"),
    ],
)
def test_dates_in_full_words(locale, said):
    """A date a reader cannot misread."""
    assert phrases.format_day(date(2026, 11, 24), locale) == said


@pytest.mark.parametrize("locale", LOCALES)
def test_what_qualifies_our_own_numbers_is_read_as_meant(locale):
    """The words that sentences and re-made claims share are among the qualifiers."""
    table, number = TABLES[locale], phrases.format_number(21_000, locale)

    meant = {
        table.at_least: Bound.AT_LEAST,
        table.about: Bound.ABOUT,
        table.less_than: Bound.UNDER,
        table.more_than: Bound.OVER,
    }

    for words, bound in meant.items():
        assert phrases.parse_claim(f"{words} {number}", locale).bound is bound


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_phrase(locale):
    """No phrase is missing, and each mentions what it is given."""
    words = phrases.phrases_of(locale)

    assert "N" in words.on_day("N", "D") and "D" in words.on_day("N", "D")
    assert "mastodon.social" in words.in_days("N", "mastodon.social", 6, "D")
    assert words.in_days("N", "", 1, "D") == words.on_day("N", "D")
    assert len({words.exactness(one) for one in Exactness}) == len(Exactness)
    assert words.noun("posts") and words.noun("unheard-of") == "unheard-of"
