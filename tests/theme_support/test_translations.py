"""The interface in the reader's language."""

from pathlib import Path

import pytest

from pelican.plugins.theme_support.i18n import Phrases, direction, language

LOCALE = Path(__file__).parents[2] / "theme" / "locale"


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        ("en", "1 post", "3 posts"),
        ("de-AT", "1 Beitrag", "3 Beiträge"),
        ("fr", "1 billet", "3 billets"),
        ("es-MX", "1 artículo", "3 artículos"),
        ("pt", "1 post", "3 posts"),
    ],
)
def test_numbers_choose_their_form(lang, one, many):
    """One post, three posts, in the reader's language; English where we have none."""
    phrases = Phrases(LOCALE)

    assert phrases.count(1, "{n} post", "{n} posts", lang) == one
    assert phrases.count(3, "{n} post", "{n} posts", lang) == many


def test_no_words_stay_no_words():
    """A subtitle that is left empty is not the header of the catalogue."""
    assert Phrases(LOCALE).tr("", "de") == ""


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
