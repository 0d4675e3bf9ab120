"""Run `live-stats` with all its requests sent to a server of this machine.

    python -m redirected 127.0.0.1:PORT refresh --all

What it asks and how it reads the answers is as ever; only where they come from is not.
"""

import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import live_stats_command

live_stats_command.defer("pelican")  # before `requests`, which nothing of it needs

import requests  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402


def redirect(address: str) -> None:
    """Have every request of this process go to `address`, in plain HTTP."""
    usual = HTTPAdapter.send

    def send(
        self: HTTPAdapter, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        asked = urlsplit(str(request.url))
        request.url = urlunsplit(("http", address, asked.path, asked.query, ""))
        return usual(self, request, **options | {"proxies": {}})

    HTTPAdapter.send = send  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    redirect(sys.argv.pop(1))
    live_stats_command.main()
