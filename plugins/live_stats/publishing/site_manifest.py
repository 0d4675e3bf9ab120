"""A built site, in a few values: what it takes to fill it again without Pelican."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from ..model.settings import Settings


@dataclass(slots=True, kw_only=True)
class SiteManifest:
    """A site, and what is needed to fill it again; all but its files and slots.

    `series` is what is to be asked, `places` where a template asks for it, as
    path:line; what posts ask for is in the index itself. `decisions` are the values
    that templates have decided on, `scheduled` when the next dated post is due,
    `servers` the usual ones where they are not the providers' own, `left_out` has lines
    on drafts, `previews` is another text if previews have other addresses. `withheld`
    are those of the series that only previews show. `parts` names those of the history
    that have files below `data/`. `searched` is the digest of the texts that can be
    found, None if the site is not to be searched; `addresses` that of the addresses
    that posts have had. Paths are absolute.
    """

    settings: Settings
    address: str
    output: str
    data: str
    themes: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, int | None] = field(default_factory=dict)
    scheduled: datetime | None = None
    servers: dict[str, str] = field(default_factory=dict)
    left_out: str = ""
    previews: str = ""
    withheld: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    searched: str | None = None
    addresses: str = ""

    def beside(self, before: Self) -> Self:
        """This, and what pages ask for that were not looked at again."""
        return replace(
            self,
            series=sorted({*self.series, *before.series}),
            places=before.places | self.places,
            decisions=before.decisions | self.decisions,
        )
