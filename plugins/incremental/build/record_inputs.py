"""What a build has looked at, and what it was like, for the next one to compare."""

import os
from typing import TYPE_CHECKING

from ..state.audit import AccessLog
from ..state.file_stamps import add
from ..state.inputs import BuildInputs, code_files, python
from .nested import take_in

if TYPE_CHECKING:
    from .session import BuildSession


def inputs_of(session: "BuildSession", seen: AccessLog) -> BuildInputs:
    """All inputs of a session's build; `seen` is what was opened and listed."""
    inputs, site, known = BuildInputs(), session.site, session.last.known
    ignored = _ignored(session)
    for path in session.reading.used:
        for source, stamp in session.reading.entries[path].sources.items():
            add(inputs.files, source, stamp)
    inputs.files |= session.statics
    opened = {p for p in map(os.path.abspath, seen.opened) if p not in inputs.files}
    looked = seen.looked
    if session.writer is not None:
        opened |= session.writer.queue.opened
        looked = session.writer.queue.looked | looked
    opened -= code_files()
    inputs.gather(opened, seen.listed, looked, ignored, known, session.now)
    if (
        session.texts is not None
    ):  # inputs of pages that were not looked at are still inputs
        read = {path for one in session.reading.stale.values() for path in one.sources}
        for path, stamp in known.files.items():
            if path not in read:
                inputs.files.setdefault(path, stamp)
        inputs.folders = known.folders | inputs.folders
    inputs.build = {
        "python": python(session.last.store.paths.home),
        "final": site.final,
        "place": site.place,
        "complete": True,
        "pages": site.complete,
        "built_at": session.now / 1e9,
        "next_at": session.next_at,
        "settings": site.digests,
        "raw": site.settings.get("INCREMENTAL_RAW", {}),
        "by_time": site.settings.get("DEFAULT_DATE") == "fs",
        "unknown": next(iter(session.fingerprints.unknown.values()), ""),
        "shared": _shared_of(session),
    }
    for one in session.inner:
        take_in(inputs, one.inputs, ignored)
    return inputs


def _ignored(session: "BuildSession") -> tuple[str, ...]:
    """The folders that decide nothing, each with a slash at its end."""
    own = (session.site.final, str(session.folder))
    others = map(os.path.abspath, session.site.settings.get("INCREMENTAL_IGNORE", ()))
    return tuple(f"{folder}/" for folder in (*own, *others))


def _shared_of(session: "BuildSession") -> dict[str, dict[str, str]]:
    """What the fingerprints of this build are made of, those of kept files included."""
    new = session.fingerprints.shared
    if session.texts is None:
        return new
    found = session.last.known.build["shared"] | new
    parts = (c.fingerprint.split(" ", 2)[:2] for c in session.tree.claims.values())
    used = {part.partition("=")[2] for two in parts for part in two}
    return {digest: found[digest] for digest in found if digest in used}


def next_at(session: "BuildSession") -> float | None:
    """When a post that is dated in the future is due; `session` has read them all."""
    now, due = session.now / 1e9, []
    for one in session.posts():
        date = getattr(one, "date", None)
        if date is not None and date.year < 9999 and date.timestamp() > now:
            due.append(date.timestamp())
    return min(due, default=None)
