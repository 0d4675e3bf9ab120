"""The gettext catalogues: complete in every language, and used by the rules of each."""

import ast
import re

import pytest

from pelican.plugins.live_stats.i18n import translator
from pelican.plugins.live_stats.i18n.locales import TABLES
from pelican.plugins.live_stats.i18n.phrases import format_number, phrases_of
from pelican.plugins.live_stats.i18n.sentences import NOUNS
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.publishing import run
from pelican.plugins.live_stats.references.catalogue import parse
from pelican.plugins.live_stats.references.wording import wording_of
from support.catalogues import DOMAINS, Domain, untranslated
from support.paths import ROOT

TRANSLATED = sorted(set(TABLES) - {"en"})
LIVE_STATS, THEME = DOMAINS
CATALOGUES = [
    pytest.param(domain, language, id=f"{domain.name} {language}")
    for domain in DOMAINS
    for language in domain.languages()
]


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
def test_every_language_has_a_catalogue(domain):
    """A language with a grammar has messages for fragments and for the theme."""
    assert domain.languages() == TRANSLATED


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_catalogue_has_every_message(domain, language):
    """A phrase without its translation is found here, not by a reader."""
    assert untranslated(domain.catalogue(language), domain.messages()) == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_catalogue_has_no_other_message(domain, language):
    """A phrase that is gone takes its translation along."""
    wanted = {(one.id, one.context) for one in domain.messages()}

    assert {(one.id, one.context) for one in domain.catalogue(language)} == wanted


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_translation_fills_the_names_of_its_original(domain, language):
    """No placeholder is invented, and only a singular may leave out its number.

    What providers declare may name its server and its platform anywhere.
    """
    for message in domain.catalogue(language):
        plural = isinstance(message.id, tuple)
        wanted = names(message.id[1] if plural else message.id)
        if message.id in domain.more and names(message.string) <= {"server", "label"}:
            continue
        for text in message.string if plural else [message.string]:
            assert names(text) in ([wanted, wanted - {"n"}] if plural else [wanted])


def names(text):
    return set(re.findall(r"{(\w+)}", text))


def test_a_forgotten_phrase_is_noticed(tmp_path):
    """Phrases of code and of templates are found, with their plurals and contexts."""
    (tmp_path / "code.py").write_text(
        't.gettext("One")\nt.ngettext("{n} day", "{n} days", 3)\nX = N_("Two")\n'
    )
    (tmp_path / "page.html").write_text(
        '{{ "Three" | tr(lang) }}{{ "Four" | tr(lang, context="cell") }}'
        '{{ n | count("{n} post", "{n} posts", lang) }}{% set kind = "Five" %}'
        '{% if x %}{{ ("Six" | tr(lang) if y, z) | join }}{% endif %}'
    )
    domain = Domain(name="new", sources=(tmp_path,), pattern="nowhere/{language}.po")

    missing = untranslated(domain.catalogue("de"), domain.messages())

    assert set(missing) == {
        *("One", "Two", "Three", "Four", "Five", "Six"),
        *("{n} day", "{n} post"),
    }
    assert domain.messages().get("Four", "cell")


def test_no_phrase_hides_from_the_extraction():
    """Babel reads tokens: what is said inside an f-string it would not see."""
    calls = {"gettext", "pgettext", "ngettext", "N_", "Nn_"}
    known = {text for one in LIVE_STATS.messages() for text in texts(one.id)}
    for path in (ROOT / "plugins/live_stats").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in calls:
                first = node.args[name_of(node.func) == "pgettext"]
                if isinstance(first, ast.Constant):
                    assert first.value in known, path


