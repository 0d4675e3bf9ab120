"""The phrases on charts: what a point covers, the scale, breaks, findings."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPhrases:
    """The words of a chart in one language. Whole sentences begin with a capital.

    `sizes` are the units of an axis, the largest first: a size, and what stands behind
    the number. `change` has the difference, later and earlier day; -1, 0 or 1 says
    which way it went.
    """

    colon: str
    bearing: str  # between what is counted and the hashtag that it bears
    log: str  # behind the uppermost label
    log_means: str
    own_scale: str
    broken: str  # at the line of a break
    broken_since: Callable[[str], str]
    each_day: str
    each_days: Callable[[int], str]
    each_span: Callable[[str], str]
    each_total: str
    each_moment: str
    per_day: str
    numbers: str
    day: str
    seen_by: str
    as_written: str
    more: Callable[[str, int], str]  # rows that the data has: in digits, how many
    hidden: Callable[[str, int], str]  # the same where the site publishes no data
    sizes: tuple[tuple[int, str], ...]
    # Findings. `n` and `last` are numbers in words, `on` and `end` days.
    one: Callable[[str, str], str]
    from_to: Callable[[str, str, str, str], str]
    all_alike: Callable[[str, str, bool], str]
    highest_now: Callable[[str, str, str, bool], str]
    highest: Callable[[str, str, str, bool, str, str], str]
    change: Callable[[str, str, str, int, str], str]
    since: Callable[[str], str]


def _change_en(last: str, end: str, step: str, way: int, first: str) -> str:
    if not way:
        return f"{last} on {end}, as on {first}"
    return f"{last} on {end}, {step} {'more' if way > 0 else 'fewer'} than on {first}"


def _change_de(last: str, end: str, step: str, way: int, first: str) -> str:
    if not way:
        return f"{last} am {end}, wie am {first}"
    return f"{last} am {end}, {step} {'mehr' if way > 0 else 'weniger'} als am {first}"


def _change_fr(last: str, end: str, step: str, way: int, first: str) -> str:
    if not way:
        return f"{last} le {end}, comme le {first}"
    return f"{last} le {end}, {step} de {'plus' if way > 0 else 'moins'} que le {first}"


EN = ChartPhrases(
    colon=": ",
    bearing="with",
    log="log scale",
    log_means="Log scale: equal distances are equal multiples.",
    own_scale="Each on its own scale.",
    broken="counted differently from here",
    broken_since=lambda day: f"Counted differently since {day}.",
    each_day="Each point: 1 day.",
    each_days=lambda n: f"Each point: the {n} days that end with it.",
    each_span=lambda span: f"Each point: the {span} before it.",
    each_total="Each point: the total of all time on that day.",
    each_moment="Each point: one moment of that day.",
    per_day="per day",
    numbers="The numbers",
    day="Day",
    seen_by="seen by",
    as_written="as written",
    more=lambda n, count: (
        f"{n} earlier {'one is' if count == 1 else 'ones are'} in the data download."
    ),
    hidden=lambda n, count: (
        f"{n} earlier {'one is' if count == 1 else 'ones are'} not shown."
    ),
    sizes=((10**9, "bn"), (10**6, "m"), (10**3, "k")),
    one=lambda n, on: f"{n} on {on}",
    from_to=lambda n, on, last, end: f"from {n} ({on}) to {last} ({end})",
    all_alike=lambda n, count, days: (
        f"{n} in each of {count} {'days' if days else 'readings'}"
    ),
    highest_now=lambda n, on, count, days: (
        f"{n} on {on}, the highest of {count} {'days' if days else 'readings'}"
    ),
    highest=lambda n, on, count, days, last, end: (
        f"highest of {count} {'days' if days else 'readings'} on {on}, with {n}; "
        f"{last} on {end}"
    ),
    change=_change_en,
    since=lambda day: f"since {day}, ",
)
DE = ChartPhrases(
    colon=": ",
    bearing="mit",
    log="logarithmisch",
    log_means="Logarithmische Skala: gleiche Abstände sind gleiche Vielfache.",
    own_scale="Jede Linie hat ihre eigene Skala.",
    broken="ab hier anders gezählt",
    broken_since=lambda day: f"Seit {day} anders gezählt.",
    each_day="Jeder Punkt: 1 Tag.",
    each_days=lambda n: f"Jeder Punkt: die {n} Tage, die mit ihm enden.",
    each_span=lambda span: f"Jeder Punkt: die {span} davor.",
    each_total="Jeder Punkt: der Stand insgesamt an diesem Tag.",
    each_moment="Jeder Punkt: ein Augenblick dieses Tages.",
    per_day="pro Tag",
    numbers="Die Zahlen",
    day="Tag",
    seen_by="gesehen von",
    as_written="wie geschrieben",
    more=lambda n, count: (
        f"{n} frühere {'Zahl steht' if count == 1 else 'Zahlen stehen'} "
        "in den Daten zum Herunterladen."
    ),
    hidden=lambda n, count: (
        f"{n} frühere {'Zahl ist' if count == 1 else 'Zahlen sind'} nicht gezeigt."
    ),
    sizes=((10**9, "\xa0Mrd."), (10**6, "\xa0Mio.")),
    one=lambda n, on: f"{n} am {on}",
    from_to=lambda n, on, last, end: f"von {n} ({on}) bis {last} ({end})",
    all_alike=lambda n, count, days: (
        f"{n} an jedem von {count} Tagen"
        if days
        else f"{n} in jeder von {count} Ablesungen"
    ),
    highest_now=lambda n, on, count, days: (
        f"{n} am {on}, das meiste {'an' if days else 'in'} {count} "
        f"{'Tagen' if days else 'Ablesungen'}"
    ),
    highest=lambda n, on, count, days, last, end: (
        f"das meiste {'an' if days else 'in'} {count} "
        f"{'Tagen' if days else 'Ablesungen'} am {on} mit {n}; {last} am {end}"
    ),
    change=_change_de,
    since=lambda day: f"seit {day}: ",
)
FR = ChartPhrases(
    colon="\xa0: ",
    bearing="avec",
    log="échelle log.",
    log_means="Échelle logarithmique : à distances égales, multiples égaux.",
    own_scale="Chacun à sa propre échelle.",
    broken="compté autrement à partir d’ici",
    broken_since=lambda day: f"Compté autrement depuis le {day}.",
    each_day="Chaque point : 1 jour.",
    each_days=lambda n: f"Chaque point : les {n} jours qui finissent avec lui.",
    each_span=lambda span: f"Chaque point : les {span} qui précèdent.",
    each_total="Chaque point : le total à ce jour.",
    each_moment="Chaque point : un moment de ce jour.",
    per_day="par jour",
    numbers="Les nombres",
    day="Jour",
    seen_by="vus par",
    as_written="tel qu’écrit",
    more=lambda n, count: (
        f"{n} {'nombre antérieur est' if count == 1 else 'nombres antérieurs sont'} "
        "dans les données à télécharger."
    ),
    hidden=lambda n, count: (
        f"{n} nombre antérieur n’est pas affiché."
        if count == 1
        else f"{n} nombres antérieurs ne sont pas affichés."
    ),
    sizes=((10**9, "\xa0Md"), (10**6, "\xa0M")),
    one=lambda n, on: f"{n} le {on}",
    from_to=lambda n, on, last, end: f"de {n} ({on}) à {last} ({end})",
    all_alike=lambda n, count, days: (
        f"{n} à chacun des {count} {'jours' if days else 'relevés'}"
    ),
    highest_now=lambda n, on, count, days: (
        f"{n} le {on}, le maximum de {count} {'jours' if days else 'relevés'}"
    ),
    highest=lambda n, on, count, days, last, end: (
        f"maximum de {count} {'jours' if days else 'relevés'} le {on}, avec {n} ; "
        f"{last} le {end}"
    ),
    change=_change_fr,
    since=lambda day: f"depuis le {day}, ",
)
_KNOWN = {"en": EN, "de": DE, "fr": FR}


def chart_phrases_of(lang: str) -> ChartPhrases:
    """The phrases of a language tag such as `de-AT`; English where there are none."""
    return _KNOWN.get(lang.replace("_", "-").partition("-")[0].lower(), EN)
