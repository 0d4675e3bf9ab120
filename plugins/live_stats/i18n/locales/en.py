"""English."""

from fractions import Fraction

from ...model.values import Bound
from .schema import DatePatterns, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MORE = {word: n for n, word in enumerate(_TEENS, 13)}
_MORE |= {word: 10 * n for n, word in enumerate(_TENS, 2)}

EN = Table(
    qualifiers=(
        Qualifier(forms=("over",), bound=Bound.OVER),
        Qualifier(forms=("more than",), bound=Bound.OVER),
        Qualifier(forms=("above",), bound=Bound.OVER),
        Qualifier(forms=("upwards of", "upward of"), bound=Bound.OVER),
        Qualifier(forms=("in excess of",), bound=Bound.OVER),
        Qualifier(forms=("just over",), bound=Bound.OVER, close=True),
        Qualifier(forms=("just above",), bound=Bound.OVER, close=True),
        Qualifier(forms=("a little over",), bound=Bound.OVER, close=True),
        Qualifier(forms=("slightly more than",), bound=Bound.OVER, close=True),
        Qualifier(forms=("at least",), bound=Bound.AT_LEAST),
        Qualifier(forms=("no fewer than", "no less than"), bound=Bound.AT_LEAST),
        Qualifier(forms=("not less than", "not fewer than"), bound=Bound.AT_LEAST),
        Qualifier(forms=("nearly",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("almost",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("close to",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("just under",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("just below",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("not quite", "not even"), bound=Bound.UNDER, close=True),
        Qualifier(forms=("under",), bound=Bound.UNDER),
        Qualifier(forms=("below",), bound=Bound.UNDER),
        Qualifier(forms=("fewer than",), bound=Bound.UNDER),
        Qualifier(forms=("less than",), bound=Bound.UNDER),
        Qualifier(forms=("at most",), bound=Bound.AT_MOST),
        Qualifier(forms=("up to",), bound=Bound.AT_MOST),
        Qualifier(forms=("no more than", "not more than"), bound=Bound.AT_MOST),
        Qualifier(forms=("a maximum of", "maximum of"), bound=Bound.AT_MOST),
        Qualifier(forms=("a minimum of", "minimum of"), bound=Bound.AT_LEAST),
        Qualifier(forms=("about",), bound=Bound.ABOUT),
        Qualifier(forms=("around",), bound=Bound.ABOUT),
        Qualifier(forms=("roughly",), bound=Bound.ABOUT),
        Qualifier(forms=("some",), bound=Bound.ABOUT),
        Qualifier(forms=("approximately", "approx."), bound=Bound.ABOUT),
        Qualifier(forms=("more or less", "give or take"), bound=Bound.ABOUT),
        Qualifier(forms=("circa", "ca.", "c."), bound=Bound.ABOUT),
    ),
    behind=(
        Qualifier(forms=("or more", "at least", "+"), bound=Bound.AT_LEAST),
        Qualifier(
            forms=("or fewer", "or less", "at most", "at the most"), bound=Bound.AT_MOST
        ),
        Qualifier(
            forms=("or so", "or thereabouts", "more or less", "give or take"),
            bound=Bound.ABOUT,
        ),
    ),
    units=(
        Unit(forms=("dozen",), value=12),
        Unit(forms=("hundred",), value=100),
        Unit(forms=("thousand",), value=K, style="thousand"),
        Unit(forms=("million",), value=M, style="word"),
        Unit(forms=("billion",), value=B, style="word"),
        Unit(forms=("trillion",), value=T, style="word"),
        Unit(forms=("k",), value=K, style="k"),
        Unit(forms=("m", "mn"), value=M, style="short"),
        Unit(forms=("bn", "b"), value=B, style="short"),
        Unit(forms=("tn",), value=T, style="short"),
    ),
    multipliers={
        "half a": Fraction(1, 2),
        "a quarter of a": Fraction(1, 4),
        "three quarters of a": Fraction(3, 4),
        "three-quarters of a": Fraction(3, 4),
        "a": Fraction(1),
        "a hundred": Fraction(100),
        **{word: Fraction(n) for word, n in _MORE.items()},
        **{word: Fraction(n) for n, word in enumerate(_WORDS, 1)},
        **{f"{w} and a half": Fraction(2 * n + 1, 2) for n, w in enumerate(_WORDS, 1)},
        **{f"{word} hundred": Fraction(100 * n) for n, word in enumerate(_WORDS, 1)},
    },
    halves=(),
    numbers={
        "a hundred": 100,
        "a dozen": 12,
        **_MORE,
        **{word: n for n, word in enumerate(_WORDS, 1)},
        **{f"{word} hundred": 100 * n for n, word in enumerate(_WORDS, 1)},
    },
    at_least="at least",
    about="about",
    less_than="less than",
    more_than="more than",
    axis_units=((B, "bn"), (M, "m"), (K, "k")),
    dates=DatePatterns(
        day="d MMMM y",
        short="d MMM y",
        short_without_year="d MMM",
        not_in=frozenset({"US"}),
    ),
)
