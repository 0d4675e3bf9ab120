"""`init`: make the site of the project the author's own."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from pelican.plugins.incremental.system.catalogues import read_catalogue

from ..model.errors import Mistake, Mistakes
from ..model.messages import count_of
from ..storage.atomic_write import write_if_changed
from . import samples
from .answers import answers_of
from .settings_edit import value_in, with_values

SETTINGS, PRODUCTION = Path("pelicanconf.py"), Path("publishconf.py")
PLACES = {
    "name": (SETTINGS, "SITENAME"),
    "address": (PRODUCTION, "SITE_ADDRESS"),
    "lang": (SETTINGS, "DEFAULT_LANG"),
    "author": (SETTINGS, "AUTHOR"),
    "contact": (SETTINGS, "LIVE_STATS_CONTACT"),
}
"""Where each answer is written."""

OF_THE_SAMPLES = {
    "SITENAME": "Digital Media Team",
    "AUTHOR": "Digital Media Team",
    "SITESUBTITLE": "What happens on social media, with numbers that stay true",
    "SUBSCRIBE_TEXT": "Subscribe for opinions on social media and search advertising",
    "SITE_ADDRESS": "https://blog.example",
}
"""Values that are about the samples: no answer of the author."""

PAGE = """Title: {title}
Slug: how-we-count
Template: how_we_count
Menu: {title}
Summary: {summary}
"""
TITLE = "How we count"
SUMMARY = (
    "What each number on this site means, whose posts it covers, "
    "and what it leaves out."
)


def init_command(options: argparse.Namespace) -> int:
    """Ask, write the answers into the settings, and take the samples away."""
    for file in (SETTINGS, PRODUCTION):
        _check_is_here(file)
    content = samples.read_content()
    _check_samples_are_alone(content)
    present = {name: _present(*place) for name, place in PLACES.items()}
    try:
        answers = answers_of(options, present)
    except EOFError:
        print("\ninit: no answer, so nothing was changed", file=sys.stderr)
        return 2
    if answers is None:
        return 2
    changed = _write_settings(answers)
    changed += _write_page(answers["lang"])
    if content.samples:
        _remove_samples(content)
    if not changed and not content.samples:
        print("nothing to do: the settings have these answers, and no sample is left")
    print('next: make new title="My first post"')
    return 0


def _check_is_here(file: Path) -> None:
    if not file.is_file():
        what = "there is no such settings file here"
        mend = "run this in the folder that has it"
        raise Mistakes([Mistake(path=str(file), what=what, mend=mend)])


def _check_samples_are_alone(content: samples.Content) -> None:
    """Raise `Mistakes` if posts of the author stand among the samples."""
    if not content.samples:
        return
    alone = f"rm {' '.join(content.samples)}, then run this again"
    mistakes = [
        Mistake(
            path=path,
            what="this is none of the samples, and only a site of nothing else is "
            "emptied: nothing was changed",
            mend=f"take the samples away yourself: {alone}",
        )
        for path in content.own_posts
    ]
    if mistakes:
        raise Mistakes(mistakes)


def _present(file: Path, name: str) -> str:
    """The answer that the settings hold; empty if it is about the samples."""
    value = value_in(file, name)
    return "" if value == OF_THE_SAMPLES.get(name) else value


def _write_settings(answers: Mapping[str, str]) -> int:
    """Write what changes, and say it; returns the number of files. May raise."""
    wanted: dict[Path, dict[str, str]] = {SETTINGS: {}, PRODUCTION: {}}
    for name, (file, setting) in PLACES.items():
        wanted[file][setting] = answers[name]
    for setting in ("SITESUBTITLE", "SUBSCRIBE_TEXT"):
        if value_in(SETTINGS, setting) == OF_THE_SAMPLES[setting]:
            wanted[SETTINGS][setting] = ""
    # All are made before any is written: one that cannot be made stops them all.
    texts = {file: with_values(file, values) for file, values in wanted.items()}
    changed = 0
    for file, text in texts.items():
        names = [n for n, v in wanted[file].items() if value_in(file, n) != v]
        if write_if_changed(file, text.encode()):
            print(f"wrote {file}: {', '.join(names)}")
            changed += 1
    return changed


def _write_page(lang: str) -> int:
    """Put the page on how we count into the language, if nobody has edited it."""
    if not samples.is_sample(samples.HOW_WE_COUNT):
        return 0
    title, summary = _translated(TITLE, lang), _translated(SUMMARY, lang)
    text = PAGE.format(title=title, summary=summary)
    if not write_if_changed(Path(samples.HOW_WE_COUNT), text.encode()):
        return 0
    print(f"wrote {samples.HOW_WE_COUNT}, in {lang}")
    return 1


def _translated(text: str, lang: str) -> str:
    """A phrase in a language of the theme; as it is in any other."""
    try:
        name = lang.partition("-")[0]
        catalogue = read_catalogue(Path(f"theme/locale/{name}/LC_MESSAGES/theme.po"))
    except (OSError, ValueError):
        return text
    return catalogue.gettext(text)


def _remove_samples(content: samples.Content) -> None:
    """Remove the samples, and the readings that were made for them alone."""
    _say("the samples", samples.remove(content.samples))
    if content.own_pages:
        print(f"kept all readings: {content.own_pages[0]} may show some")
    elif paths := samples.readings():
        _say("the readings that they needed", samples.remove(paths))


def _say(what: str, removed: samples.Removed) -> None:
    number = len(removed.committed) + len(removed.others)
    print(f"removed {what}: {count_of(number, 'file')}")
    if removed.committed:
        folder = str(Path(removed.committed[0]).parent)
        print(f"  git has them: git checkout HEAD -- {folder}")
    if removed.others:
        print(f"  git does not have {len(removed.others)} of them: see {samples.KEPT}/")
