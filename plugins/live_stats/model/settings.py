"""The site's `LIVE_STATS_*` settings, parsed once into one frozen object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any, Self

from .errors import Mistake, Mistakes
from .settings_validation import CHECKS, PlatformInfo
from .suggestions import suggestion
from .values import Reference

__all__ = ["PlatformInfo", "Settings"]

ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set in `pelicanconf.py`, each as `LIVE_STATS_<NAME>`."""

    platforms: tuple[str, ...] = ("mastodon", "bluesky", "x", "gdelt", "hackernews")
    """Platforms that count every hashtag of the site. `mastodon@fosstodon.org` is
    another server: its count is shown beside the others and never added to them."""

    contact: str = ""
    """An e-mail or web address for the User-Agent; platforms want to know who asks."""

    deadline: float = 20.0
    """Seconds that one collection may take."""

    fresh_for: Mapping[str, float] = field(default_factory=dict)
    """Minutes that a reading of a platform counts as fresh, where the platform's own
    default does not suit: `{"x": 2880}`."""

    requests: Mapping[str, int] = field(default_factory=dict)
    """Requests to one server of a platform that one collection may make: `{"x": 4}`.
    The report says when that was too few. What was left out comes first next time."""

    budgets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """What all collections may spend together, by platform and unit:
    `{"x": {"dollars": 0.1}, "youtube": {"searches": 50}}`. `make stats` shows it."""

    warn_after: Mapping[str, float] = field(default_factory=dict)
    """Hours after which a number that was not confirmed gets a line in the report:
    `{"x/post/likes": 48, "mastodon": 24, "*": 72}`. Empty: never."""

    fail_after: Mapping[str, float] = field(default_factory=dict)
    """The same, but the command ends with exit code 3, after it has written a complete
    site."""

    share_images: bool = False
    """Draw an image for each post and hashtag, with its figure and the date, for
    previews on other sites. There is none where the fonts (Latin, Greek, Cyrillic) lack
    a letter or sign of title, number or date."""

    data: bool = False
    """Publish the history as CSV, JSON and SQLite below `/data/`, and with each hashtag
    its own rows, badges, and a card that other sites may embed."""

    refreshed_every: int = 0
    """Minutes between two refreshes of the site where it is served. Pages that are open
    then ask as often for new numbers. 0: they stay as they were opened."""

    previews: bool = False
    """Publish drafts and planned posts too, below `drafts/`, for those who know the
    address. It follows from the file's path and the variable LIVE_STATS_PREVIEW_SECRET,
    so nobody can guess it; publish prints it. Their figures are fetched, and their
    mistakes stop the build."""

    offline: bool = False
    """Build from the history alone, and fetch nothing."""

    @classmethod
    def parse(
        cls, site: Mapping[str, Any], known: Sequence[PlatformInfo], path: str
    ) -> Self:
        """The settings of a site. Raises Mistakes, with all of them.

        `known` are the platforms; `path` is the settings file, for errors.
        """
        names = {f"LIVE_STATS_{item.name.upper()}": item.name for item in fields(cls)}
        mistakes: list[Mistake] = []
        values: dict[str, Any] = {}
        for key, value in site.items():
            if not key.startswith("LIVE_STATS_"):
                continue
            if key not in names:
                mistakes.append(_unknown(path, key, list(names)))
                continue
            wrong = CHECKS[names[key]](value, known)
            if wrong:
                mistakes.append(Mistake(path=path, what=f"{key} {wrong}"))
            values[names[key]] = tuple(value) if isinstance(value, list) else value
        if mistakes:
            raise Mistakes(mistakes)
        return cls(**values)

    def fresh_time(self, platform: str, usual: timedelta) -> timedelta:
        """How long a reading of `platform` counts as fresh; `usual` if not set."""
        minutes = self.fresh_for.get(platform)
        return usual if minutes is None else timedelta(minutes=minutes)

    def warn_age(self, reference: Reference) -> timedelta | None:
        """The age from which an old number is worth a line; None: never."""
        return _age(self.warn_after, reference)

    def fail_age(self, reference: Reference) -> timedelta | None:
        """The age from which publishing ends with an error; None: never."""
        return _age(self.fail_after, reference)


def _age(hours: Mapping[str, float], reference: Reference) -> timedelta | None:
    """The age set for the metric, else for the platform, else for everything."""
    platform = reference.platform
    for key in (
        f"{platform}/{reference.kind}/{reference.metric}",
        platform,
        ANY,
    ):
        if key in hours:
            return timedelta(hours=hours[key])
    return None


def _unknown(path: str, name: str, known: list[str]) -> Mistake:
    every = f"known: {', '.join(sorted(known))}"
    return Mistake(
        path=path,
        what=f"{name} is no setting of live_stats",
        mend=suggestion(name, known, otherwise=every),
    )
