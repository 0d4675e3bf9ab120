"""What a build has looked at, and what it was like, for the next one to compare."""

import os
from typing import Any

from ..state.file_stamps import add
from ..state.inputs import BuildInputs, code_files, place_of, python
from .nested import take_in


def inputs_of(session: Any, seen: Any) -> BuildInputs:
    """All inputs of a session's build; `seen` is what was opened and listed."""
    inputs = BuildInputs()
    ignored = (session.final + "/", str(session.folder) + "/")
    ignored += tuple(
        os.path.abspath(path) + "/"
        for path in session.settings.get("INCREMENTAL_IGNORE", ())
    )
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
    inputs.gather(opened, seen.listed, looked, ignored, session.known, session.now)
    if session.texts is not None:  # what was an input is one: it was not asked again
        read = {path for one in session.reading.stale.values() for path in one.sources}
        for path, stamp in session.known.files.items():
            if path not in read:
                inputs.files.setdefault(path, stamp)
        inputs.folders = session.known.folders | inputs.folders
    unknown = next(iter(session.fingerprints.unknown.values()), "")
    inputs.build = {
        "python": python(),
        "final": session.final,
        "place": place_of(session.final, session.folder),
        "complete": True,
        "pages": session.complete,
        "built_at": session.now / 1e9,
        "next_at": session.next_at,
        "settings": session.digests,
        "raw": session.settings.get("INCREMENTAL_RAW", {}),
        "by_time": session.settings.get("DEFAULT_DATE") == "fs",
        "unknown": unknown,
        "shared": shared_of(session),
    }
    for one in session.inner:
        take_in(inputs, one.inputs, ignored)
    return inputs


def shared_of(session: Any) -> dict[str, dict[str, str]]:
    """What the fingerprints of this build are made of, those that stand included."""
    if session.texts is None:
        return session.fingerprints.shared
    found = session.known.build["shared"] | session.fingerprints.shared
    parts = (c.fingerprint.split(" ", 2)[:2] for c in session.tree.claims.values())
    used = {part.partition("=")[2] for two in parts for part in two}
    return {digest: found[digest] for digest in found if digest in used}


def next_at(session: Any) -> float | None:
    """When a post that is dated in the future is due; `session` has read them all."""
    now, due = session.now / 1e9, []
    for one in session.posts():
        date = getattr(one, "date", None)
        if date is not None and date.year < 9999 and date.timestamp() > now:
            due.append(date.timestamp())
    return min(due, default=None)
