"""The commands `accept` and `reject`: what becomes of a reading that was held."""

import argparse
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ..collection.plausibility import decide
from ..i18n import phrases
from ..model.errors import Mistake, Mistakes
from ..model.values import Reference
from ..providers.environment import environment, servers
from ..publishing.run import load_state
from ..references.catalogue import AddressError, parse
from ..references.sums import expand_sums
from ..storage.journal_lines import Kind
from .built_site import load_built_site

WHAT_FOLLOWS = {
    Kind.ACCEPTED: "will be stored if the next collection reads it again "
    "(make refresh)",
    Kind.REJECTED: "is left out as long as the platform gives it; another reading is "
    "judged anew",
}


def decide_command(options: argparse.Namespace) -> int:
    """Accept or reject the held readings of a reference, and say what follows."""
    index, about = load_built_site()
    index.close()
    kind, now = Kind(options.decision), datetime.now(UTC)
    for line in decide_on(Path(about.data), kind, options.reference, now):
        print(line)
    return 0


def decide_on(data: Path, kind: Kind, address: str, now: datetime) -> list[str]:
    """Decide about the held readings of `address`; a line for each of them.

    `address` may be a series, or what `parse_reference` takes. Of a sum, those of its
    parts that are held are meant.
    """
    state = load_state(data, now)
    if state.damaged:
        print(state.damaged, file=sys.stderr)
    series = [address]
    if address not in state.series:
        parts = expand_sums([parse_reference(address, environment())])
        series = [one.series for one in parts]
        held = [one for one in series if state.record(one).held is not None]
        series = held or series[:1]
    lines = []
    for one in series:
        number = phrases.format_number(decide(state, kind, one, now), "en")
        lines.append(f"{one}: {number} {WHAT_FOLLOWS[kind]}")
    return lines


def parse_reference(address: str, variables: Mapping[str, str]) -> Reference:
    """The reference that an author wrote, with `stat:` or without, or a web address.

    What stands around an address in a post is taken along easily, and passed over.
    Raises `Mistakes` where it is none.
    """
    bare = re.sub(r"^\[[^\]]*\]\((.*)\)$", r"\1", address.strip())
    try:
        reference, _ = parse(bare, servers=servers(variables))
    except AddressError as error:
        place = f"stat:{bare.removeprefix('stat:')}"
        raise Mistakes(
            [Mistake(path=place, what=error.what, mend=error.mend)]
        ) from None
    return reference
