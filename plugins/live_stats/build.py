"""One build: what Pelican reads is judged, what it writes is finished."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from . import fill, links, publish
from .authoring import Desk
from .credentials import environment, keys, servers
from .errors import Mistake, Mistakes
from .hashtags import Hashtag
from .history import History
from .index import FOLDER, NEXT, Index
from .judging import Judge
from .markdown_figures import Source
from .providers import PROVIDERS
from .registry import Registry
from .settings import Known, Settings
from .site_errors import shown
from .snapshot import Snapshot
from .state import State
from .template_stats import Stats


@dataclass(slots=True, kw_only=True)
class Build:
    """What one run of Pelican gathers. `folder` is `.build`, beside the output."""

    settings: Settings
    site: Mapping[str, Any]
    output: Path
    content: Path
    folder: Path
    now: datetime
    servers: dict[str, str]
    registry: Registry
    stats: Stats
    hashtags: dict[str, Hashtag]
    mistakes: list[Mistake]
    sources: dict[str, Source] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    scheduled: datetime | None = None
    read: str = ""
    outcome: publish.Outcome | None = None
    progress: Callable[[int, int], None] = lambda done, total: None

    @classmethod
    def start(
        cls, site: Mapping[str, Any], output: Path, content: Path, now: datetime
    ) -> Self:
        """Read settings and history; raises `Mistakes` if either cannot be read."""
        known = [
            Known(
                name=provider.name,
                counts_hashtags=any(kind.name == "tag" for kind in provider.kinds),
                has_servers=bool(provider.server),
                units=tuple(budget.unit for budget in provider.budgets),
                metrics=tuple(
                    f"{kind.name}/{metric.name}"
                    for kind in provider.kinds
                    for metric in kind.metrics
                ),
            )
            for provider in PROVIDERS
        ]
        settings = Settings.read(site, known, "pelicanconf.py")
        data = content / "data"
        history = History.load(
            data / "observations", shown_as=f"{publish.DATA}/observations"
        )
        snapshot = Snapshot(history, State.load(data / "state.json"), settings)
        registry = Registry(
            lang=site["DEFAULT_LANG"],
            latest=lambda series: publish.value_of(snapshot, series),
            keys=keys(settings.platforms),
        )
        usual, hashtags, mistakes = servers(environment()), {}, []
        return cls(
            settings=settings,
            site=site,
            output=output,
            content=content,
            folder=output.parent / FOLDER,
            now=now,
            servers=usual,
            registry=registry,
            stats=Stats(registry, usual, hashtags, mistakes),
            hashtags=hashtags,
            mistakes=mistakes,
        )

    def shown(self, path: Path) -> str:
        return shown(path, self.content)

    def stop_on_mistakes(self) -> None:
        if self.mistakes:
            raise Mistakes(self.mistakes)

    def judge(self, generators: list[Any]) -> None:
        """Give every post and page its figures and hashtags; gather all mistakes."""
        judge = Judge(
            desk=Desk(servers=self.servers, today=self.now.date()),
            now=self.now,
            platforms=self.settings.platforms,
            registry=self.registry,
            hashtags=self.hashtags,
            sources=self.sources,
        )
        judge.run(generators)
        self.pages, self.scheduled = judge.pages, judge.scheduled
        self.read = (
            f"{judge.read} posts and pages, {judge.figures} live figures, "
            f"{len(self.hashtags)} hashtags"
        )
        for source in self.sources.values():
            self.mistakes.extend(source.mistakes)

    # --- finishing what was written -------------------------------------------------

    def finish(self, variables: Mapping[str, str], keep: set[str]) -> None:
        """Check the skeletons, leave the index, collect and fill."""
        tree = self.folder / NEXT
        names = _without_empty_feeds(tree, fill.tree(tree))
        slotted, torn = fill.with_slots(tree, names, self.registry.specs)
        self.mistakes.extend(torn)
        self._check_links(tree, names)
        self.stop_on_mistakes()
        index = Index(
            # An offline publish says nothing of the refreshes that follow it.
            settings=replace(self.settings, offline=False),
            address=self.site["SITEURL"],
            output=str(self.output),
            data=str(self.content / "data"),
            themes=self.themes,
            specs=self.registry.specs,
            series=list(self.registry.references),
            places=self.registry.places,
            files=slotted,
            decisions=self.registry.decisions,
            scheduled=self.scheduled,
        )
        index.replace(self.folder)
        run = publish.Run(
            index=index,
            build=self.folder,
            environment=variables,
            now=self.now,
            offline=self.settings.offline,
            progress=self.progress,
        )
        self.outcome = run.finish(names, keep)

    def _check_links(self, site: Path, names: list[str]) -> None:
        """Broken links, each at its source; on other pages only if no source has it."""
        files, by_path = set(names), {s.path: s for s in self.sources.values()}
        found: dict[str, list[Mistake]] = {}
        for name in names:
            if not name.endswith((".html", ".htm")):
                continue
            text = (site / name).read_text(encoding="utf-8", errors="replace")
            source = by_path.get(self.pages.get(name, ""))
            for broken in links.broken(name, text, files, self.site["SITEURL"]):
                at = source.raw.find(broken.href) if source else -1
                here = source is not None and at >= 0
                mistake = Mistake(
                    path=source.path if here else f"output/{name}",
                    line=source.raw.count("\n", 0, at) + 1 if here else 0,
                    what=f'the link "{broken.href}" leads to nothing',
                    mend="mend the address or add the page",
                )
                found.setdefault(broken.href, []).append(mistake)
        for mistakes in found.values():
            placed = [mistake for mistake in mistakes if mistake.line]
            self.mistakes.extend(placed or mistakes)


def _without_empty_feeds(tree: Path, names: list[str]) -> list[str]:
    """Drop feeds that have no entry: the feed library dates those with the build."""
    kept = []
    for name in names:
        if name.endswith(".xml"):
            text = (tree / name).read_text(encoding="utf-8", errors="replace")
            feed = "<feed " in text or "<rss " in text
            if feed and "<entry>" not in text and "<item>" not in text:
                (tree / name).unlink()
                continue
        kept.append(name)
    return kept
