"""Suggests the name that was probably meant, for messages about unknown names."""

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """The name in `names` that is most like `name`; empty if none is much alike."""
    import difflib  # not above: most runs have no unknown name

    by_folded = {known.casefold(): known for known in names}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else ""


def suggestion(name: str, names: Iterable[str], *, otherwise: str = "") -> str:
    """'did you mean "…"?' and the list of names, to follow "there is no …".

    `otherwise` is for names that are too many to list: it stands alone where no name
    is like `name`.
    """
    known = list(names)
    near = nearest(name, known)
    question = f'did you mean "{near}"?' if near else ""
    if otherwise:
        return question or otherwise
    listed = f"known: {', '.join(known)}"
    return f"{question} ({listed})" if near else listed
