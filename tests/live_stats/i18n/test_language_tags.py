"""Language tags: which are taken, and what is offered for one that is none."""

import pytest

from pelican.plugins.live_stats.i18n.language_tags import LanguageError, checked


@pytest.mark.parametrize("tag", ["en", "de", "en-GB", "pt-BR", "zh-Hant-TW", "sr-Latn"])
def test_a_tag_is_taken_whatever_its_capitals(tag):
    """Pelican itself makes them small."""
    assert checked(tag) == checked(tag.lower()) == checked(tag.upper()) == tag


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("deutsch", 'did you mean "de"?'),
        ("English", 'did you mean "en"?'),
        ("français", 'did you mean "fr"?'),
        ("Portugese", 'did you mean "pt"?'),
        ("pt_BR", 'write "pt-BR"'),
        ("en_gb", 'write "en-GB"'),
        ("xx-YY", 'write one such as "en" or "pt-BR"'),
        ("", 'write one such as "en" or "pt-BR"'),
        (None, 'write one such as "en" or "pt-BR"'),
        (7, 'write one such as "en" or "pt-BR"'),
    ],
)
def test_what_is_none_has_a_mend(text, mend):
    """By its name in English or its own, or by its form."""
    with pytest.raises(LanguageError) as error:
        checked(text)
    assert error.value.mend == mend
