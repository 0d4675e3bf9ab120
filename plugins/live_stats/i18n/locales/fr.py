"""French."""

from fractions import Fraction

from ...model.values import Bound
from .schema import DatePatterns, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "deux trois quatre cinq six sept huit neuf dix onze douze".split()
_MORE = {word: n for n, word in enumerate("treize quatorze quinze seize".split(), 13)}
_TENS = "vingt trente quarante cinquante soixante septante huitante nonante".split()
_MORE |= dict(zip(_TENS, (20, 30, 40, 50, 60, 70, 80, 90), strict=True))
_MORE |= {"quatre-vingt": 80, "quatre-vingts": 80}


def _behind_unit(noun: str) -> str:
    """5 millions "de messages", 5 millions "d’articles"."""
    return f"d’{noun}" if noun[0] in "aeiouyéèê" else f"de {noun}"


FR = Table(
    qualifiers=(
        Qualifier(forms=("plus de", "plus d'"), bound=Bound.OVER),
        Qualifier(forms=("au-dessus de",), bound=Bound.OVER),
        Qualifier(
            forms=("un peu plus de", "un peu plus d'"), bound=Bound.OVER, close=True
        ),
        Qualifier(forms=("au moins",), bound=Bound.AT_LEAST),
        Qualifier(forms=("pas moins de", "pas moins d'"), bound=Bound.AT_LEAST),
        Qualifier(forms=("près de", "près d'"), bound=Bound.UNDER, close=True),
        Qualifier(forms=("presque",), bound=Bound.UNDER, close=True),
        Qualifier(
            forms=("un peu moins de", "un peu moins d'"), bound=Bound.UNDER, close=True
        ),
        Qualifier(forms=("pas tout à fait", "même pas"), bound=Bound.UNDER, close=True),
        Qualifier(forms=("moins de", "moins d'"), bound=Bound.UNDER),
        Qualifier(forms=("au minimum", "un minimum de"), bound=Bound.AT_LEAST),
        Qualifier(forms=("tout au plus", "un maximum de"), bound=Bound.AT_MOST),
        Qualifier(forms=("au plus",), bound=Bound.AT_MOST),
        Qualifier(forms=("au maximum",), bound=Bound.AT_MOST),
        Qualifier(forms=("jusqu'à",), bound=Bound.AT_MOST),
        Qualifier(forms=("pas plus de", "pas plus d'"), bound=Bound.AT_MOST),
        Qualifier(forms=("environ",), bound=Bound.ABOUT),
        Qualifier(forms=("autour de", "autour d'"), bound=Bound.ABOUT),
        Qualifier(forms=("à peu près",), bound=Bound.ABOUT),
        Qualifier(forms=("approximativement",), bound=Bound.ABOUT),
        Qualifier(forms=("plus ou moins",), bound=Bound.ABOUT),
        Qualifier(forms=("quelque",), bound=Bound.ABOUT),
        Qualifier(forms=("dans les",), bound=Bound.ABOUT),
    ),
    behind=(
        Qualifier(
            forms=("ou plus", "et plus", "au moins", "au minimum", "+"),
            bound=Bound.AT_LEAST,
        ),
        Qualifier(
            forms=("ou moins", "au plus", "au maximum", "tout au plus"),
            bound=Bound.AT_MOST,
        ),
        Qualifier(forms=("environ", "à peu près"), bound=Bound.ABOUT),
    ),
    units=(
        Unit(forms=("cent", "cents"), value=100),
        Unit(forms=("mille",), value=K, style="thousand"),
        Unit(forms=("k",), value=K, style="k"),
        Unit(forms=("million", "millions"), value=M, style="word", plural="millions"),
        Unit(
            forms=("milliard", "milliards"), value=B, style="word", plural="milliards"
        ),
        Unit(forms=("billion", "billions"), value=T, style="word", plural="billions"),
        Unit(forms=("M",), value=M, style="short"),
        Unit(forms=("Md", "Mds"), value=B, style="short"),
    ),
    multipliers={
        "un demi": Fraction(1, 2),
        "un quart de": Fraction(1, 4),
        "trois quarts de": Fraction(3, 4),
        "un": Fraction(1),
        "cent": Fraction(100),
        **{word: Fraction(n) for word, n in _MORE.items()},
        **{word: Fraction(n) for n, word in enumerate(_WORDS, 2)},
        **{f"{word} cent": Fraction(100 * n) for n, word in enumerate(_WORDS, 2)},
    },
    halves=("et demi",),
    numbers={
        "cent": 100,
        "mille": 1000,
        "un millier": 1000,
        "une centaine": 100,
        "une douzaine": 12,
        **_MORE,
        **{word: n for n, word in enumerate(_WORDS, 2)},
        **{f"{word} cents": 100 * n for n, word in enumerate(_WORDS, 2)},
        **{f"{word} mille": 1000 * n for n, word in enumerate(_WORDS, 2)},
    },
    at_least="au moins",
    about="environ",
    less_than="moins de",
    more_than="plus de",
    behind_unit=_behind_unit,
    axis_units=((B, "\xa0Md"), (M, "\xa0M")),
    colon="\xa0: ",
    semicolon="\xa0; ",
    dates=DatePatterns(
        first_of_month="'1er' MMMM y", short="d MMM y", short_without_year="d MMM"
    ),
)
