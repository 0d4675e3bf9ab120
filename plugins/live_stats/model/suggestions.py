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


def distance(one: str, other: str) -> int:
    """How many signs to add, drop, change or swap with the next make two words equal.

    By hand, for `difflib` measures likeness, by which "subtitle" is near "title".
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        now = [i]
        for j, there in enumerate(other, 1):
            cost = min(last[j] + 1, now[-1] + 1, last[j - 1] + (sign != there))
            swapped = i > 1 and j > 1 and one[i - 2] == there and sign == other[j - 2]
            if swapped:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
