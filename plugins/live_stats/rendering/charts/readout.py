"""The days and numbers of a line in a few bytes, for the theme's `chart.js`.

The script shows the one nearest to the pointer, and formats nothing: numbers are
written here, and so are the days of each month, with `#` where the day stands.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from ...model.values import Exactness
from .axis_labels import AxisLabels
from .geometry import Point, thinned

YEAR = 370  # points: of no more each is shown,
SOME = 56  # and so many of a longer line, the least and the most among them


def readout(
    points: Iterable[Point], labels: AxisLabels, exactness: Exactness = Exactness.EXACT
) -> str:
    """The points, in order, as the attribute `data-days`; empty for none.

    `exactness` is the weakest among them: what it says stands before each number.

    A month is `<days from the first point to its first day>;<words>;<numbers>`, months
    stand apart by `|`, numbers by a space. A number is of the day after the one before
    it, unless its day is named: `17:2,612`.
    """
    points = list(points)
    points = points if len(points) <= YEAR else thinned(points, SOME)
    months, colon = [], f"{labels.phrases.colon}{_before(exactness, labels)}"
    for month, found in groupby(points, key=lambda point: point[0].replace(day=1)):
        words = _month(month, labels.lang)
        if words:
            start = (month - points[0][0]).days
            numbers = _numbers(found, labels.lang)
            months.append(f"{start};{words}{colon};{numbers}")
        else:  # a language that writes its days in another way: each in full
            for day, value in found:
                start = (day - points[0][0]).days
                number = _number(value, labels.lang)
                months.append(f"{start};{labels.short(day)}{colon};{number}")
    return "|".join(months)


def _before(exactness: Exactness, labels: AxisLabels) -> str:
    """The words before a number of this exactness: `at least `."""
    return labels.stated(0, exactness).removesuffix(labels.number(0))


def _numbers(points: Iterable[Point], lang: str) -> str:
    numbers, next_ = [], 1
    for day, value in points:
        number = _number(value, lang)
        numbers.append(number if day.day == next_ else f"{day.day}:{number}")
        next_ = day.day + 1
    return " ".join(numbers)


def _number(value: int, lang: str) -> str:
    digits = str(value)
    return _grouping(len(digits), lang) % tuple(digits)


@lru_cache(512)
def _grouping(digits: int, lang: str) -> str:
    """How a language sets a number of so many digits, `%s` for each.

    A chart has hundreds of numbers, and Babel takes 10 µs for one.
    """
    one = AxisLabels(lang=lang).number(10 ** (digits - 1))
    return "".join("%s" if sign.isdigit() else sign for sign in one)


@lru_cache(512)
def _month(month: date, lang: str) -> str:
    """The words of a day in a month with `#` for the day; empty if that is not all."""
    labels = AxisLabels(lang=lang)
    for n in range(11, 28):
        words = labels.short(month.replace(day=n))
        if words.count(str(n)) == 1:
            pattern = words.replace(str(n), "#")
            days = (month, month + timedelta(days=5))
            right = (labels.short(d) == pattern.replace("#", str(d.day)) for d in days)
            return pattern if all(right) else ""
    return ""
