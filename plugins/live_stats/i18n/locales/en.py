"""English."""

from fractions import Fraction

from ...model.values import Bound, Exactness
from .schema import Moves, Phrases, Qualifier, Table, Unit

K, M, B, T = 10**3, 10**6, 10**9, 10**12
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MORE = {word: n for n, word in enumerate(_TEENS, 13)}
_MORE |= {word: 10 * n for n, word in enumerate(_TENS, 2)}


def _in_days(number: str, where: str, days: int, day: str) -> str:
    place = f" on {where}" if where else ""
    time = f"on {day}" if days == 1 else f"in the {days} days to {day}"
    return f"{number}{place} {time}"


EN = Table(
    qualifiers=(
        Qualifier(forms=("over",), bound=Bound.OVER),
        Qualifier(forms=("more than",), bound=Bound.OVER),
        Qualifier(forms=("above",), bound=Bound.OVER),
        Qualifier(forms=("upwards of", "upward of"), bound=Bound.OVER),
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
        Qualifier(forms=("under",), bound=Bound.UNDER),
        Qualifier(forms=("below",), bound=Bound.UNDER),
        Qualifier(forms=("fewer than",), bound=Bound.UNDER),
        Qualifier(forms=("less than",), bound=Bound.UNDER),
        Qualifier(forms=("at most",), bound=Bound.AT_MOST),
        Qualifier(forms=("up to",), bound=Bound.AT_MOST),
        Qualifier(forms=("no more than", "not more than"), bound=Bound.AT_MOST),
        Qualifier(forms=("about",), bound=Bound.ABOUT),
        Qualifier(forms=("around",), bound=Bound.ABOUT),
        Qualifier(forms=("roughly",), bound=Bound.ABOUT),
        Qualifier(forms=("some",), bound=Bound.ABOUT),
        Qualifier(forms=("approximately", "approx."), bound=Bound.ABOUT),
        Qualifier(forms=("circa", "ca.", "c."), bound=Bound.ABOUT),
    ),
    behind=(
        Qualifier(forms=("or more", "+"), bound=Bound.AT_LEAST),
        Qualifier(forms=("or so",), bound=Bound.ABOUT),
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
    phrases=Phrases(
        on_day=lambda number, day: f"{number} on {day}",
        on_place=lambda number, where, day: f"{number} on {where} on {day}",
        in_days=_in_days,
        as_of=lambda day: f"as of {day}",
        last_reading=lambda day: f"last reading {day}",
        held=lambda day: f"last reading {day}, a newer one is being checked",
        span_to=lambda span, day: f"the {span} to {day}",
        spans=("minutes", "hours", "days"),
        no_reading="no reading yet",
        closed=lambda day: f"no longer published by the platform since {day}",
        no_count=lambda day: f"no official count exists (checked {day})",
        window=lambda days: "1 day" if days == 1 else f"{days} days",
        all_time="all time",
        the_days=lambda n, day: day if n == 1 else f"the {n} days to {day}",
        nouns={
            "accounts": "people",
            "reposts": "shares",
            "online": "visitors at one moment",
            "recent": "recent posts",
            "active": "active people",
            "talking": "people who talk about it",
        },
        moves=Moves(
            milestones="milestones",
            a_day=lambda number, n, day: f"{number} a day in the {n} days to {day}",
            more=lambda share: f"{share} more",
            fewer=lambda share: f"{share} fewer",
            compared=lambda step, n: f"{step} than in the {n} days before",
            as_many=lambda n: f"as many as in the {n} days before",
            highest=lambda number, n, day, since: (
                f"highest day known{since}: {number} on {day}"
                if n == 1
                else f"highest {n} days known{since}: {number}, to {day}"
            ),
            since=lambda day: f" since {day}",
            more_a_day=lambda number, first, last: (
                f"{number} more a day from {first} to {last}"
            ),
            fewer_a_day=lambda number, first, last: (
                f"{number} fewer a day from {first} to {last}"
            ),
            doubled=lambda number, n, first, last: (
                f"doubled in {number} {'day' if n == 1 else 'days'}, "
                f"from {first} to {last}"
            ),
            more_than_doubled=lambda number, n, first, last: (
                f"more than doubled in {number} {'day' if n == 1 else 'days'}, "
                f"from {first} to {last}"
            ),
            counted=lambda number, noun, unit: f"{number} {noun}",
            in_days=lambda n: (
                "" if n is None else " in one day" if n == 1 else f" in {n} days"
            ),
            on_place=lambda where: f" on {where}",
            passed=lambda count: f"passed {count}",
            reached=lambda count: f"reached {count}",
            had_at_least=lambda count: f"had at least {count}",
            on=lambda day: f"on {day}",
            between=lambda first, last: f"between {first} and {last}",
            at_the_latest=lambda day: f"by {day}",
        ),
        exactnesses={
            Exactness.EXACT: "exact",
            Exactness.AT_LEAST: "at least: there may be more",
            Exactness.ROUNDED: "rounded by the platform",
            Exactness.ESTIMATE: "an estimate",
        },
        at_least="at least",
        about="about",
        less_than="less than",
        more_than="more than",
        unchanged="unchanged",
    ),
)
