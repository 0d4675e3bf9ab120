"""German."""

from fractions import Fraction

from ...model.values import Bound
from .schema import DatePatterns, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_MORE = {word: 10 * n for n, word in enumerate(_TENS, 2)}

DE = Table(
    qualifiers=(
        Qualifier(forms=("über",), bound=Bound.OVER),
        Qualifier(forms=("mehr als",), bound=Bound.OVER),
        Qualifier(forms=("knapp über",), bound=Bound.OVER, close=True),
        Qualifier(forms=("etwas mehr als",), bound=Bound.OVER, close=True),
        Qualifier(forms=("gut",), bound=Bound.OVER, close=True),
        Qualifier(forms=("mindestens",), bound=Bound.AT_LEAST),
        Qualifier(forms=("wenigstens",), bound=Bound.AT_LEAST),
        Qualifier(forms=("nicht weniger als",), bound=Bound.AT_LEAST),
        Qualifier(forms=("fast",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("beinahe",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("nahezu",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("annähernd",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("knapp",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("knapp unter",), bound=Bound.UNDER, close=True),
        Qualifier(
            forms=("nicht ganz", "nicht einmal", "noch nicht einmal"),
            bound=Bound.UNDER,
            close=True,
        ),
        Qualifier(forms=("unter",), bound=Bound.UNDER),
        Qualifier(forms=("unterhalb von",), bound=Bound.UNDER),
        Qualifier(forms=("weniger als",), bound=Bound.UNDER),
        Qualifier(forms=("höchstens",), bound=Bound.AT_MOST),
        Qualifier(forms=("maximal",), bound=Bound.AT_MOST),
        Qualifier(forms=("bis zu",), bound=Bound.AT_MOST),
        Qualifier(forms=("nicht mehr als",), bound=Bound.AT_MOST),
        Qualifier(forms=("etwa",), bound=Bound.ABOUT),
        Qualifier(forms=("rund",), bound=Bound.ABOUT),
        Qualifier(forms=("ungefähr",), bound=Bound.ABOUT),
        Qualifier(forms=("circa", "zirka", "ca."), bound=Bound.ABOUT),
        Qualifier(forms=("mehr oder weniger", "an die"), bound=Bound.ABOUT),
        Qualifier(forms=("um die",), bound=Bound.ABOUT),
    ),
    behind=(
        Qualifier(
            forms=("oder mehr", "und mehr", "mindestens", "+"), bound=Bound.AT_LEAST
        ),
        Qualifier(forms=("oder weniger", "höchstens", "maximal"), bound=Bound.AT_MOST),
    ),
    units=(
        Unit(forms=("Dutzend",), value=12),
        Unit(forms=("Hundert",), value=100),
        Unit(forms=("Tausend",), value=K, style="thousand"),
        Unit(forms=("Tsd.", "Tsd"), value=K, style="k"),
        Unit(
            forms=("Million", "Millionen"), value=M, style="word",
            plural="Millionen", plural_fractions=True,
        ),
        Unit(
            forms=("Milliarde", "Milliarden"), value=B, style="word",
            plural="Milliarden", plural_fractions=True,
        ),
        Unit(
            forms=("Billion", "Billionen"), value=T, style="word",
            plural="Billionen", plural_fractions=True,
        ),
        Unit(forms=("Mio.", "Mio"), value=M, style="short"),
        Unit(forms=("Mrd.", "Mrd"), value=B, style="short"),
        Unit(forms=("Bio.",), value=T, style="short"),
    ),
    multipliers={
        "eine halbe": Fraction(1, 2),
        "einer halben": Fraction(1, 2),
        "eine viertel": Fraction(1, 4),
        "eine dreiviertel": Fraction(3, 4),
        "eine": Fraction(1),
        "einer": Fraction(1),
        "ein": Fraction(1),
        "anderthalb": Fraction(3, 2),
        "eineinhalb": Fraction(3, 2),
        "hundert": Fraction(100),
        **{word: Fraction(n) for word, n in _MORE.items()},
        "einhundert": Fraction(100),
        **{word: Fraction(n) for n, word in enumerate(_WORDS, 2)},
        **{f"{w}einhalb": Fraction(2 * n + 1, 2) for n, w in enumerate(_WORDS, 2)},
        **{f"{word}hundert": Fraction(100 * n) for n, word in enumerate(_WORDS, 2)},
    },
    halves=(),
    numbers={
        "hundert": 100,
        "einhundert": 100,
        "tausend": 1000,
        "eintausend": 1000,
        "ein dutzend": 12,
        **_MORE,
        "eine viertelmillion": 250_000,
        "einer viertelmillion": 250_000,
        **{word: n for n, word in enumerate(_WORDS, 2)},
        **{f"{word}hundert": 100 * n for n, word in enumerate(_WORDS, 2)},
        **{f"{word}tausend": 1000 * n for n, word in enumerate(_WORDS, 2)},
    },
    at_least="mindestens",
    about="etwa",
    less_than="weniger als",
    more_than="mehr als",
    axis_units=((B, "\xa0Mrd."), (M, "\xa0Mio.")),
    dates=DatePatterns(short="d. MMM y", short_without_year="d. MMM"),
)  # fmt: skip
