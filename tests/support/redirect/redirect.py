"""Send what `requests` sends to a stand-in on this machine instead."""

from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter

ORIGINAL = "X-Original-Host"
_send = HTTPAdapter.send


def redirect_to(address: str):
    """A replacement for `HTTPAdapter.send` that asks the server at `address`."""
    target = urlsplit(address)

    def send(self, request, **options):
        asked = urlsplit(request.url)
        if asked.hostname not in ("127.0.0.1", "localhost"):
            request.headers[ORIGINAL] = asked.netloc
            parts = (target.scheme, target.netloc, asked.path, asked.query, "")
            request.url = urlunsplit(parts)
        return _send(self, request, **options)

    return send
