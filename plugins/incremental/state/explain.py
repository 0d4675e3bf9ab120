"""Why a file was written, or why it was not."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..system.filesystem import format_stat
from .inputs import BuildInputs, apart_of
from .store import NAME, FileRow, Store, UnusableState


def explain(folder: Path, name: str, final: str) -> Iterator[str]:
    """What the state in `folder` knows of one file of the site, line by line."""
    if not (folder / NAME).is_file():
        yield "no build was recorded"
        return
    try:
        store = Store(folder)
        row, build = store.row("files", name), BuildInputs.load(store).build
        apart = apart_of(store)
        store.close()
    except UnusableState as trouble:
        yield f"the state of the last build cannot be read: {trouble}"
        return
    if row is None:
        yield "no recorded build has made it"
        return
    file = FileRow.decode(row if isinstance(row, str) else "")
    day, _, rest = file.reason.partition(" ")
    hour, _, reason = rest.partition(" ")
    if file.made_from:
        yield f"made from {file.made_from} on {day} at {hour}: {reason}"
    else:
        yield f"written by a plugin on {day} at {hour}"
    if apart.get(name, file.stat) != format_stat(f"{final}/{name}"):
        yield "it has been changed or removed since, so it will be made again"
    if file.fingerprint:
        yield "it will be made again when one of these changes:"
        yield from _inputs_of(file.fingerprint, build.get("shared", {}))
        return
    yield "what it depends on cannot be known, so every build makes it again"
    if reason.endswith("() is called") or " uses the " in reason:
        yield "if that depends on its arguments alone: INCREMENTAL_PURE names such"


_SINGLE = {
    "place": "its own address",
    "source": "the file it is a copy of",
    "text": "the text that a plugin gives it",
}


def _inputs_of(fingerprint: str, shared: Mapping[str, dict[str, str]]) -> Iterator[str]:
    """What a fingerprint is made of, line by line; `shared` has the parts of parts."""
    for part, digest in parts_of(fingerprint).items():
        inner = shared.get(digest, {})
        names = ", ".join(sorted(name for name in inner if inner[name] != "missing"))
        if part in ("context", "templates"):
            if names:
                of_all = (
                    "settings and variables of all pages: " if part == "context" else ""
                )
                yield f"  {of_all}{names}"
        else:
            yield f"  {_SINGLE.get(part) or f'the data of: {part}'}"


def parts_of(fingerprint: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in fingerprint.split(" ") if part)


def difference(old: str, new: str, shared: Callable[[str], dict[str, str]]) -> str:
    """Which parts of two fingerprints differ, in words."""
    before, after = parts_of(old), parts_of(new)
    found = []
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name, ""), after.get(name, "")
        if one == other:
            continue
        if name in ("templates", "context"):
            inner, others = shared(one), shared(other)
            found += sorted(
                part
                for part in inner.keys() | others.keys()
                if inner.get(part) != others.get(part)
            ) or [name]
        else:
            found.append(name)
    return f"changed: {', '.join(found)}" if found else "changed"
