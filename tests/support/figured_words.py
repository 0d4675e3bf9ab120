"""What must stand around a number, in words of these tests and in two languages."""

import re

from babel.dates import get_month_names

from .figured_pages import values

DAY = {"en": r"\d{1,2} [A-Z][a-z]+ \d{4}", "de": r"\d{1,2}\. [A-Z]\w+ \d{4}"}
MONTHS = {
    lang: list(get_month_names("wide", locale=lang).values()) for lang in ("en", "de")
}
CLOSED = "no longer published by the platform since 14 August 2024"
SURE = {
    "en": {"exact": "", "at-least": "at least ", "estimate": "about ",
           "rounded": "about "},
    "de": {"exact": "", "at-least": "mindestens ", "estimate": "etwa ",
           "rounded": "etwa "},
}  # fmt: skip
NOUNS = {
    "en": {},
    "de": {"posts": "Beiträge", "articles": "Artikel", "mentions": "Erwähnungen"},
}
PLACES = ["mastodon.social", "chaos.social", "Bluesky", "X", "GDELT", "Hacker News",
          "Facebook", "en.wikipedia.org"]  # fmt: skip
PLACE = re.compile(
    "|".join(rf"(?<![\w.@]){re.escape(place)}(?![\w.])" for place in PLACES)
)


def day_words(day, lang="en"):
    dot = "." if lang == "de" else ""
    return f"{day.day}{dot} {MONTHS[lang][day.month - 1]} {day.year}"


def number_words(value, lang="en"):
    words = f"{value:,}"
    return words.replace(",", ".") if lang == "de" else words


def window_words(one, lang):
    day = day_words(one.until, lang)
    if lang == "de":
        return f"in den {one.days} Tagen bis {day}"
    return f"in the {one.days} days to {day}"


def age_words(one, lang):
    day = day_words(one.as_of, lang)
    if one.state == "fresh":
        return f"Stand {day}" if lang == "de" else f"as of {day}"
    words = f"zuletzt abgerufen am {day}" if lang == "de" else f"last reading {day}"
    if one.state == "held":
        words += ", a newer one is being checked"
    if one.state == "retired":
        words = f"last reading {day}, {CLOSED}"
    return words


WHERE, NOUN, WINDOW, AGE = "place", "noun", "window", "age"
STATEMENTS = {
    "panel__item": {WHERE, NOUN, WINDOW, AGE},
    "headline": {WHERE, NOUN, WINDOW},
    "figure": {WHERE, WINDOW},
    "figures__row": {WHERE, WINDOW, AGE},
    "card__reading": {WHERE, WINDOW, AGE},
    "lead": {WINDOW},
    "compare__row": {WHERE, NOUN, WINDOW},
    "embed__count": {NOUN, AGE},
    "badge": {WHERE, NOUN, WINDOW},
}
"""What each statement says of its number. What else it says has to be true as well.

A count of all time has its age instead of a window. Whose a count of a post is, say the
author's words around the figure and the link to its source.
"""
OF_A_SENTENCE = {"figure", "card__reading"}


def german(words):
    return bool(re.search(r"\b(in den|Stand|zuletzt|pro Tag|Beiträge|am|auf)\b", words))


def wrong_with(words, one, needs, shown):
    """What the words around a number say of it that is not so, or what they lack.

    `shown` are the words of the number itself.
    """
    lang = "de" if german(words) else "en"
    expected = SURE[lang][one.sure] + number_words(one.value, lang)
    if shown != expected and not replaced(shown, one, lang):
        yield f"expected the number {expected!r}"
    window = window_words(one, lang) if one.days else None
    windows = re.findall(WINDOWS[lang], words)
    if any(found != window for found in windows):
        yield f"expected the days {window!r}"
    age = age_words(one, lang)
    for found in re.findall(AGES[lang], words):
        if not age.startswith(found) or age not in words:
            yield f"expected the age {age!r}"
    places = set(PLACE.findall(words)) - ({one.label} if one.label else set())
    if not places <= set(one.places):
        yield f"expected the place {one.place!r} alone"
    lacks = {
        WHERE: not set(one.places) <= set(PLACE.findall(words)),
        NOUN: NOUNS[lang].get(one.noun, one.noun) not in words,
        WINDOW: not (window in words if window else aged(words, one, lang)),
        AGE: age not in words,
    }
    for need in sorted(needs):
        if lacks[need]:
            yield f"expected its {need}: {one}"


def replaced(shown, one, lang):
    """Whether the words are of a claim that was written anew, and true."""
    qualifier = "rund |etwa " if lang == "de" else "about "
    number = values(shown)
    return bool(
        re.match(qualifier, shown)
        and one.sure == "estimate"
        and number
        and abs(number[0] - one.value) <= one.value / 100
    )


def aged(words, one, lang):
    day = day_words(one.as_of, lang)
    return (
        age_words(one, lang) in words
        or f"{'am' if lang == 'de' else 'on'} {day}" in words
    )


WINDOWS = {
    "en": rf"in the \d+ days to {DAY['en']}",
    "de": rf"in den \d+ Tagen bis {DAY['de']}",
}
AGES = {
    "en": rf"(?:as of|last reading) {DAY['en']}",
    "de": rf"(?:Stand|zuletzt abgerufen am) {DAY['de']}",
}
