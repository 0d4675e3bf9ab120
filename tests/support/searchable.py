"""Skeletons to search in: a folder as Pelican and publish leave it."""

import gzip
from dataclasses import replace

from pelican.plugins.incremental.system.filesystem import stat_of
from pelican.plugins.live_stats.publishing import skeletons
from pelican.plugins.live_stats.publishing.fill import tree
from pelican.plugins.live_stats.publishing.index import FileRow, SiteIndex
from pelican.plugins.live_stats.publishing.search.search_index import make_index
from pelican.plugins.live_stats.rendering.specs import (
    ChangeSpec,
    ClaimSpec,
    FigureSpec,
)

PAGE = "<html lang={lang}><body>{nav}<main data-pagefind-body>{text}</main></html>"


def claimed(text):
    return ClaimSpec(text=text, value=21_000, bound="over", day="2017-10-17")


FIGURE = FigureSpec(
    series="s",
    lang="en",
    claim=claimed("over <up>21,000"),
    what="posts",
    mode="beside",
    page="en/index.html",
    row="#figure-1",
)
SPECS = {
    "1": FIGURE,
    "2": replace(FIGURE, claim=None),
    "3": ChangeSpec(series="s", lang="en", claim=claimed("unsaid")),
}


class Blog:
    """Skeletons, their index and the output, in a folder of its own."""

    def __init__(self, folder):
        self.build, self.output = folder / ".build", folder / "output"

    def lay(self, texts, specs=SPECS, lang="en", nav=""):
        index, rows = SiteIndex(self.build), {}
        for slug, text in texts.items():
            name, lang = f"{slug}/index.html", slug if len(slug) == 2 else lang
            path = self.build / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE.format(lang=lang, text=text, nav=nav))
            slots = list(skeletons.read(path, name, "").slots)
            rows[name] = FileRow(
                skeleton=stat_of(str(path)), output=None, slots=slots, series=[]
            )
        index.files.drop_files(index.files.names())
        index.files.put_files(rows)
        index.put_specs(specs)
        index.save()
        self.index = index
        return self

    def search(self):
        return make_index(self.index, self.build, self.output)

    def files(self):
        return {
            name: ((self.output / name).read_bytes(), stat_of(f"{self.output}/{name}"))
            for name in tree(self.output)
        }

    def bytes(self):
        return {name: data for name, (data, _) in self.files().items()}

    def found(self):
        """All text that can be found or shown."""
        folder = self.output / "pagefind" / "fragment"
        return "".join(
            gzip.decompress((folder / name).read_bytes()).decode()
            for name in tree(folder)
        )
