"""Runs the steps of one build between those of Pelican.

`start` reads settings and history; `resolve` follows when Pelican has read all content,
`check` when it has rendered all pages, `finish` when these are in place. What an author
must correct is collected in `mistakes`. A build that has some goes on to `check`, which
ends it, so that all of them are told at once.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pelican.plugins.incremental import BuildTree, Unsure

from ..model.characters import find_in_settings, named
from ..model.errors import Mistake, Mistakes
from ..model.messages import count_of
from ..model.preview_secret import preview_mark
from ..model.settings import Settings
from ..providers.environment import environment, keys, servers
from ..publishing import run
from ..publishing.file_entries import FileEntries
from ..publishing.index import SiteIndex
from ..publishing.search import search_index
from ..publishing.site_manifest import SiteManifest
from ..publishing.skeletons import Skeleton, read_all
from ..references.catalogue import (
    AddressError,
    known_platforms,
    parse,
    unusable_servers,
)
from ..references.coverage import Measure, measures_of
from ..storage import addresses
from ..storage.addresses import AddressBook
from ..storage.history import History
from ..storage.paths import BUILD_FOLDER, SITE_FOLDER
from .addresses.moved import MovedPages, MoveFinder, published
from .addresses.redirects import RedirectGenerator, has_own_file
from .checks.broken_links import BrokenLinkFinder, find_broken_links
from .checks.collisions import Collisions, written_twice
from .checks.consequences import mistaken_slots, mistaken_sources
from .checks.draft_mistakes import drop_draft_mistakes
from .checks.error_report import template_mistake
from .checks.output_checks import cut_slots, drop_empty_feeds, has_lost_slots
from .checks.outside_files import OutsideFiles
from .checks.shared_links import SharedLinks
from .checks.unknown_templates import unknown_templates
from .checks.unread_files import unread_files
from .content import previews
from .content.content_files import ContentFiles
from .content.drafts import UnpublishedContent, leave_out_drafts
from .content.figures import FigureResolver
from .content.front_matter import other_forms
from .content.source_checks import check_characters, check_other_format, check_raw
from .content.sources import Source, SourceFiles
from .content_resolver import ContentResolver, ResolvedSite, contents_of
from .site_settings.links import broken_settings_links, without_pages_of
from .template_api.hashtag_index import HashtagIndex
from .template_api.hashtags import Hashtag
from .template_api.slot_registry import Registry
from .template_api.stats import Stats

PLAYER = b"data-player="


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """The settings and folders of one build.

    `site` are Pelican's settings, `settings` those of this plugin. `folder` is
    `.build`, beside the output. `kept_files` are OUTPUT_RETENTION; with `owns_output`,
    which is DELETE_OUTPUT_DIRECTORY, whatever no build makes is removed from the
    output. `preview_secret` is empty if no previews are published.
    """

    site: dict[str, Any]
    settings: Settings
    output: Path
    content: Path
    folder: Path
    servers: dict[str, str]
    kept_files: frozenset[str]
    owns_output: bool
    preview_secret: str = field(default="", repr=False)

    @classmethod
    def read(cls, site: dict[str, Any], output: Path, content: Path) -> Self:
        """The values of Pelican's settings; raises `Mistakes` if one is wrong."""
        settings = Settings.parse(site, known_platforms(), "pelicanconf.py")
        variables = environment()
        usual = servers(variables)
        _check_servers(settings, usual)
        return cls(
            site=site,
            settings=settings,
            output=output,
            content=content,
            folder=output.parent / BUILD_FOLDER,
            servers=usual,
            kept_files=frozenset(site["OUTPUT_RETENTION"]),
            owns_output=bool(site["DELETE_OUTPUT_DIRECTORY"]),
            preview_secret=previews.secret_of(site, variables, "pelicanconf.py"),
        )

    @property
    def preview_mark(self) -> str:
        """What differs if previews have other addresses; empty if there are none."""
        return preview_mark(environment()) if self.preview_secret else ""

    @property
    def data(self) -> Path:
        """The folder of the history, inside the content."""
        return self.content / "data"

    @property
    def themes(self) -> list[str]:
        """The folders of templates, in the order in which Pelican searches them."""
        overrides = self.site["THEME_TEMPLATES_OVERRIDES"]
        return [*overrides, os.path.join(self.site["THEME"], "templates")]


