"""French."""

from fractions import Fraction

from ...model.values import Bound, Exactness
from .schema import Moves, Phrases, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "deux trois quatre cinq six sept huit neuf dix onze douze".split()
_MORE = {word: n for n, word in enumerate("treize quatorze quinze seize".split(), 13)}
_TENS = "vingt trente quarante cinquante soixante septante huitante nonante".split()
_MORE |= dict(zip(_TENS, (20, 30, 40, 50, 60, 70, 80, 90), strict=True))
_MORE |= {"quatre-vingt": 80, "quatre-vingts": 80}


def _in_days(number: str, where: str, days: int, day: str) -> str:
    place = f" sur {where}" if where else ""
    time = f"le {day}" if days == 1 else f"dans les {days} jours jusqu’au {day}"
    return f"{number}{place} {time}"


def _counted(number: str, noun: str, unit: bool) -> str:
    """5 000 messages, 5 millions de messages, 5 millions d’articles."""
    if not unit:
        return f"{number} {noun}"
    return f"{number} d’{noun}" if noun[0] in "aeiouyéèê" else f"{number} de {noun}"


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
        Qualifier(forms=("moins de", "moins d'"), bound=Bound.UNDER),
        Qualifier(forms=("au plus",), bound=Bound.AT_MOST),
        Qualifier(forms=("au maximum",), bound=Bound.AT_MOST),
        Qualifier(forms=("jusqu'à",), bound=Bound.AT_MOST),
        Qualifier(forms=("pas plus de", "pas plus d'"), bound=Bound.AT_MOST),
        Qualifier(forms=("environ",), bound=Bound.ABOUT),
        Qualifier(forms=("autour de", "autour d'"), bound=Bound.ABOUT),
        Qualifier(forms=("à peu près",), bound=Bound.ABOUT),
        Qualifier(forms=("approximativement",), bound=Bound.ABOUT),
        Qualifier(forms=("quelque",), bound=Bound.ABOUT),
        Qualifier(forms=("dans les",), bound=Bound.ABOUT),
    ),
    behind=(Qualifier(forms=("ou plus", "+"), bound=Bound.AT_LEAST),),
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
    phrases=Phrases(
        on_day=lambda number, day: f"{number} le {day}",
        on_place=lambda number, where, day: f"{number} sur {where} le {day}",
        in_days=_in_days,
        as_of=lambda day: f"au {day}",
        last_reading=lambda day: f"dernier relevé le {day}",
        held=lambda day: (
            f"dernier relevé le {day}, un plus récent est en cours de vérification"
        ),
        span_to=lambda span, day: f"les {span} jusqu’au {day}",
        spans=("minutes", "heures", "jours"),
        no_reading="pas encore de relevé",
        closed=lambda day: f"plus publié par la plateforme depuis le {day}",
        no_count=lambda day: f"aucun compte officiel n’existe (vérifié le {day})",
        window=lambda days: "1 jour" if days == 1 else f"{days} jours",
        all_time="au total",
        the_days=lambda n, day: day if n == 1 else f"les {n} jours jusqu’au {day}",
        nouns={
            "posts": "messages",
            "accounts": "personnes",
            "reposts": "partages",
            "likes": "mentions j’aime",
            "replies": "réponses",
            "quotes": "citations",
            "bookmarks": "signets",
            "views": "vues",
            "articles": "articles",
            "videos": "vidéos",
            "followers": "abonnés",
            "following": "abonnements",
            "visitors": "visiteurs",
            "points": "points",
            "mentions": "mentions",
        },
        moves=Moves(
            milestones="seuils franchis",
            a_day=lambda number, n, day: (
                f"{number} par jour dans les {n} jours jusqu’au {day}"
            ),
            more=lambda share: f"{share} de plus",
            fewer=lambda share: f"{share} de moins",
            compared=lambda step, n: f"{step} que dans les {n} jours précédents",
            as_many=lambda n: f"autant que dans les {n} jours précédents",
            highest=lambda number, n, day, since: (
                f"jour le plus haut connu{since}\xa0: {number} le {day}"
                if n == 1
                else f"{n} jours les plus hauts connus{since}\xa0: "
                f"{number}, jusqu’au {day}"
            ),
            since=lambda day: f" depuis le {day}",
            more_a_day=lambda number, first, last: (
                f"{number} de plus par jour du {first} au {last}"
            ),
            fewer_a_day=lambda number, first, last: (
                f"{number} de moins par jour du {first} au {last}"
            ),
            doubled=lambda number, n, first, last: (
                f"doublé en {number} {'jour' if n == 1 else 'jours'}, "
                f"du {first} au {last}"
            ),
            more_than_doubled=lambda number, n, first, last: (
                f"plus que doublé en {number} {'jour' if n == 1 else 'jours'}, "
                f"du {first} au {last}"
            ),
            counted=_counted,
            in_days=lambda n: (
                "" if n is None else " en un jour" if n == 1 else f" en {n} jours"
            ),
            on_place=lambda where: f" sur {where}",
            passed=lambda count: f"a dépassé {count}",
            reached=lambda count: f"a atteint {count}",
            had_at_least=lambda count: f"avait au moins {count}",
            on=lambda day: f"le {day}",
            between=lambda first, last: f"entre le {first} et le {last}",
            at_the_latest=lambda day: f"au plus tard le {day}",
        ),
        exactnesses={
            Exactness.EXACT: "exact",
            Exactness.AT_LEAST: "au moins : il peut y en avoir plus",
            Exactness.ROUNDED: "arrondi par la plateforme",
            Exactness.ESTIMATE: "une estimation",
        },
        at_least="au moins",
        about="environ",
        less_than="moins de",
        more_than="plus de",
        unchanged="inchangé",
    ),
)
