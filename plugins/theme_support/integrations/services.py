"""The services that may count visits, each a function from its settings.

They follow the embed codes that the services document, without the inline scripts of
those: the theme's `analytics.js` sets the variables that Clicky and Matomo want.
Cookies are switched off where a service would set them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from .. import settings_validation
from ..errors import SettingError
from ..settings_validation import origin
from ..values import Analytics, Pairs, Sources

SETTING = "ANALYTICS"
_DOMAIN = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def _made(
    value: Mapping[str, Any],
    label: str,
    *,
    page: str,
    script: str,
    attributes: Pairs,
    sources: Sources,
    title: str = "What is counted here",
) -> Analytics:
    given = settings_validation.address(
        SETTING, value, "page", "https://stats.example.org/public"
    )
    return Analytics(
        name=str(value["service"]),
        label=label,
        title=title,
        page=given or page,
        script=script,
        attributes=attributes,
        sources=sources,
    )


def _text(value: Mapping[str, Any], pattern: str, example: str) -> str:
    return settings_validation.text(SETTING, value, "site", pattern, example)


def _server(value: Mapping[str, Any]) -> str:
    return settings_validation.address(
        SETTING, value, "server", "https://stats.example.org"
    )


def _clicky(value: Mapping[str, Any]) -> Analytics:
    site = _text(value, r"\d+", "101")
    script, inbox = "https://static.getclicky.com", "https://in.getclicky.com"
    return _made(
        value,
        "Clicky",
        title="Real Time Web Analytics",
        page=f"https://clicky.com/{site}",
        script=f"{script}/js",
        attributes=(("data-clicky", site),),
        # Its inbox answers with a script, and is sent beacons.
        sources=(("script-src", (script, inbox)), ("connect-src", (inbox,))),
    )


def _plausible(value: Mapping[str, Any]) -> Analytics:
    site = _text(value, _DOMAIN, "blog.example")
    server = _server(value) or "https://plausible.io"
    return _made(
        value,
        "Plausible",
        page=f"{server}/{site}",
        script=f"{server}/js/script.js",
        attributes=(("data-domain", site),),
        sources=_both(server),
    )


def _goatcounter(value: Mapping[str, Any]) -> Analytics:
    server, script = _server(value), "https://gc.zgo.at"
    if server and value.get("site"):
        raise SettingError(
            f'{SETTING} has both "site" and "server" for goatcounter',
            'leave "site" out: a server of your own counts one site',
        )
    if server:
        script = server
    else:
        code = _text(value, r"[A-Za-z0-9-]+", "myblog")
        server = f"https://{code}.goatcounter.com"
    return _made(
        value,
        "GoatCounter",
        page=server,
        script=f"{script}/count.js",
        attributes=(("data-goatcounter", f"{server}/count"),),
        sources=(
            ("script-src", (origin(script),)),
            ("connect-src", (origin(server),)),
        ),
    )


def _umami(value: Mapping[str, Any]) -> Analytics:
    site = _text(value, _UUID, "83dd64c4-17ad-4e3e-a905-b3d8c867c1a5")
    server = _server(value)
    script = server or "https://cloud.umami.is"
    # The cloud's script has moved its inbox more than once. Named here, both the
    # script and the policy know the same one.
    inbox = server or "https://gateway.umami.is"
    return _made(
        value,
        "Umami",
        page=server or "https://umami.is",
        script=f"{script}/script.js",
        attributes=(
            ("data-website-id", site),
            ("data-host-url", inbox),
            # Otherwise it keeps a number of the reader's in the browser's storage.
            ("data-identity-stitching", "false"),
        ),
        sources=(
            ("script-src", (origin(script),)),
            ("connect-src", (origin(inbox),)),
        ),
    )


def _matomo(value: Mapping[str, Any]) -> Analytics:
    site, server = _text(value, r"\d+", "1"), _server(value)
    if not server:
        raise SettingError(
            f'{SETTING} has no "server" for matomo',
            'write "server": "https://stats.example.org", where Matomo lies',
        )
    # A visit is sent by beacon or, where there is none, by asking for an image.
    pixel = (("img-src", (origin(server),)),)
    return _made(
        value,
        "Matomo",
        page=server,
        script=f"{server}/matomo.js",
        attributes=(("data-matomo", f"{server}/matomo.php"), ("data-site-id", site)),
        sources=_both(server) + pixel,
    )


def _fathom(value: Mapping[str, Any]) -> Analytics:
    site, server = _text(value, r"[A-Z]+", "ABCDEFGH"), "https://cdn.usefathom.com"
    return _made(
        value,
        "Fathom",
        page="https://usefathom.com/data",
        script=f"{server}/script.js",
        attributes=(("data-site", site),),
        # Visits by an image, how long they lasted by beacon.
        sources=_both(server) + (("img-src", (server,)),),
    )


def _simpleanalytics(value: Mapping[str, Any]) -> Analytics:
    site = _text(value, _DOMAIN, "blog.example")
    queue = "https://queue.simpleanalyticscdn.com"
    return _made(
        value,
        "Simple Analytics",
        page=f"https://dashboard.simpleanalytics.com/{site}",
        script="https://scripts.simpleanalyticscdn.com/latest.js",
        attributes=(("data-hostname", site),),
        sources=(
            ("script-src", ("https://scripts.simpleanalyticscdn.com",)),
            ("connect-src", (queue,)),
            ("img-src", (queue,)),
        ),
    )


def _both(server: str) -> Sources:
    host = (origin(server),)
    return ("script-src", host), ("connect-src", host)


_HOSTED = ("site", "page")
_OWN_SERVER = ("site", "server", "page")
SERVICES: dict[
    str, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], Analytics]]
] = {
    "clicky": (_HOSTED, _clicky),
    "plausible": (_OWN_SERVER, _plausible),
    "goatcounter": (_OWN_SERVER, _goatcounter),
    "umami": (_OWN_SERVER, _umami),
    "matomo": (_OWN_SERVER, _matomo),
    "fathom": (_HOSTED, _fathom),
    "simpleanalytics": (_HOSTED, _simpleanalytics),
}
