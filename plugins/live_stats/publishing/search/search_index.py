"""The search index: made by Pagefind from the texts of the posts.

The index has claims and no readings, so a refresh never makes it wrong and need not
touch it. Pagefind makes it from the skeletons; the reader's browser loads the
few kilobytes of it that a search needs, from the site itself.

A record has the digest of the texts that the index was made of, and the files of the
index. The digest is written once all files are there; before that the record has only
their names, so that a run that follows a killed one knows which files are its own.
"""

import html
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from pelican.plugins.incremental.system.digests import digest_of
from pelican.plugins.incremental.system.filesystem import remove_empty, stat_of

from ...model.errors import Mistake, Mistakes
from ...model.messages import count_of
from ...rendering.slots import Rendered, splice
from ...storage import atomic_write
from ...storage.own_folder import make_folder, remove
from ...storage.paths import SEARCH_FOLDER, SITE_FOLDER
from ..file_table import format_known_stat
from ..fill import Incomplete
from ..index import SiteIndex
from . import pagefind_service
from .index_files import ENTRY, torn_file
from .pagefind_service import PagefindFailed
from .texts import FORM, language_of, separated

OUTPUT = "pagefind"  # in `output/`
MARK = b"data-pagefind-body"

# Ready-made interfaces: the theme has its own.
_NOT_NEEDED = (
    "pagefind-ui.",
    "pagefind-modular-ui.",
    "pagefind-component-ui.",
    "pagefind-highlight.",
)


