"""Reads the setting `ANALYTICS`: at most one service that counts the visits.

The services are a table. It follows the embed codes that they document, without the
inline scripts of those: the theme's `analytics.js` sets the variables that Clicky and
Matomo want. Cookies are switched off where a service would set them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import settings_validation
from ..errors import SettingError
from ..settings_validation import origin
from ..values import Analytics, Pairs, Sources

__all__ = ["SERVICES", "Analytics", "Service", "read"]

SETTING = "ANALYTICS"
EXAMPLE = '{"service": "clicky", "site": "101"}'
_DOMAIN = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_SERVER = "https://stats.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that counts visits, with templates of all that pages need for it.

    `label` is its name for readers, `title` what the link to it is called. `site` is a
    pattern for the site's number or name there, `example` one that fits.

    `server` has the script, and `inbox` is where visits are sent: the same, if it is
    empty. With `self_hosted`, both may be a server of the site's operator; they must
    be if `server` is empty. `site_or_server`: a server of one's own counts one site.

    In `inbox`, `page`, `own_page`, `script`, `attributes` and `sources`, {site},
    {server} and {inbox} are replaced. `page` is where readers see what is counted, and
    `own_page` the same for a server of one's own, if that is another. `sources` are the
    hosts of each directive of a policy.
    """

    label: str
    site: str
    example: str
    page: str
    script: str
    attributes: Pairs
    server: str = ""
    inbox: str = ""
    own_page: str = ""
    title: str = "What is counted here"
    self_hosted: bool = False
    site_or_server: bool = False
    sources: Sources = (("script-src", ("{server}",)), ("connect-src", ("{inbox}",)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the setting may have for this service."""
        return ("site", "server", "page") if self.self_hosted else ("site", "page")


SERVICES = {
    "clicky": Service(
        label="Clicky",
        title="Real Time Web Analytics",
        site=r"\d+",
        example="101",
        server="https://static.getclicky.com",
        inbox="https://in.getclicky.com",
        page="https://clicky.com/{site}",
        script="{server}/js",
        attributes=(("data-clicky", "{site}"),),
        # Its inbox answers with a script, and is sent beacons.
        sources=(
            ("script-src", ("{server}", "{inbox}")),
            ("connect-src", ("{inbox}",)),
        ),
    ),
    "plausible": Service(
        label="Plausible",
        site=_DOMAIN,
        example="blog.example",
        server="https://plausible.io",
        self_hosted=True,
        page="{server}/{site}",
        script="{server}/js/script.js",
        attributes=(("data-domain", "{site}"),),
    ),
    "goatcounter": Service(
        label="GoatCounter",
        site=r"[A-Za-z0-9-]+",
        example="myblog",
        server="https://gc.zgo.at",
        inbox="https://{site}.goatcounter.com",
        self_hosted=True,
        site_or_server=True,
        page="{inbox}",
        script="{server}/count.js",
        attributes=(("data-goatcounter", "{inbox}/count"),),
    ),
    "umami": Service(
        label="Umami",
        site=_UUID,
        example="83dd64c4-17ad-4e3e-a905-b3d8c867c1a5",
        server="https://cloud.umami.is",
        # The cloud's script has moved its inbox more than once. Named here, both the
        # script and the policy know the same one.
        inbox="https://gateway.umami.is",
        self_hosted=True,
        page="https://umami.is",
        own_page="{server}",
        script="{server}/script.js",
        attributes=(
            ("data-website-id", "{site}"),
            ("data-host-url", "{inbox}"),
            # Otherwise it keeps a number of the reader's in the browser's storage.
            ("data-identity-stitching", "false"),
        ),
    ),
    "matomo": Service(
        label="Matomo",
        site=r"\d+",
        example="1",
        self_hosted=True,
        page="{server}",
        script="{server}/matomo.js",
        attributes=(
            ("data-matomo", "{server}/matomo.php"),
            ("data-site-id", "{site}"),
        ),
        # A visit is sent by beacon or, where there is none, by loading an image.
        sources=(
            ("script-src", ("{server}",)),
            ("connect-src", ("{server}",)),
            ("img-src", ("{server}",)),
        ),
    ),
    "fathom": Service(
        label="Fathom",
        site=r"[A-Z]+",
        example="ABCDEFGH",
        server="https://cdn.usefathom.com",
        page="https://usefathom.com/data",
        script="{server}/script.js",
        attributes=(("data-site", "{site}"),),
        # Visits by an image, how long they lasted by beacon.
        sources=(
            ("script-src", ("{server}",)),
            ("connect-src", ("{server}",)),
            ("img-src", ("{server}",)),
        ),
    ),
    "simpleanalytics": Service(
        label="Simple Analytics",
        site=_DOMAIN,
        example="blog.example",
        server="https://scripts.simpleanalyticscdn.com",
        inbox="https://queue.simpleanalyticscdn.com",
        page="https://dashboard.simpleanalytics.com/{site}",
        script="{server}/latest.js",
        attributes=(("data-hostname", "{site}"),),
        sources=(
            ("script-src", ("{server}",)),
            ("connect-src", ("{inbox}",)),
            ("img-src", ("{inbox}",)),
        ),
    ),
}


def read(value: Any) -> Analytics | None:
    """The service that `value` of the setting names; None if it is off.

    Raises SettingError if the setting is wrong.
    """
    if value == "" or value is None:
        return None
    name = settings_validation.service(SETTING, value, SERVICES, EXAMPLE)
    service = SERVICES[name]
    settings_validation.keys(SETTING, value, service.keys)
    own_server = settings_validation.address(SETTING, value, "server", _SERVER)
    site = _site(name, value, own_server)
    if service.self_hosted and not (own_server or service.server):
        raise SettingError(
            f'{SETTING} has no "server" for {name}',
            f'write "server": "{_SERVER}", where {service.label} runs',
        )
    server = own_server or service.server
    inbox = own_server or service.inbox.format(site=site) or server

    def filled(template: str) -> str:
        return template.format(site=site, server=server, inbox=inbox)

    page = settings_validation.address(SETTING, value, "page", f"{_SERVER}/public")
    usual_page = (own_server and service.own_page) or service.page
    return Analytics(
        name=name,
        label=service.label,
        title=service.title,
        page=page or filled(usual_page),
        script=filled(service.script),
        attributes=tuple((key, filled(one)) for key, one in service.attributes),
        sources=tuple(
            (directive, tuple(origin(filled(host)) for host in hosts))
            for directive, hosts in service.sources
        ),
    )


def _site(name: str, value: Mapping[str, Any], own_server: str) -> str:
    """The number or name of the site at its service; empty if the server is it."""
    service = SERVICES[name]
    if service.site_or_server and own_server:
        if value.get("site"):
            raise SettingError(
                f'{SETTING} has both "site" and "server" for {name}',
                'leave "site" out: a server of your own counts one site',
            )
        return ""
    return settings_validation.text(
        SETTING, value, "site", service.site, service.example
    )