@dataclass(slots=True, kw_only=True)
class SiteContent:
    """All content that Pelican has read, resolved.

    `statics` are the files that are copied as they are, `moved` old addresses;
    `previews` has a line about each draft that is published for those who know its
    address.
    """

    site: ResolvedSite = field(default_factory=lambda: ResolvedSite(contents=[]))
    statics: list[Any] = field(default_factory=list)
    unpublished: UnpublishedContent = field(default_factory=UnpublishedContent)
    moved: MovedPages = field(default_factory=MovedPages)
    previews: list[str] = field(default_factory=list)

    @property
    def contents(self) -> list[Any]:
        """Every published post and page."""
        return [content for content, _ in self.site.contents]

    @property
    def scheduled(self) -> datetime | None:
        """The time when the next planned post is due."""
        return self.site.scheduled or self.unpublished.scheduled


@dataclass(slots=True, kw_only=True)
class BuildResult:
    """What one build makes: the index of the site, and the outcome of the run.

    `skeletons` are those that were rendered or changed by this build, by name.
    `previous` is the manifest of the last build, once it was asked for.
    """

    index: SiteIndex
    skeletons: dict[str, Skeleton] = field(default_factory=dict)
    previous: SiteManifest | None = None
    outcome: run.Outcome | None = None


@dataclass(slots=True, kw_only=True)
class BuildContext:
    """One build, from settings to outcome.

    With `resident`, the output is as the last build of this process has left it.
    """

    config: BuildConfig
    now: datetime
    history: History
    registry: Registry
    hashtags: dict[str, Hashtag]
    stats: Stats
    mistakes: list[Mistake]
    files: ContentFiles
    sources: SourceFiles
    result: BuildResult
    content: SiteContent = field(default_factory=SiteContent)
    resident: bool = False

    @classmethod
    def start(
        cls, site: dict[str, Any], output: Path, content: Path, now: datetime
    ) -> Self:
        """Read settings and history; raises `Mistakes` if either cannot be read."""
        config = BuildConfig.read(site, output, content)
        history, state = run.load_history_and_state(config.data, now, config.folder)
        registry = Registry(
            lang=site["DEFAULT_LANG"],
            latest=run.latest_in(history, state, config.settings),
            keys=keys(config.settings.platforms),
            site=str(site["SITENAME"]),
            address=str(site.get("SITE_ADDRESS", "")),
        )
        hashtags: dict[str, Hashtag] = {}
        mistakes = list(_forbidden_characters(site))
        return cls(
            config=config,
            now=now,
            history=history,
            registry=registry,
            hashtags=hashtags,
            stats=Stats(registry, config.servers, hashtags, mistakes),
            mistakes=mistakes,
            files=ContentFiles(content=str(content), settings=site),
            sources=SourceFiles(content=content),
            result=BuildResult(index=SiteIndex(config.folder)),
        )

    def renew(self, now: datetime) -> None:
        """Start the next build of the same content, in the same process."""
        self.now, self.resident = now, True
        self.mistakes.clear()
        self.result = BuildResult(index=SiteIndex(self.config.folder))
        config = self.config
        self.history, state = run.load_history_and_state(
            config.data, now, config.folder
        )
        self.registry.latest = run.latest_in(self.history, state, config.settings)

    def close(self) -> None:
        """Close the files that the build has open."""
        self.result.index.close()

    def display_path(self, path: Path) -> str:
        """The path of a content file as messages have it."""
        return self.sources.display_path(path)

    def stop_on_mistakes(self) -> None:
        """Raise `Mistakes` if any was found: nothing is published then."""
        if self.mistakes:
            raise Mistakes(self.mistakes)

    def reason_to_check_all(self) -> str:
        """Why more pages may differ than the edited texts; empty if none does."""
        previous = self.result.previous = self.result.index.about
        if previous is None:
            return "the last build did not end"
        if previous.servers != self.config.servers:
            return "other servers are asked"
        if previous.addresses != addresses.digest_of(self.config.data):
            return f"{addresses.FILE} has changed"
        division = self.result.index.division
        if division is not None and division["parts"] != previous.parts:
            return "the history goes into other files"
        for series, value in previous.decisions.items():
            if self.registry.latest(series) != value:
                return f"templates decide on {series}, which moved"
        return ""

    def resolve(
        self,
        generators: list[Any],
        edited: list[Any] | None,
        sources: Mapping[str, Collection[str]],
        *,
        partial: bool,
    ) -> None:
        """Give every post and page its figures and hashtags.

        All but the `edited` are what the last build resolved; all may differ if it is
        None. With `partial`, these differ in their texts alone. `sources` has
        the files that each post was read from, by its path.
        """
        if not partial:
            config = self.config
            apart = [config.data, config.output, Path(config.site["THEME"])]
            self.mistakes += unread_files(
                config.site, config.content, apart, generators, sources
            )
        shown = self.config.settings.previews
        unpublished, preview_lines = UnpublishedContent(), list[str]()
        if not shown:
            unpublished = leave_out_drafts(generators, self.now)
        elif self.config.preview_secret:
            preview_lines = self._hide_previews(generators)
        contents = [content for content, _ in contents_of(generators)]
        drop_draft_mistakes(
            self.mistakes, self.sources, unpublished, contents, previews=shown
        )
        outside = OutsideFiles(
            content=self.config.content,
            files=self.files,
            generators=generators,
            contents=contents,
        )
        self.mistakes += outside.find(unpublished, sources)
        if of_theme := [*outside.of_theme(self.config.site)]:
            # At once: Pelican would copy what the links lead to, be it the whole disk.
            raise Mistakes([*self.mistakes, *of_theme])
        self.content = SiteContent(
            site=self._resolve_figures(generators, edited),
            statics=[
                static
                for generator in generators
                for static in getattr(generator, "staticfiles", ())
            ],
            unpublished=unpublished,
            previews=preview_lines,
        )
        self.stats.counted = self._counted(self.content.site.declared)
        self.stats.parts = self._parts()
        self.mistakes += unknown_templates(
            self.content.contents, self.config.themes, self.display_path
        )
        _allow_players(generators, self.content.contents)
        for source in (*self.sources.by_path.values(), *self._other_sources(edited)):
            self.mistakes += source.mistakes
        collisions = Collisions(
            settings=self.config.site,
            generators=generators,
            contents=self.content.site.contents,
            display_path=self.display_path,
        )
        self._find_moves(generators, collisions)
        if not partial:
            self.mistakes += collisions.of_addresses()
            self.mistakes += collisions.of_words()

    def _parts(self) -> list[str]:
        """The parts of the history that get files below `data/`.

        As the last run divided it. In the first build what templates alone ask for is
        not known yet: if that decides, the run has it built once more.
        """
        config, index = self.config, self.result.index
        if not config.settings.data:
            return []
        if index.division is None:
            hidden = self._withheld() if config.preview_secret else []
            shown = self.registry.series.difference(hidden)
            code = run.code_signature()
            return run.divide(index, self.history, shown, code).names
        parts: list[str] = index.division["parts"]
        return parts

    def _counted(self, declared: Mapping[str, str]) -> frozenset[Measure]:
        """What figures, hashtags and the foot of the page count."""
        series = [
            line.partition(" ")[2]
            for lines in declared.values()
            for line in lines.split("\n")
            if line
        ]
        for hashtag in self.hashtags.values():  # each is counted in the same places
            series += hashtag.usual
            break
        for follow in self.config.site.get("FOLLOW", ()):
            if follow.get("stat"):
                with suppress(AddressError):  # the template names its mistake
                    reference, _ = parse(follow["stat"], servers=self.config.servers)
                    series.append(reference.series)
        return measures_of(series)

    def _find_moves(self, generators: list[Any], collisions: Collisions) -> None:
        """Find old addresses of posts, and have them lead to the new ones."""
        finder = MoveFinder(
            contents=published(self.content.contents),
            site=str(self.config.site.get("SITE_ADDRESS") or ""),
            root=str(self.config.content),
            taken=collisions.taken,
            mistake=collisions.mistake_in,
        )
        try:
            book = AddressBook.load(self.config.data)
        except Mistakes as error:
            self.mistakes += error.mistakes
            return
        moved = self.content.moved = finder.find(book, self.mistakes)
        for generator in generators:
            if isinstance(generator, RedirectGenerator):
                generator.moved = moved
                generator.own_file = has_own_file(generators)

    def _hide_previews(self, generators: list[Any]) -> list[str]:
        config = self.config
        found = previews.hide_previews(
            generators, config.preview_secret, config.content
        )
        address = config.site["SITEURL"]
        return previews.lines_about(found, address, config.content.name)

    def _resolve_figures(
        self, generators: list[Any], edited: list[Any] | None
    ) -> ResolvedSite:
        known: Mapping[str, str] = {}
        if edited is not None:
            self.registry.specs.elsewhere = lambda slot: self.result.index.spec(slot)
            known = self.result.index.declared
        settings, servers = self.config.settings, self.config.servers
        resolver = ContentResolver(
            figure_resolver=FigureResolver(servers=servers, today=self.now.date()),
            now=self.now,
            registry=self.registry,
            hashtag_index=HashtagIndex(
                platforms=settings.platforms,
                servers=servers,
                registry=self.registry,
                hashtags=self.hashtags,
            ),
            sources=self.sources.by_path,
            share_images=settings.share_images,
            environment=environment(),
        )
        return resolver.resolve(generators, edited, known)

    def _other_sources(self, edited: list[Any] | None) -> Iterator[Source]:
        """Checked sources of new posts that are not Markdown."""
        new = None if edited is None else set(map(id, edited))
        for content in self.content.contents:
            if new is not None and id(content) not in new:
                continue
            if content.source_path not in self.sources.by_path:
                path = Path(content.source_path)
                source = Source(path=self.display_path(path), file=str(path))
                check_raw(source)
                other_forms.check(source)
                metadata = list(map(str, content.metadata.values()))
                text = "\n".join([content._content or "", *metadata])
                check_characters(source, text)
                check_other_format(source, text)
                yield source

    def tell_of_page(self, error: Exception) -> bool:
        """Whether the error of a page is told as a mistake, or may follow from one."""
        if mistake := template_mistake(error):
            self.mistakes.append(mistake)
        return bool(self.mistakes)

    def written_twice(self, name: str) -> Mistake:
        """The mistake behind a file that two pages of the site have."""
        return written_twice(name, self.content.contents, self.display_path)

    def check(self, tree: BuildTree) -> None:
        """Check new skeletons before they are put in place; raises `Mistakes`."""
        drop_empty_feeds(tree)
        result, site = self.result, self.config.site
        paths = {name: Path(tree.path(name)) for name in tree.changed}
        parsed = {name: tree.page_result(name) for name in tree.changed}
        new = result.skeletons = read_all(paths, site["SITEURL"], parsed)
        sources = self.sources.by_path.values()
        mistaken = mistaken_slots(sources) if self.mistakes else frozenset()
        if tree.partial and not mistaken and has_lost_slots(new, result.index):
            raise Unsure("a page has lost a slot: who else asks for that?")
        if tree.partial and not self.mistakes and self._players_changed(paths):
            raise Unsure("the files of servers name the players of the site")
        self.mistakes += cut_slots(new, self.registry.specs, mistaken)
        finder = BrokenLinkFinder(
            settings=site,
            contents=self.content.contents,
            statics=self.content.statics,
            display_path=self.display_path,
            now=self.now,
            shared=SharedLinks(
                folder=self.config.content.parent,
                themes=self.config.themes,
                address=str(site["SITEURL"]),
            ),
            unpublished=self.content.unpublished.contents,
            mistaken=mistaken_sources(
                self.mistakes,
                self.sources.base,
                {content.source_path for content in self.content.contents},
            ),
        )
        broken = find_broken_links(tree, new, result.index, finder)
        named = broken_settings_links(site, set(tree.names))
        authors = f"{self.config.content.name}/"
        self.mistakes += named.values()
        self.mistakes += without_pages_of(named, broken, authors)
        self.stop_on_mistakes()
        # Now, for Python lists this folder when it searches for modules: if it came
        # later, the next build would take it for a change.
        self.config.output.mkdir(parents=True, exist_ok=True)
        result.index.begin()

    def _players_changed(self, paths: Mapping[str, Path]) -> bool:
        """Whether a page has now a video's player, or had one before."""
        site = self.config.folder / SITE_FOLDER
        for name, path in paths.items():
            if name.endswith(".html"):
                for file in (path, site / name):
                    if file.exists() and PLAYER in file.read_bytes():
                        return True
        return False

    def finish(self, tree: BuildTree, variables: Mapping[str, str]) -> None:
        """Write the index, collect and fill, and make the search index."""
        config, result = self.config, self.result
        if self.keeps_addresses and self.content.moved.book is not None:
            self.content.moved.book.save()
        about = self._write_index(tree)
        collecting = run.CollectAndFill(
            about=about,
            index=result.index,
            history=self.history,
            state=run.load_state(config.data, self.now),
            build=config.folder,
            environment=variables,
            now=self.now,
            offline=config.settings.offline,
            ahead=config.site.get("INCREMENTAL_AHEAD"),
            untouched=self.resident,
            owned=config.owns_output,
        )
        keep = {*config.kept_files}
        if about.searched is not None:
            keep.add(search_index.OUTPUT)
        result.outcome = collecting.finish(keep)
        if about.searched is not None:
            result.outcome.search = search_index.update_unchanged(
                result.index, config.folder, config.output, about.searched
            )
        else:
            search_index.forget(config.folder, config.output)
        self.close()

    def end_check(self, tree: BuildTree) -> None:
        """Write the index alone: the next check has to know this one's pages."""
        self._write_index(tree)
        self.result.index.save()
        self.result.outcome = run.Outcome(offline=True)
        self.close()

    @property
    def keeps_addresses(self) -> bool:
        """Whether others see what is built: at the desk addresses come and go."""
        return not self.config.site.get("INCREMENTAL_HOLD")

    def _write_index(self, tree: BuildTree) -> SiteManifest:
        """Write what a later refresh has to know of the site; returns its manifest."""
        config, index = self.config, self.result.index
        about = self._manifest()
        if tree.partial and self.result.previous is not None:
            about = about.beside(self.result.previous)
        some = self.registry.specs.elsewhere is not None
        others = index.put_specs(self.registry.specs, more=some)
        index.put_declared(self.content.site.declared)
        known = index.files.names()
        skeletons = self.result.skeletons
        entries = FileEntries(
            tree=tree,
            site=config.folder / SITE_FOLDER,
            address=config.site["SITEURL"],
            read=skeletons,
            specs=self.registry.specs,
        )
        index.files.put_files(entries.rows(known, index.files.with_slots(others)))
        index.put_links({name: one.link_targets for name, one in skeletons.items()})
        index.files.drop_files(known.keys() - set(tree.names))
        skeletons.clear()
        if config.site.get("SEARCH"):
            # Before the end: a run that is killed now has not made the index of this.
            about = replace(about, searched=search_index.texts_of(index, config.folder))
        index.end(about)
        return about

    def _manifest(self) -> SiteManifest:
        config = self.config
        return SiteManifest(
            # Refreshes that follow an offline publish need not be offline.
            settings=replace(config.settings, offline=False),
            address=config.site["SITEURL"],
            output=str(config.output),
            data=str(config.data),
            themes=config.themes,
            series=sorted(self.registry.series),
            places=self.registry.places,
            decisions=self.registry.decisions,
            scheduled=self.content.scheduled,
            servers=config.servers,
            left_out=self._left_out(),
            addresses=addresses.digest_of(config.data),
            previews=config.preview_mark,
            withheld=self._withheld() if config.preview_secret else [],
            parts=self.stats.parts,
        )

    def _withheld(self) -> list[str]:
        """The series that figures of previews show, and nothing else of the site."""
        drafts = {
            self.display_path(Path(content.source_path))
            for content in self.content.contents
            if getattr(content, "status", "") == "draft"
        }
        shown = {series for one in self.hashtags.values() for series in one.references}
        hidden: set[str] = set()
        for path, declared in self.content.site.declared.items():
            found = hidden if path in drafts else shown
            found |= {line.partition(" ")[2] for line in declared.split("\n") if line}
        return sorted(hidden - shown)

    def summary(self) -> str:
        """A line on what was read, and more on what of it is not published for all."""
        site = self.content.site
        read = ", ".join(
            (
                "1 post or page"
                if site.sources == 1
                else f"{site.sources} posts and pages",
                count_of(site.figures, "live figure"),
                count_of(len(self.hashtags), "hashtag"),
            )
        )
        return "\n".join(filter(None, (read, self._left_out())))

    def _left_out(self) -> str:
        """A line on what is not published, or one for each preview; maybe empty."""
        return "\n".join(
            filter(None, (str(self.content.unpublished), *self.content.previews))
        )


def _forbidden_characters(site: Mapping[str, Any]) -> Iterator[Mistake]:
    for name, character in find_in_settings(site):
        yield Mistake(
            path="pelicanconf.py",
            what=f"{name} has the character {named(character)}, which is invisible, "
            "and feeds cannot hold it",
            mend="delete it",
        )


def _check_servers(settings: Settings, usual: Mapping[str, str]) -> None:
    """Raise `Mistakes` if a platform is to be asked at a host that is no server of it.

    Its own usual server may be another one in the environment.
    """
    mistakes = []
    for platform, error in unusable_servers(settings.platforms, usual):
        subject = f'LIVE_STATS_PLATFORMS names "{platform}"'
        if "@" not in platform:
            subject += ", whose usual server is set in the environment"
        what = f"{subject}: {error.what}"
        mistakes.append(Mistake(path="pelicanconf.py", what=what, mend=error.mend))
    if mistakes:
        raise Mistakes(mistakes)


def _allow_players(generators: list[Any], contents: list[Any]) -> None:
    """Tell templates, and who writes the files of servers, which players there are."""
    sources = sorted({one for content in contents for one in content.frames})
    for generator in generators:
        generator.context["PLAYER_SOURCES"] = sources
