"""The interface in the reader's language."""

import re
from pathlib import Path

import pytest

from pelican.plugins.theme_support.i18n import Phrases, direction, language

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "theme" / "locale"
TEMPLATES = sorted((ROOT / "theme" / "templates").rglob("*.html"))


def said():
    """Every phrase that a template of the theme asks for."""
    found = set()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'"([^"]+)" \| tr\(', text))
        found |= set(re.findall(r'count\("([^"]+)", "[^"]+"', text))
    return found


def test_german_has_every_phrase_of_the_templates():
    """Whoever adds a phrase adds its translation."""
    german = Phrases(LOCALE).catalogues["de"]

    missing = [
        text for text in said() if not (german.get(text) and german.get(text).string)
    ]

    assert len(said()) > 40 and not missing


def test_a_translation_fills_the_names_of_its_original():
    """No placeholder is lost or invented on the way to German."""
    for message in Phrases(LOCALE).catalogues["de"]:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.id, tuple) else (message.string,)
        for text in strings:
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", ids[0]))


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        ("en", "1 post", "3 posts"),
        ("de-AT", "1 Beitrag", "3 Beiträge"),
        ("fr", "1 post", "3 posts"),
    ],
)
def test_numbers_choose_their_form(lang, one, many):
    """One post, three posts, in the reader's language; English where we have none."""
    phrases = Phrases(LOCALE)

    assert phrases.count(1, "{n} post", "{n} posts", lang) == one
    assert phrases.count(3, "{n} post", "{n} posts", lang) == many


def test_another_phrase_is_another_digest(tmp_path):
    """The digest is among the settings, so an edited phrase builds the pages again."""
    file = tmp_path / "de" / "LC_MESSAGES" / "theme.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Posts"\nmsgstr "Beiträge"\n', encoding="utf-8")
    before = Phrases(tmp_path).digest
    file.write_text('msgid "Posts"\nmsgstr "Artikel"\n', encoding="utf-8")

    assert Phrases(tmp_path).digest != before


def test_languages_know_their_names_and_directions():
    """Arabic is written from right to left; what is no language is left as it is."""
    assert (direction("ar"), direction("de-AT"), direction("?")) == (
        "rtl",
        "ltr",
        "ltr",
    )
    assert (language("de"), language("?")) == ("Deutsch", "?")
