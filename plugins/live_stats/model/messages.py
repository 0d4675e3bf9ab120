"""Parts of English messages, for the shell and for mistakes."""


def count_of(number: int, noun: str) -> str:
    """A number with its noun: 1 page, 3 pages. For nouns whose plural ends in -s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
