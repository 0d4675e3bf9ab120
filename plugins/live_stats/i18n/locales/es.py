"""Spanish."""

from fractions import Fraction

from ...model.values import Bound
from .schema import Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "dos tres cuatro cinco seis siete ocho nueve diez once doce trece".split()
_WORDS += "catorce quince dieciséis diecisiete dieciocho diecinueve veinte".split()
_MORE = {word: n for n, word in enumerate(_WORDS, 2)}
_TWENTIES = "dós trés cuatro cinco séis siete ocho nueve".split()
_MORE |= {f"veinti{word}": n for n, word in enumerate(_TWENTIES, 22)}
_MORE |= {"veintiuno": 21, "veintiún": 21, "veintiuna": 21}
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_MORE |= {word: 10 * n for n, word in enumerate(_TENS, 3)}
_HUNDREDS = "dosc tresc cuatroc quin seisc setec ochoc novec".split()
_MORE |= {
    f"{word}ient{end}": 100 * n
    for n, word in enumerate(_HUNDREDS, 2)
    for end in ("os", "as")
}


def _behind_unit(noun: str) -> str:
    """5 millones "de publicaciones"."""
    return f"de {noun}"


ES = Table(
    qualifiers=(
        Qualifier(forms=("más de",), bound=Bound.OVER),
        Qualifier(forms=("por encima de",), bound=Bound.OVER),
        Qualifier(
            forms=("poco más de", "un poco más de"), bound=Bound.OVER, close=True
        ),
        Qualifier(forms=("algo más de",), bound=Bound.OVER, close=True),
        Qualifier(forms=("al menos",), bound=Bound.AT_LEAST),
        Qualifier(forms=("por lo menos",), bound=Bound.AT_LEAST),
        Qualifier(forms=("como mínimo",), bound=Bound.AT_LEAST),
        Qualifier(forms=("no menos de",), bound=Bound.AT_LEAST),
        Qualifier(forms=("casi",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("cerca de",), bound=Bound.UNDER, close=True),
        Qualifier(
            forms=("poco menos de", "un poco menos de"), bound=Bound.UNDER, close=True
        ),
        Qualifier(forms=("algo menos de",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("ni siquiera",), bound=Bound.UNDER, close=True),
        Qualifier(forms=("menos de",), bound=Bound.UNDER),
        Qualifier(forms=("por debajo de",), bound=Bound.UNDER),
        Qualifier(forms=("como máximo",), bound=Bound.AT_MOST),
        Qualifier(forms=("a lo sumo",), bound=Bound.AT_MOST),
        Qualifier(forms=("hasta",), bound=Bound.AT_MOST),
        Qualifier(forms=("no más de",), bound=Bound.AT_MOST),
        Qualifier(forms=("un máximo de",), bound=Bound.AT_MOST),
        Qualifier(forms=("un mínimo de",), bound=Bound.AT_LEAST),
        Qualifier(forms=("unos", "unas"), bound=Bound.ABOUT),
        Qualifier(forms=("alrededor de",), bound=Bound.ABOUT),
        Qualifier(forms=("en torno a",), bound=Bound.ABOUT),
        Qualifier(forms=("aproximadamente", "aprox."), bound=Bound.ABOUT),
        Qualifier(forms=("más o menos",), bound=Bound.ABOUT),
    ),
    behind=(
        Qualifier(
            forms=("o más", "como mínimo", "por lo menos", "al menos", "+"),
            bound=Bound.AT_LEAST,
        ),
        Qualifier(forms=("o menos", "como máximo", "a lo sumo"), bound=Bound.AT_MOST),
        Qualifier(forms=("más o menos", "aproximadamente"), bound=Bound.ABOUT),
    ),
    units=(
        Unit(forms=("docena", "docenas"), value=12),
        Unit(forms=("centenar", "centenares"), value=100),
        Unit(forms=("mil",), value=K, style="thousand"),
        Unit(forms=("millar", "millares"), value=K),
        Unit(forms=("k",), value=K, style="k"),
        Unit(
            forms=("millón", "millones", "millon"), value=M, style="word",
            plural="millones", plural_fractions=True,
        ),
        # Counted in thousands of millions, and in sentences of ours in millions.
        Unit(forms=("mil millones",), value=B, style="thousand"),
        Unit(
            forms=("billón", "billones", "billon"), value=T, style="word",
            plural="billones", plural_fractions=True,
        ),
        Unit(forms=("M",), value=M, style="short"),
    ),
    multipliers={
        "medio": Fraction(1, 2),
        "media": Fraction(1, 2),
        "un cuarto de": Fraction(1, 4),
        "tres cuartos de": Fraction(3, 4),
        "un": Fraction(1),
        "una": Fraction(1),
        "cien": Fraction(100),
        **{word: Fraction(n) for word, n in _MORE.items()},
    },
    halves=("y medio",),
    numbers={
        "cien": 100,
        "mil": 1000,
        "un centenar": 100,
        "un millar": 1000,
        "una docena": 12,
        **_MORE,
        **{f"{word} mil": 1000 * n for word, n in _MORE.items()},
    },
    at_least="al menos",
    about="aproximadamente",
    less_than="menos de",
    more_than="más de",
    behind_unit=_behind_unit,
    axis_units=((M, "\xa0M"),),
)  # fmt: skip
