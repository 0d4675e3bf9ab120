"""Why a file was written, or why it was not."""

from collections.abc import Callable


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