class IndexFile(NamedTuple):
    """A file of the search index as it was left: its stat as text, and its digest."""

    stat: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How many pages can be found, and whether their index was made in this run."""

    pages: int
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """The record of the search index in the folder `target`, stored in `path`.

    `texts` is the digest of the texts that it was made of, and `version` Pagefind's;
    both are empty if the index may be incomplete. `made` has its files by name.
    """

    path: Path
    target: Path
    texts: str = ""
    version: str = ""
    made: dict[str, IndexFile] = field(default_factory=dict)

    @classmethod
    def of(cls, build: Path, output: Path) -> "SearchRecord":
        path, target = build / SEARCH_FOLDER / f"{output.name}.json", output / OUTPUT
        found = atomic_write.load_json(path)
        if found is None:
            return cls(path=path, target=target)
        texts, version, lists = found
        made = {name: IndexFile(*left) for name, left in lists.items()}
        return cls(path=path, target=target, texts=texts, version=version, made=made)

    def keep(self) -> None:
        atomic_write.save_json(self.path, [self.texts, self.version, self.made])

    def fits(self, texts: str, version: str) -> bool:
        """Whether the index was made of these texts, and all its files are unchanged.

        Copies of the files are as good as the files themselves: only bytes count.
        """
        if (self.texts, self.version) != (texts, version):
            return False
        made: dict[str, IndexFile] = {}
        for name, left in self.made.items():
            found = self._unchanged(name, left)
            if found is None:
                return False
            made[name] = found
        if made != self.made:
            replace(self, made=made).keep()
        return True

    def _unchanged(self, name: str, left: IndexFile) -> IndexFile | None:
        """The file as it is, if its bytes are those that were left there; else None."""
        path = self.target / name
        stat = format_known_stat(stat_of(str(path)))
        if stat and stat != left.stat:
            try:
                same = _of_bytes(path) == left.digest
                return IndexFile(stat, left.digest) if same else None
            except OSError:
                return None
        return left if stat else None


def _of_bytes(path: Path) -> str:
    return digest_of(path.read_bytes()).hex()


def texts_of(index: SiteIndex, build: Path) -> str:
    """The digest of all texts to be indexed; empty if no page is to be found."""
    return _digest(_pages(index, build))


def make_index(index: SiteIndex, build: Path, output: Path) -> Searched:
    """Make the search index in `output/` unless it is there, complete and up to date.

    Raises `Mistakes` where pagefind fails: `output/` is then as it was. Where a disk
    fails the index may be incomplete, and the next run makes it again.
    """
    record, version = SearchRecord.of(build, output), _version()
    pages = dict(_pages(index, build))
    texts = _digest(pages.items())
    if record.fits(texts, version):
        return Searched(pages=len(pages), written=False)
    try:
        # Without pages there is no index: pagefind refuses to make an empty one.
        made = _run(pages, build / SEARCH_FOLDER) if pages else {}
        _put(made, replace(record, texts=texts, version=version))
    except OSError as error:
        where = os.path.relpath(error.filename, output) if error.filename else OUTPUT
        raise _failed(f"{where}: {error.strerror}", "mend that") from error
    return Searched(pages=len(pages), written=True)


def update(index: SiteIndex, build: Path, output: Path) -> str:
    """Make the index if that is needed; returns a line about it, or nothing.

    A failure is a line too: the site works without a newer index.
    """
    try:
        done = make_index(index, build, output)
    except Mistakes as error:
        return f"search: the index was not updated: {error}"
    if not done.written:
        return ""
    return f"search: {count_of(done.pages, 'page')} indexed"


def update_unchanged(index: SiteIndex, build: Path, output: Path, texts: str) -> str:
    """The same as `update`, where the texts have still the digest `texts`."""
    try:
        if SearchRecord.of(build, output).fits(texts, _version()):
            return ""
    except Mistakes:
        pass  # which is reported below
    return update(index, build, output)


def forget(build: Path, output: Path) -> None:
    """Remove the index of a site that is not to be searched any more."""
    record = SearchRecord.of(build, output)
    _remove(record, record.made)
    if os.path.lexists(record.path):
        remove(record.path)


def _pages(index: SiteIndex, build: Path) -> Iterator[tuple[str, bytes]]:
    """Every page to be found, by name, with its claims and no readings."""
    for name in sorted(index.files.names()):
        if not name.endswith(".html"):
            continue
        try:
            data = (build / SITE_FOLDER / name).read_bytes()
        except OSError:
            raise Incomplete(name) from None
        if MARK not in data:
            continue
        placed = index.files.slots(name)
        if placed:

            def claim(number: int) -> Rendered:
                return _claim(index, number)

            data = splice(data.decode(), placed, claim).encode()
        yield name, data


def _claim(index: SiteIndex, number: int) -> Rendered:
    """A figure as its author wrote it; nothing for what only numbers fill."""
    from ...rendering.specs import FigureSpec  # not above: a refresh searches nothing

    spec = index.spec(number)
    text = spec.claim.text if isinstance(spec, FigureSpec) and spec.claim else ""
    return Rendered(html=html.escape(text), text=text)


def _digest(pages: Iterable[tuple[str, bytes]]) -> str:
    digest, any_ = blake2b(digest_size=16), False
    for name, data in pages:
        # With lengths, so that no two sets of pages read as the same bytes.
        digest.update(f"\n{len(name.encode())} {len(data)} {name}\n".encode())
        digest.update(data)
        any_ = True
    return digest.hexdigest() if any_ else ""


def _version() -> str:
    try:
        return f"{metadata.version('pagefind')} {FORM}"
    except metadata.PackageNotFoundError:
        raise _failed("pagefind is not installed") from None


def _run(pages: dict[str, bytes], work: Path) -> dict[str, bytes]:
    """Have pagefind index the pages; returns the files of the index, by name."""
    make_folder(work)
    for left in ("pages", OUTPUT):  # by earlier versions
        remove(work / left)
    texts = {
        name: separated(page).decode(errors="replace") for name, page in pages.items()
    }
    try:
        made = pagefind_service.make(texts, language_of(pages.values()), work)
    except PagefindFailed as error:
        raise _failed(str(error)) from None
    except OSError as error:
        raise _failed(f"pagefind did not start: {error.strerror}") from error
    if torn := torn_file(made):
        raise _failed(f"pagefind left {torn} torn, or did not make it")
    return made


def _failed(what: str, mend: str = 'pip install "pagefind[bin]"') -> Mistakes:
    mend += ", then publish again; until then search finds what it found before"
    return Mistakes([Mistake(path=SEARCH_FOLDER, what=what, mend=mend)])


def _put(made: dict[str, bytes], record: SearchRecord) -> None:
    """Put the index into the output, writing only the files that differ.

    `record` is the new one, with the files of the last index.
    """
    names = [name for name in sorted(made) if not name.startswith(_NOT_NEEDED)]
    pending = dict.fromkeys(names, IndexFile("", "")) | record.made
    replace(record, texts="", version="", made=pending).keep()
    new: dict[str, IndexFile] = {}
    # The entry names the others: last, so that a reader meets it with all it names.
    for name in sorted(names, key=lambda name: name == ENTRY):
        data, path = made[name], record.target / name
        data = _ordered(data) if name == ENTRY else data
        atomic_write.write_if_changed(path, data)
        stat = format_known_stat(stat_of(str(path)))
        new[name] = IndexFile(stat, digest_of(data).hex())
    _remove(record, pending.keys() - new.keys())
    replace(record, made=new).keep()


def _remove(record: SearchRecord, names: Iterable[str]) -> None:
    for name in names:
        path = record.target / name
        if os.path.lexists(path) and not path.is_dir():
            path.unlink()
            remove_empty(str(path.parent), str(record.target.parent))


def _ordered(entry: bytes) -> bytes:
    """The entry with sorted keys: pagefind lists the languages in any order."""
    entries = json.loads(entry)
    return json.dumps(
        entries, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