def name_of(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def texts(message):
    return message if isinstance(message, tuple) else (message,)


def test_every_metric_has_its_noun():
    """What a platform counts is a word that catalogues translate."""
    metrics = {
        metric.name
        for provider in PROVIDERS
        for kind in provider.kinds
        for metric in kind.metrics
    }

    assert metrics <= set(NOUNS)


@pytest.mark.parametrize(
    ("lang", "days", "hours"),
    [
        ("en", "in the 7 days to D", "in the 24 hours before the reading of D"),
        ("de-AT", "in den 7 Tagen bis D", "in den 24 Stunden vor der Abfrage am D"),
        (
            "fr",
            "dans les 7 jours jusqu’au D",
            "dans les 24 heures avant le relevé du D",
        ),
        (
            "es-MX",
            "en los 7 días hasta el D",
            "en las 24 horas anteriores a la lectura del D",
        ),
        ("pt", "in the 7 days to D", "in the 24 hours before the reading of D"),
    ],
)
def test_a_noun_keeps_its_gender(lang, days, hours):
    """Whole sentences are translated, so that articles fit; else they are English."""
    words = phrases_of(lang)

    assert (words.the_days(7, "D"), words.minutes(1440, "D")) == (days, hours)


@pytest.mark.parametrize(
    ("lang", "none", "one", "two"),
    [
        ("en", "0 days", "1 day", "2 days"),
        ("de", "0 Tage", "1 Tag", "2 Tage"),
        ("fr", "0 jour", "1 jour", "2 jours"),
        ("es", "0 días", "1 día", "2 días"),
    ],
)
def test_a_number_has_the_plural_of_its_language(lang, none, one, two):
    """Which form a number takes is a rule of the catalogue: in French 0 is singular."""
    words = phrases_of(lang)

    assert [words.window(n) for n in (0, 1, 2)] == [none, one, two]


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("en", ["posts", "post", "posts", "posts"]),
        ("de", ["Beiträge", "Beitrag", "Beiträge", "Beiträge"]),
        ("fr", ["message", "message", "messages", "messages"]),
        ("es", ["publicaciones", "publicación", "publicaciones", "publicaciones"]),
    ],
)
def test_a_noun_agrees_with_its_number(lang, forms):
    """One post, two posts; a metric without a noun is its own, whatever the number."""
    words = phrases_of(lang)

    assert [words.noun("posts", n) for n in (0, 1, 2, 1_840)] == forms
    assert words.noun("posts") == forms[2]
    assert words.noun("zaps", 1) == "zaps"


@pytest.mark.parametrize("language", LIVE_STATS.languages())
def test_numbers_of_a_fact_survive_its_translation(language):
    """A limit that a provider names is the same number in each language, grouped as
    the language groups it."""
    catalogue = LIVE_STATS.catalogue(language)
    for fact in LIVE_STATS.more:
        numbers = re.findall(r"\d[\d,]*\d|\d", fact)
        said = catalogue.get(fact).string
        for number in numbers:
            plain = int(number.replace(",", ""))
            own = format_number(plain, language) if "," in number else number
            assert own in said, fact


def test_what_has_no_translation_is_told_apart():
    """In a language of ours nothing is left English; in another one all of it is."""
    closed = parse("instagram/tag/metoo/posts")[0]
    german, italian = wording_of(closed, "de"), wording_of(closed, "it")

    assert german.reason.startswith("Die Schnittstelle") and german.english == ()
    assert {italian.reason, italian.scope, italian.caveat} == set(italian.english)
    assert wording_of(closed, "en-GB").english == ()


def test_english_reads_no_catalogue(monkeypatch):
    """What the source says in English costs nothing."""
    monkeypatch.delattr(translator, "packaged_catalogue")
    translator.translator_of.cache_clear()

    assert translator.translator_of("en-GB").gettext("Day") == "Day"


def test_an_edited_catalogue_fills_the_pages_anew(tmp_path, monkeypatch):
    """What fragments are made from includes the catalogues."""
    monkeypatch.setattr(run, "PACKAGE", tmp_path)
    file, settings = tmp_path / "pt.po", Settings()
    file.write_text('msgid "Day"\nmsgstr "Dia"\n')
    before = run.rendering_signature(run.code_signature(), [], settings)

    file.write_text('msgid "Day"\nmsgstr "O dia"\n')

    assert run.rendering_signature(run.code_signature(), [], settings) != before
