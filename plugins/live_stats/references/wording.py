"""What providers declare of a number, in the reader's language.

The providers say it in English, and the catalogues translate it. A fact that a
catalogue does not have stays English, and is told apart, so that a page can mark it.
"""

from dataclasses import dataclass
from functools import lru_cache

from ..i18n.translator import translator_of
from ..model.values import Reference
from ..providers.base import Metric, Unavailable
from ..providers.facts import fill_in
from .catalogue import facts
from .server_names import readable_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The facts of one number in words; what is not known of it is empty.

    `breaks` says for each break of the metric what changed. `english` has those of the
    texts that are English for want of a translation, where that is another language.
    """

    scope: str
    where: str
    caveat: str
    reason: str
    breaks: tuple[str, ...]
    english: tuple[str, ...]


@lru_cache(4096)
def wording_of(reference: Reference, lang: str) -> Wording:
    """What is declared of a reference. KeyError if no provider declares it."""
    about = facts(reference)
    return in_language(
        about.metric,
        about.unavailable,
        lang,
        label=about.label,
        server=readable_name(about.server),
        subject=reference.subject,
    )


def in_language(
    metric: Metric,
    closed: Unavailable | None,
    lang: str,
    *,
    label: str,
    server: str,
    subject: str,
) -> Wording:
    """What is declared of a metric, with the {fields} filled in."""
    translator = translator_of(lang)
    english: list[str] = []

    def said(fact: str) -> str:
        known = translator.translation(fact)
        text = fill_in(known or fact, label=label, server=server, subject=subject)
        if fact and known is None:
            english.append(text)
        return text

    return Wording(
        scope=said(metric.scope),
        where=fill_in(
            translator.gettext(metric.where) if metric.where else "",
            label=label,
            server=server,
            subject=subject,
        ),
        caveat=said(metric.caveat),
        reason=said(closed.reason) if closed else "",
        breaks=tuple(said(one.reason) for one in metric.breaks),
        english=tuple(english),
    )
