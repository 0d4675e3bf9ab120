"""What of the environment a request uses: proxies and certificates. Over real sockets,
without the stand-in: what is asked for is never reached."""

import os
import socket
import threading
import time

import pytest

from pelican.plugins.live_stats.collection import connections
from pelican.plugins.live_stats.collection.http_client import (
    HttpClient,
    ProviderSession,
)
from pelican.plugins.live_stats.model.errors import Unreachable

HOST = "mastodon.social"
URL = f"https://{HOST}/api/v1/tags/metoo?key=s3cret"
PASSWORD = "pa55word"
VARIABLES = """REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR http_proxy
https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY""".split()


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def proxy():
    """A proxy that says the same to everybody; what it was asked is in `heads`."""
    listener = socket.create_server(("127.0.0.1", 0))

    class Proxy:
        says, heads = b"", []
        place = f"127.0.0.1:{listener.getsockname()[1]}"

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                Proxy.heads.append(connection.recv(65_536).decode())
                connection.sendall(Proxy.says)

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    yield Proxy
    listener.shutdown(socket.SHUT_RDWR)  # to close it wakes nobody
    listener.close()
    serving.join()


def failure(headers=None):
    """The text of the failure of one question."""
    client = HttpClient(user_agent="test", deadline=time.monotonic() + 5)
    with pytest.raises(Unreachable) as caught:
        ProviderSession(client).fetch_json(URL, headers=headers)
    text = str(caught.value)
    assert text.startswith(f"{HOST} ") and text.isprintable()
    assert PASSWORD not in text and "s3cret" not in text
    return text


@pytest.mark.parametrize("name", VARIABLES[:4])
def test_certificates_that_are_not_there_are_named(monkeypatch, tmp_path, name):
    """With the variable that names them; the same for a file that has none."""
    monkeypatch.setenv(name, "/no/such/file.pem")
    found = failure()
    assert f"was not asked: {name} names '/no/such/file.pem', which cannot be" in found
    assert found.endswith("name a file that is there, or unset it")

    file = tmp_path / "empty.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n")
    monkeypatch.setenv(name, str(file))
    assert f"{name} names '{file}', which has no certificates" in failure()


def test_a_list_of_folders_has_certificates(monkeypatch, tmp_path):
    """As OpenSSL reads SSL_CERT_DIR; a folder of it that is not there is no matter."""
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(["/no/such", str(tmp_path)]))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")

    assert "does not answer" in failure()


def test_a_proxy_by_https_is_trusted_as_a_platform_is():
    """By the certificates of the environment: it often has one of an own issuer."""
    manager = connections.Adapter(0.0).proxy_manager_for("https://proxy.example")

    assert manager.proxy_config.ssl_context.get_ca_certs()


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("407 Proxy Authentication Required", "wants a name and a password"),
        ("403 Forbidden", "does not let us through"),
        ("\x1b[31m500 No", "(through the proxy of "),
        ("502 \x1b[31mNo", "does not let us through"),
        ("", "(through the proxy of "),
    ],
)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_that_refuses_is_named(monkeypatch, proxy, says, words, name):
    """It gets its own password and nothing of ours, and no message has that."""
    proxy.says = f"HTTP/1.1 {says}\r\n\r\n".encode() if says else b""
    monkeypatch.setenv(name, f"http://ada:{PASSWORD}@{proxy.place}")

    found = failure({"Authorization": "Bearer s3cret"})

    assert f"the proxy of {name}" in found and words in found
    assert proxy.heads[0].startswith(f"CONNECT {HOST}:443 ")
    assert "Proxy-Authorization: Basic " in proxy.heads[0]
    assert "s3cret" not in "".join(proxy.heads)
    proxy.heads.clear()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"http://ada:{PASSWORD}@127.0.0.1:1", "does not answer"),
        (f"socks5://ada:{PASSWORD}@127.0.0.1:1", "PySocks; .venv/bin/python -m pip"),
        (f"socks5h://{PASSWORD}@127.0.0.1:1", "PySocks"),
        (f"http://ada:{PASSWORD}@[", "is no address of a proxy"),
        (f"http://ada:{PASSWORD}@host:port", "is no address of a proxy"),
        (f"http://ada:{PASSWORD}@", "is no address of a proxy"),
        (f"{PASSWORD}://host:80", "is no address of a proxy"),
        (f"ada:{PASSWORD}:8080:", "is no address of a proxy"),
        ("http://", "is no address of a proxy"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(monkeypatch, address, words):
    """What is wrong with it, and what to do, in one line without its password."""
    monkeypatch.setenv("HTTPS_PROXY", address)

    found = failure()

    assert "HTTPS_PROXY" in found and words in found


def test_hosts_without_a_proxy_are_asked_themselves(monkeypatch, proxy):
    """NO_PROXY counts, as for all programs."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.place}")
    monkeypatch.setenv("NO_PROXY", "other.example,mastodon.social")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: 1 / 0 if a else [])

    with pytest.raises(ZeroDivisionError):
        failure()

    assert not proxy.heads


@pytest.mark.parametrize("key", ["line\nbreak", "schlüssel", "tab\t", "\x1b[0m"])
def test_a_key_that_cannot_be_sent_is_told(key):
    """It is a mistake of the person who set it, and not the platform's trouble."""
    found = failure({"Authorization": f"Bearer {key}"})

    assert "was not asked: a key has a character" in found and key not in found
