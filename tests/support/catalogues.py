"""The gettext catalogues of the project: which messages each needs, and which it has.

Run it to bring them up to date (see docs/how-to/add-a-language.md):

    python -m support.catalogues [LANGUAGE ...]

Every catalogue gets the messages that are new, and loses those that nothing says any
more. A language that has no catalogue gets one. What is left to translate is listed.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from pelican.plugins.live_stats.providers import PROVIDERS
from support.paths import ROOT

PYTHON_KEYWORDS = {
    "N_": None,
    "Nn_": (1, 2),
    "gettext": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
}
COMMENTS = ["Translators:"]
TRANSLATED_NAMES = {"kind", "heading"}
"""Variables of the theme's templates that hold a message."""
FROM_SETTINGS = (
    "What happens on social media, with numbers that stay true",
    "How we count",
    "What each number on this site means, whose posts it covers, "
    "and what it leaves out.",
    "Subscribe for opinions on social media and search advertising",
)
"""What the settings and pages of the site as it ships say, and templates translate."""

Found = tuple[str | tuple[str, str], str | None, list[str]]
"""A message or its two forms, its context, and comments for translators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """One set of catalogues: where its messages are said, and where they are."""

    name: str
    sources: tuple[Path, ...]
    pattern: str  # of the catalogues, with {language}
    more: tuple[str, ...] = ()

    def path(self, language: str) -> Path:
        return ROOT / self.pattern.format(language=language)

    def languages(self) -> list[str]:
        """The languages that have a catalogue."""
        before, _, after = str(ROOT / self.pattern).partition("{language}")
        found = Path(before).glob(f"*{after}")
        return sorted(
            str(path).removeprefix(before).removesuffix(after) for path in found
        )

    def messages(self) -> Catalog:
        """Every message that the sources say."""
        template = Catalog(domain=self.name)
        for source in self.sources:
            for path in sorted(source.rglob("*")):
                reader = READERS.get(path.suffix)
                for message, context, comments in reader(path) if reader else ():
                    template.add(message, context=context, auto_comments=comments)
        for message in self.more:
            template.add(message)
        return template

    def catalogue(self, language: str) -> Catalog:
        """The catalogue of a language as it is; a new one if there is none."""
        path = self.path(language)
        if not path.is_file():
            return Catalog(Locale.parse(language), domain=self.name)
        with path.open("rb") as file:
            return read_po(file, locale=language, domain=self.name, abort_invalid=True)


def _of_python(path: Path) -> Iterator[Found]:
    for _, said, comments, context in extract_from_file(
        "python", path, keywords=PYTHON_KEYWORDS, comment_tags=COMMENTS
    ):
        yield said, context, [c.removeprefix("Translators: ") for c in comments]


def _of_template(path: Path) -> Iterator[Found]:
    """Constants that go through the filters `tr` and `count`."""
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for node in tree.find_all(nodes.Filter):
        if node.name == "tr":
            named = {one.key: one.value for one in node.kwargs}
            context = named.get("context")
            for message in _constants(node.node):
                yield message, context and _text(context), []
        elif node.name == "count":
            yield (_text(node.args[0]), _text(node.args[1])), None, []
    for node in tree.find_all(nodes.Assign):
        targets, values = _parts(node.target), _parts(node.node)
        for target, value in zip(targets, values, strict=False):
            if getattr(target, "name", "") in TRANSLATED_NAMES:
                yield from ((message, None, []) for message in _constants(value))


def _parts(node: nodes.Node) -> list[nodes.Node]:
    return list(node.items) if isinstance(node, nodes.Tuple) else [node]


def _constants(node: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value


def _text(node: nodes.Node) -> str:
    [text] = _constants(node)
    return text


def _declared() -> Iterator[str]:
    """What the providers say of their numbers; not what is only a {field} or a name."""
    for provider in PROVIDERS:
        metrics = [metric for kind in provider.kinds for metric in kind.metrics]
        for one in metrics:
            breaks = [found.reason for found in one.breaks]
            for fact in (one.scope, one.caveat, one.where, *breaks):
                if re.sub(r"{\w+}(\.org)?", "", fact):
                    yield fact
        yield from (one.reason for one in provider.unavailable.values())


READERS = {".py": _of_python, ".html": _of_template}
DOMAINS = (
    Domain(
        name="live_stats",
        sources=(
            ROOT / "plugins/live_stats/i18n",
            ROOT / "plugins/live_stats/rendering/templates",
        ),
        pattern="plugins/live_stats/i18n/messages/{language}.po",
        more=tuple(_declared()),
    ),
    Domain(
        name="the theme",
        sources=(ROOT / "theme/templates", ROOT / "plugins/theme_support"),
        pattern="theme/locale/{language}/LC_MESSAGES/theme.po",
        more=FROM_SETTINGS,
    ),
)


def untranslated(catalogue: Catalog, messages: Iterable[Message]) -> list[str]:
    """Those messages that a catalogue has no whole translation of."""
    found = []
    for wanted in messages:
        own = catalogue.get(wanted.id, wanted.context)
        if wanted.id and not (own and _is_whole(own, wanted)):
            found.append(_first(wanted))
    return found


def _is_whole(own: Message, wanted: Message) -> bool:
    forms = own.string if isinstance(own.string, tuple) else (own.string,)
    return not own.fuzzy and all(forms) and own.pluralizable == wanted.pluralizable


def update(domain: Domain, language: str) -> list[str]:
    """Write the catalogue of a language anew; return what is left to translate."""
    messages, catalogue = domain.messages(), domain.catalogue(language)
    fresh = Catalog(
        Locale.parse(language),
        domain=domain.name,
        header_comment=f"# {Locale.parse(language).english_name} phrases of "
        f"{domain.name}. The source says the English ones.",
    )
    for wanted in sorted(messages, key=_order):
        if wanted.id:
            own = catalogue.get(wanted.id, wanted.context)
            fresh.add(
                wanted.id,
                own.string if own else None,
                context=wanted.context,
                auto_comments=wanted.auto_comments,
                user_comments=own.user_comments if own else (),
                flags=wanted.flags,
            )
    text = BytesIO()
    write_po(text, fresh, width=0, no_location=True, omit_header=True)
    path = domain.path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_header(fresh).encode() + text.getvalue())
    return untranslated(fresh, messages)


def _order(message: Message) -> tuple[str, str]:
    return _first(message), message.context or ""


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _header(catalogue: Catalog) -> str:
    """Only what readers of the file need: no dates, which change with every run."""
    return (
        f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )


def main(languages: list[str]) -> int:
    """Update all catalogues, and those of new languages. 1 if something is left."""
    left = 0
    for domain in DOMAINS:
        for language in sorted({*domain.languages(), *languages}):
            missing = update(domain, language)
            left += len(missing)
            for message in missing:
                print(f"{domain.path(language).relative_to(ROOT)}: {message!r}")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
