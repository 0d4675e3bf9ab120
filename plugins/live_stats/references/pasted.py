"""Brings a URL as the browser shows it into the form that patterns are written for.

The host is in small letters, without `www.`, `m.` and their like; no slash at the end;
what stands behind `#` is the page's own unless it is one of our options.
"""

import re
from urllib.parse import unquote

from ..model.suggestions import nearest
from .known_hosts import LANGUAGE_HOSTS, NAMED_HOSTS, platform_of_host
from .server_names import ServerNameError, machine_name

SCHEME = re.compile(r"https?:/{2}", re.IGNORECASE)
_OPTION_NAMES = ("mode", "as-of", "source")
_OURS = (*_OPTION_NAMES, "asof", "date", "beside", "replace", "frozen")
_OTHER_FORMS = re.compile(
    r"(?:www|m|mobile|old|new|np|amp|touch|mbasic|web|i)\.(?=.+\.)"
)
_METRIC = re.compile(r"[a-z]+(?:@\w+)?", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    return SCHEME.match(text) is not None


def split_fragment(address: str) -> tuple[str, str]:
    """The URL, with the metric that stands at its end, and our options.

    `…/wiki/MeToo#Reception/views#mode=replace` has a fragment of the page's own: it is
    left out, the metric behind it is not.
    """
    body, *fragments = address.split("#")
    at = next((n for n, one in enumerate(fragments) if _is_ours(one)), len(fragments))
    for own in fragments[:at]:
        head, slash, last = own.rpartition("/")
        if slash and _METRIC.fullmatch(last):
            body = f"{body.rstrip('/')}/{last}"
    return body, "#".join(fragments[at:])


def _is_ours(fragment: str) -> bool:
    """Whether a fragment has options, which may be misspelt, or is empty."""
    name, equals, _ = re.split("[&;,]", fragment)[0].partition("=")
    if not equals or name.lower() in _OURS:
        return not fragment or name.lower() in _OURS
    return len(name) > 2 and nearest(name, _OPTION_NAMES) != ""


def tidy(url: str) -> str:
    """A URL without its scheme, in the form that patterns are written for."""
    host, slash, rest = SCHEME.sub("", url, count=1).partition("/")
    host, question, query = host.partition("?")
    host = tidy_host(host)
    path, mark, query = f"{slash}{rest}{question}{query}".partition("?")
    path = re.sub("/{2,}", "/", path).rstrip("/").replace("%40", "@")
    return f"{host}{path}{mark}{query.rstrip('/')}"


def with_tidy_host(url: str) -> str:
    """A URL that is otherwise as it was."""
    scheme = SCHEME.match(url)
    if scheme is None:
        return url
    host = re.split("[/?#]", url[scheme.end() :], maxsplit=1)[0]
    return scheme[0] + tidy_host(host) + url[scheme.end() + len(host) :]


def tidy_host(host: str) -> str:
    """A host in ASCII, without what only says how a page is shown.

    What is no name of a host is left as it is: it is no server either.
    """
    try:
        name = machine_name(unquote(host))
    except ServerNameError:
        return host.lower()
    home = platform_of_host(name)
    if home is None:  # a server of its own, whose names are all its own
        return name
    if home in NAMED_HOSTS:
        return name.removeprefix("www.").replace(".m.", ".")
    name = _OTHER_FORMS.sub("", name, count=1)
    if home in LANGUAGE_HOSTS:
        name = re.sub(r"^[a-z]{2}(?:-[a-z]{2})?\.(?=.+\.)", "", name)
    return name
