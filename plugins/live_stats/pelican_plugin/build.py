"""One build: what Pelican reads is judged, what it writes is finished."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pelican.plugins.incremental import BuildTree, Unsure

from ..model.characters import in_settings, named
from ..model.errors import Mistake, Mistakes
from ..model.settings import Settings
from ..providers.environment import environment, keys, servers
from ..publishing import run, search
from ..publishing.file_entries import FileEntries
from ..publishing.index import FOLDER, SITE, SiteIndex
from ..publishing.site_manifest import SiteManifest
from ..publishing.skeletons import Skeleton, read_all
from ..references.catalogue import known_platforms, unusable_servers
from ..storage.history import History
from .checks.build_checks import broken_links, cut_slots, drop_empty_feeds, fewer_slots
from .checks.collisions import ADDRESS, Collisions
from .checks.error_report import shown
from .checks.link_blame import LinkBlame
from .content import content_files
from .content.content_files import ContentFiles
from .content.drafts import LeftOut, files_of, leave_out, status_in
from .content.figure_links import Source
from .content.figures import FigureResolver, metadata_line
from .content.markdown_extension import check_characters, check_raw
from .content_resolver import ContentResolver, contents_of
from .template_api.hashtag_index import HashtagIndex
from .template_api.hashtags import Hashtag
from .template_api.slot_registry import Registry
from .template_api.stats import Stats


@dataclass(slots=True, kw_only=True)
class BuildContext:
    """What one run of Pelican gathers. `folder` is `.build`, beside the output."""

    settings: Settings
    site: Mapping[str, Any]
    output: Path
    content: Path
    folder: Path
    now: datetime
    servers: dict[str, str]
    history: History
    registry: Registry
    stats: Stats
    hashtags: dict[str, Hashtag]
    mistakes: list[Mistake]
    index: SiteIndex
    files: ContentFiles
    sources: dict[str, Source] = field(default_factory=dict)
    contents: list[Any] = field(default_factory=list)
    statics: list[Any] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    scheduled: datetime | None = None
    declared: dict[str, str] = field(default_factory=dict)
    read: str = ""
    unpublished: list[Any] = field(default_factory=list)
    left_out: str = ""
    outcome: run.Outcome | None = None
    keep: set[str] = field(default_factory=set)
    owned: bool = False  # whatever lies in the output is removed if no build makes it
    read_anew: dict[str, Skeleton] = field(default_factory=dict)
    before: SiteManifest | None = None
    again: bool = False
    base: str = ""  # the folder that paths are shown from, with a slash

    @classmethod
    def start(
        cls, site: Mapping[str, Any], output: Path, content: Path, now: datetime
    ) -> Self:
        """Read settings and history; raises `Mistakes` if either cannot be read."""
        settings = Settings.read(site, known_platforms(), "pelicanconf.py")
        usual = servers(environment())
        _check_servers(settings, usual)
        history, state = run.load_history_and_state(content / "data", now)
        registry = Registry(
            lang=site["DEFAULT_LANG"],
            latest=run.latest_in(history, state, settings),
            keys=keys(settings.platforms),
            site=str(site["SITENAME"]),
            address=str(site.get("SITE_ADDRESS", "")),
        )
        hashtags: dict[str, Hashtag] = {}
        mistakes = [
            Mistake(
                path="pelicanconf.py",
                what=f"{name} has the character {named(sign)}, which is invisible, and "
                "feeds cannot hold it",
                mend="delete it",
            )
            for name, sign in in_settings(site)
        ]
        return cls(
            settings=settings,
            site=site,
            output=output,
            content=content,
            base=f"{content.parent}{os.sep}",
            folder=output.parent / FOLDER,
            now=now,
            servers=usual,
            history=history,
            registry=registry,
            stats=Stats(registry, usual, hashtags, mistakes),
            hashtags=hashtags,
            mistakes=mistakes,
            index=SiteIndex(output.parent / FOLDER),
            files=ContentFiles(content=str(content), settings=site),
        )

    def renew(self, now: datetime) -> None:
        """Begin one more build of what was judged for the last one."""
        self.now, self.outcome, self.before = now, None, None
        self.mistakes.clear()
        self.read_anew, self.index = {}, SiteIndex(self.folder)
        self.history, state = run.load_history_and_state(self.content / "data", now)
        self.registry.latest = run.latest_in(self.history, state, self.settings)
        self.again = True

    def shown(self, path: Path) -> str:
        return shown(path, self.content)

    def stop_on_mistakes(self) -> None:
        if self.mistakes:
            raise Mistakes(self.mistakes)

    def judge(
        self,
        generators: list[Any],
        edited: list[Any] | None,
        sources: Mapping[str, Collection[str]],
        *,
        partial: bool,
    ) -> None:
        """Give every post and page its figures and hashtags; gather all mistakes.

        All but the `edited` are what the last build judged; all may differ if it is
        None. `sources` has the files that each post was read from, by its path.
        `partial`: and these differ in their texts alone.
        """
        unpublished = LeftOut()
        if not self.settings.previews:
            unpublished = leave_out(generators, self.now)
        self._forget(unpublished, generators)
        self._check_files(generators, unpublished, sources)
        before: dict[str, str] = {}
        if edited is not None:
            self.registry.specs.elsewhere = lambda number: self.index.spec(number)
            before = self.index.declared
        judge = ContentResolver(
            desk=FigureResolver(servers=self.servers, today=self.now.date()),
            now=self.now,
            registry=self.registry,
            tagging=HashtagIndex(
                platforms=self.settings.platforms,
                servers=self.servers,
                registry=self.registry,
                hashtags=self.hashtags,
            ),
            sources=self.sources,
            share_images=self.settings.share_images,
        )
        judge.run(generators, edited, before)
        self.contents = [content for content, _ in judge.contents]
        self.statics = [
            static
            for generator in generators
            for static in getattr(generator, "staticfiles", ())
        ]
        self.scheduled = judge.scheduled or unpublished.scheduled
        self.declared = judge.declared
        posts = f"{judge.read} posts and pages, {judge.figures} live figures"
        self.read = f"{posts}, {len(self.hashtags)} hashtags"
        self.unpublished, self.left_out = unpublished.contents, str(unpublished)
        strangers = self._of_other_readers(edited)
        for source in (*self.sources.values(), *strangers):
            self.mistakes += source.mistakes
        if not partial:
            collisions = Collisions(
                settings=self.site,
                generators=generators,
                contents=judge.contents,
                shown=self.shown,
            )
            self.mistakes += collisions.of_addresses()
            self.mistakes += collisions.of_words()

    def _of_other_readers(self, edited: list[Any] | None) -> Iterator[Source]:
        """Posts that are no Markdown, as far as they are news, with what is wrong."""
        news = None if edited is None else set(map(id, edited))
        for content in self.contents:
            if news is not None and id(content) not in news:
                continue
            path = Path(content.source_path)
            if content.source_path not in self.sources:
                source = Source(path=self.shown(path), file=str(path))
                check_raw(source)
                check_characters(source, content._content or "")
                yield source

    def written_twice(self, name: str) -> Mistake:
        """Two pages have the address `name`, which was found when they were written.

        That is so for pages of lists, of which nobody knows before how many there are.
        """
        by_file = {content.save_as: content for content in self.contents}
        if name not in by_file:
            what = "two pages of the site have this address"
            mend = "change one of the settings that end in _SAVE_AS"
            return Mistake(path=f"output/{name}", what=what, mend=mend)
        path = Path(by_file[name].source_path)
        raw = path.read_text(encoding="utf-8-sig", errors="replace")
        return Mistake(
            path=self.shown(path),
            line=metadata_line(raw, *ADDRESS),
            what=f'the address "{name.removesuffix("index.html")}" is also that of '
            "another page of the site",
            mend="give it a line Slug: of its own",
        )

    def blame(self) -> LinkBlame:
        """Who is asked for the source of a broken link."""
        return LinkBlame(
            settings=self.site,
            contents=self.contents,
            statics=self.statics,
            shown=self.shown,
            now=self.now,
            unpublished=self.unpublished,
        )

    def _forget(self, unpublished: LeftOut, generators: list[Any]) -> None:
        """What is not published may be half written: its mistakes can wait.

        So may be what Pelican skips, or cannot read, if its source says so.
        """
        waits = ("skip",) if self.settings.previews else ("skip", "draft")
        read = {content.source_path for content, _ in contents_of(generators)}
        left_out = {content.source_path for content in unpublished.contents}
        for path in [path for path in self.sources if path not in read]:
            if path in left_out or status_in(self.sources[path].raw) in waits:
                del self.sources[path]
        self.mistakes[:] = [
            mistake
            for mistake in self.mistakes
            if f"{self.base}{mistake.path}" not in left_out
            and self._status_of(mistake.path) not in waits
        ]

    def _check_files(
        self,
        generators: list[Any],
        unpublished: LeftOut,
        sources: Mapping[str, Collection[str]],
    ) -> None:
        """What posts show, attach or include lies in the content, whatever its path."""
        left_out = {content.source_path for content in unpublished.contents}
        paths = content_files.included(sources, left_out)
        paths = {path for path in paths if path.startswith(f"{self.content}{os.sep}")}
        for generator in generators:
            statics = getattr(generator, "staticfiles", ())
            paths |= {os.path.join(self.content, one.source_path) for one in statics}
        out = self.files.check(paths)
        self.mistakes += self.files.wrong.values()
        for content, _ in contents_of(generators) if out else ():
            for link in files_of(content):
                where = out.get(os.path.normpath(self.content / link))
                if where is not None:
                    file = Path(content.source_path)
                    self.mistakes.append(self._leads_out(file, link, where))

    def _leads_out(self, file: Path, link: str, where: str) -> Mistake:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        name = os.path.basename(link)
        return Mistake(
            path=self.shown(file),
            line=next((n for n, line in enumerate(lines, 1) if name in line), 0),
            what=f"a link leads out of {self.content.name}/, to {where}",
            mend="put the file into the content, and link it there",
        )

    def _status_of(self, shown: str) -> str:
        """The status that a file of the content names for itself, if it is one."""
        file = Path(f"{self.base}{shown}")
        if not file.is_relative_to(self.content) or not file.is_file():
            return ""
        return status_in(file.read_text(encoding="utf-8", errors="replace"))

    def doubt(self) -> str:
        """Why more than what was edited may differ; empty if nothing does."""
        self.before = self.index.about
        if self.before is None:
            return "the last build did not end"
        if self.before.servers != self.servers:
            return "other servers are asked"
        for one, value in self.before.decisions.items():
            if self.registry.latest(one) != value:
                return f"templates decide on {one}, which moved"
        return ""

    def check(self, tree: BuildTree) -> None:
        """Look through what is new before it is put in place; raises `Mistakes`."""
        drop_empty_feeds(tree)
        address = self.site["SITEURL"]
        looked = {name: tree.page_result(name) for name in tree.changed}
        self.read_anew = read_all(
            {name: Path(tree.path(name)) for name in tree.changed}, address, looked
        )
        if tree.partial and fewer_slots(self.read_anew, self.index):
            raise Unsure("a page has lost a slot: who else asks for that?")
        self.mistakes += cut_slots(self.read_anew, self.registry.specs)
        self.mistakes += broken_links(tree, self.read_anew, self.index, self.blame())
        self.stop_on_mistakes()
        # Now, for Python lists this folder when it looks for modules: one that comes
        # later would seem to be news to the next build.
        self.output.mkdir(parents=True, exist_ok=True)
        self.index.begin()

    def finish(
        self, tree: BuildTree, variables: Mapping[str, str], keep: set[str]
    ) -> None:
        """The skeletons are in place: leave the index, collect and fill."""
        about = SiteManifest(
            # An offline publish says nothing of the refreshes that follow it.
            settings=replace(self.settings, offline=False),
            address=self.site["SITEURL"],
            output=str(self.output),
            data=str(self.content / "data"),
            themes=self.themes,
            series=sorted(self.registry.series),
            places=self.registry.places,
            decisions=self.registry.decisions,
            scheduled=self.scheduled,
            servers=self.servers,
            left_out=self.left_out,
        )
        index = self.index
        if tree.partial and self.before is not None:
            about = about.beside(self.before)
        some = self.registry.specs.elsewhere is not None
        others = index.put_specs(self.registry.specs, more=some)
        index.put_declared(self.declared)
        known = index.names()
        entries = FileEntries(
            tree=tree,
            site=self.folder / SITE,
            address=self.site["SITEURL"],
            read=self.read_anew,
            specs=self.registry.specs,
        )
        index.put_files(entries.rows(known, index.with_slots(others)))
        index.put_links({n: list(s.targets) for n, s in self.read_anew.items()})
        index.drop_files(known.keys() - set(tree.names))
        self.read_anew.clear()
        searched = bool(self.site.get("SEARCH"))
        if searched:
            # Before the end: a run that is killed now has not made the index of this.
            about = replace(about, searched=search.texts_of(index, self.folder))
        index.end(about)
        collecting = run.CollectAndFill(
            about=about,
            index=index,
            history=self.history,
            state=run.load_state(Path(about.data)),
            build=self.folder,
            environment=variables,
            now=self.now,
            offline=self.settings.offline,
            ahead=self.site.get("INCREMENTAL_AHEAD"),
            untouched=self.again,
            owned=self.owned,
        )
        self.outcome = collecting.finish(
            keep | ({search.OUTPUT} if searched else set())
        )
        if about.searched is not None:
            self.outcome.search = search.said_again(
                index, self.folder, self.output, about.searched
            )
        else:
            search.forget(self.folder, self.output)
        index.close()


def _check_servers(settings: Settings, usual: Mapping[str, str]) -> None:
    """Raise `Mistakes` if a platform is to be asked at a host that is no server of it.

    Its own usual server may be another one in the environment.
    """
    mistakes = []
    for platform, error in unusable_servers(settings.platforms, usual):
        said = f'LIVE_STATS_PLATFORMS names "{platform}"'
        if "@" not in platform:
            said += ", whose usual server is set in the environment"
        what = f"{said}: {error.what}"
        mistakes.append(Mistake(path="pelicanconf.py", what=what, mend=error.mend))
    if mistakes:
        raise Mistakes(mistakes)
