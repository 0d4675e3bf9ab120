"""Defines the values that templates get: frozen, and made of plain text.

`incremental` can then tell which part of one a page shows.
"""

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
Sources = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analytics:
    """One service that counts visits, as pages and policies need it.

    `label` is its name for readers, `page` where they see what is counted, `title`
    what that link is called. `script` is the address of its script, `attributes` the
    data-attributes that our loader reads. `sources` are the hosts that each directive
    of a policy must allow, and no others.
    """

    name: str
    label: str
    title: str
    page: str
    script: str
    attributes: Pairs
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """A form by which readers subscribe, sent to a service without any script.

    `action` is the address it is sent to, `field` the name of the field for the e-mail
    address, `label` the service's name for readers. `hidden` are fields that are sent
    as they are. `trap` is one that only machines fill in; empty if there is none.
    `source` is the host that a policy's `form-action` must allow.
    """

    action: str
    field: str
    label: str
    hidden: Pairs
    trap: str
    source: str
