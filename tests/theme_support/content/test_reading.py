"""Texts are finished in their own language."""

from types import SimpleNamespace

import pytest

from pelican.plugins.theme_support.content.reading import Finishing
from pelican.plugins.theme_support.i18n import Phrases
from support.paths import ROOT


@pytest.fixture
def finished(tmp_path):
    """A function that returns a text as it is finished in a language."""
    finishing = Finishing(
        policy=SimpleNamespace(),
        phrases=Phrases(ROOT / "theme/locale"),
        content=str(tmp_path),
        lang="en",
        site="",
    )

    def finish(text, lang):
        return finishing.finished(str(tmp_path / "a.md"), text, {"lang": lang})[0]

    return finish


def box(kinds, title):
    return f'<div class="admonition {kinds}">\n<p class="admonition-title">{title}</p>'


@pytest.mark.parametrize(
    ("lang", "said"),
    [("de", "Warnung"), ("fr", "Avertissement"), ("es", "Advertencia"),
     ("en", "Warning"), ("it", "Warning")],
)  # fmt: skip
def test_a_box_without_a_title_has_one_of_its_language(finished, lang, said):
    """Python-Markdown writes the English word: it is translated."""
    assert finished(box("warning", "Warning"), lang) == box("warning", said)


def test_a_title_of_the_author_stays(finished):
    """Other words, kinds that are not ours, and more classes."""
    for kinds, title in (("warning", "Note"), ("quote", "Quote"), ("note", "My note")):
        assert finished(box(kinds, title), "de") == box(kinds, title)
    assert finished(box("note big", "Note"), "de") == box("note big", "Hinweis")
