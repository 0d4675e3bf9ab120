"""Credentials for every platform, each of which is known wherever it turns up."""

from hashlib import sha256
from urllib.parse import quote

from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.providers.base import unavailable

CANARIES = {
    name: "C/+" + sha256(name.encode()).hexdigest()[:29].title()
    for provider in PROVIDERS
    for name in provider.credentials
}
CANARIES["MAILCHIMP_API_KEY"] += "-us6"
TELEGRAM = "TELEGRAM_BOT_TOKEN"
CANARIES[TELEGRAM] = "1234567:" + CANARIES[TELEGRAM].replace("/+", "_-")
CANARIES["BLUESKY_HANDLE"] = "ada.bsky.social"  # it is public
SECRET = {name: one for name, one in CANARIES.items() if name != "BLUESKY_HANDLE"}
ENVIRONMENT = CANARIES | {
    provider.server_variable: f"{provider.name}.example.org"
    for provider in PROVIDERS
    if provider.server_variable
}


def questions():
    """The usual number of each kind of each platform that is asked with a key."""
    for provider in PROVIDERS:
        for kind in provider.kinds if provider.credentials else ():
            metric = next(
                (m for m in kind.metrics
                 if not unavailable(provider, kind.name, m.name)), None,
            )  # fmt: skip
            if metric:
                place = provider.name
                if provider.server_variable:  # a key is for this server alone
                    place += f"@{ENVIRONMENT[provider.server_variable]}"
                subject = quote(kind.example, safe="")
                yield f"{place}/{kind.name}/{subject}/{metric.name}"
