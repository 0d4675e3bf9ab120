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
    """What an operator may set. The names in capitals stand in `pelicanconf.py`.

    `contact` (an address or e-mail) goes into the User-Agent, as platforms ask.
    `deadline` is how many seconds one collection may take. `platforms` count
    every hashtag of the site; one with several servers may be named with a server.
    `fresh_for` overrides, by platform and in minutes, how long an answer counts as
    fresh. `requests` overrides, by platform, how many requests one collection may
    make; `budgets`, by platform and unit, what several collections may spend together.
    `warn_after` and `fail_after` set, in hours and by metric, how old a number may
    grow. `share_images` draws an image for each post and hashtag, with its
    figure. `data` publishes the history as data, and badges and cards for other sites.
    `refreshed_every` is how often, in minutes, the site is refreshed where it is
    served; pages that are being read then follow. 0: they stay as they were opened.
    `previews` publishes drafts and planned posts too, below `drafts/`, where no list
    leads to them. `offline` builds from the history alone.
    """

    contact: str = ""
    deadline: float = 20.0
    platforms: tuple[str, ...] = ("mastodon", "bluesky", "x", "gdelt", "hackernews")
    fresh_for: Mapping[str, float] = field(default_factory=dict)
    requests: Mapping[str, int] = field(default_factory=dict)
    budgets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    warn_after: Mapping[str, float] = field(default_factory=dict)
    fail_after: Mapping[str, float] = field(default_factory=dict)
    share_images: bool = False
    data: bool = False
    refreshed_every: int = 0
    previews: bool = False
    offline: bool = False

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
