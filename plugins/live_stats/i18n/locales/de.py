"""German."""

from fractions import Fraction

from ...model.values import Bound, Exactness
from .schema import Moves, Phrases, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_MORE = {word: 10 * n for n, word in enumerate(_TENS, 2)}


def _in_days(number: str, where: str, days: int, day: str) -> str:
    place = f" auf {where}" if where else ""
    time = f"am {day}" if days == 1 else f"in den {days} Tagen bis {day}"
    return f"{number}{place} {time}"


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
        Qualifier(forms=("unter",), bound=Bound.UNDER),
        Qualifier(forms=("weniger als",), bound=Bound.UNDER),
        Qualifier(forms=("höchstens",), bound=Bound.AT_MOST),
        Qualifier(forms=("maximal",), bound=Bound.AT_MOST),
        Qualifier(forms=("bis zu",), bound=Bound.AT_MOST),
        Qualifier(forms=("nicht mehr als",), bound=Bound.AT_MOST),
        Qualifier(forms=("etwa",), bound=Bound.ABOUT),
        Qualifier(forms=("rund",), bound=Bound.ABOUT),
        Qualifier(forms=("ungefähr",), bound=Bound.ABOUT),
        Qualifier(forms=("circa", "zirka", "ca."), bound=Bound.ABOUT),
        Qualifier(forms=("um die",), bound=Bound.ABOUT),
    ),
    behind=(Qualifier(forms=("oder mehr", "+"), bound=Bound.AT_LEAST),),
    units=(
        Unit(forms=("Dutzend",), value=12),
        Unit(forms=("Hundert",), value=100),
        Unit(forms=("Tausend",), value=K, style="thousand"),
        Unit(forms=("Tsd.", "Tsd"), value=K, style="k"),
        Unit(forms=("Million", "Millionen"), value=M, style="word", plural="Millionen"),
        Unit(
            forms=("Milliarde", "Milliarden"), value=B, style="word",
            plural="Milliarden",
        ),
        Unit(forms=("Billion", "Billionen"), value=T, style="word", plural="Billionen"),
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
    phrases=Phrases(
        on_day=lambda number, day: f"{number} am {day}",
        on_place=lambda number, where, day: f"{number} auf {where} am {day}",
        in_days=_in_days,
        as_of=lambda day: f"Stand {day}",
        last_reading=lambda day: f"zuletzt gelesen am {day}",
        held=lambda day: f"zuletzt gelesen am {day}, eine neuere Zahl wird geprüft",
        span_to=lambda span, day: f"die {span} bis {day}",
        spans=("Minuten", "Stunden", "Tage"),
        no_reading="noch nicht gelesen",
        closed=lambda day: f"von der Plattform seit {day} nicht mehr veröffentlicht",
        no_count=lambda day: f"es gibt keine amtliche Zahl (geprüft am {day})",
        window=lambda days: "1 Tag" if days == 1 else f"{days} Tage",
        all_time="insgesamt",
        the_days=lambda n, day: day if n == 1 else f"die {n} Tage bis {day}",
        nouns={
            "posts": "Beiträge",
            "accounts": "Menschen",
            "reposts": "geteilte Beiträge",
            "likes": "Likes",
            "replies": "Antworten",
            "quotes": "Zitate",
            "bookmarks": "Lesezeichen",
            "views": "Aufrufe",
            "articles": "Artikel",
            "videos": "Videos",
            "followers": "Folgende",
            "following": "Gefolgte",
            "visitors": "Besuche",
            "points": "Punkte",
            "mentions": "Erwähnungen",
        },
        moves=Moves(
            milestones="Meilensteine",
            a_day=lambda number, n, day: f"{number} am Tag in den {n} Tagen bis {day}",
            more=lambda share: f"{share} mehr",
            fewer=lambda share: f"{share} weniger",
            compared=lambda step, n: f"{step} als in den {n} Tagen davor",
            as_many=lambda n: f"so viele wie in den {n} Tagen davor",
            highest=lambda number, n, day, since: (
                f"höchster bekannter Tag{since}: {number} am {day}"
                if n == 1
                else f"höchste bekannte {n} Tage{since}: {number}, bis {day}"
            ),
            since=lambda day: f" seit dem {day}",
            more_a_day=lambda number, first, last: (
                f"{number} mehr am Tag vom {first} bis {last}"
            ),
            fewer_a_day=lambda number, first, last: (
                f"{number} weniger am Tag vom {first} bis {last}"
            ),
            doubled=lambda number, n, first, last: (
                f"verdoppelt in {number} {'Tag' if n == 1 else 'Tagen'}, "
                f"vom {first} bis {last}"
            ),
            more_than_doubled=lambda number, n, first, last: (
                f"mehr als verdoppelt in {number} {'Tag' if n == 1 else 'Tagen'}, "
                f"vom {first} bis {last}"
            ),
            counted=lambda number, noun, unit: f"{number} {noun}",
            in_days=lambda n: (
                "" if n is None else " an einem Tag" if n == 1 else f" in {n} Tagen"
            ),
            on_place=lambda where: f" auf {where}",
            passed=lambda count: f"überschritt {count}",
            reached=lambda count: f"erreichte {count}",
            had_at_least=lambda count: f"hatte mindestens {count}",
            on=lambda day: f"am {day}",
            between=lambda first, last: f"zwischen dem {first} und dem {last}",
            at_the_latest=lambda day: f"spätestens am {day}",
        ),
        exactnesses={
            Exactness.EXACT: "genau",
            Exactness.AT_LEAST: "mindestens: es können mehr sein",
            Exactness.ROUNDED: "von der Plattform gerundet",
            Exactness.ESTIMATE: "eine Schätzung",
        },
        at_least="mindestens",
        about="etwa",
        less_than="weniger als",
        more_than="mehr als",
        unchanged="unverändert",
    ),
)  # fmt: skip
