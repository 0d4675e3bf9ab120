"""Who may read what is served on this machine: its browser, and no page of others."""

import socket
import threading

import pytest
from pytest_socket import enable_socket

from pelican.plugins.live_stats.cli import dev_server, serve
from pelican.plugins.live_stats.cli.dev_app import EVENTS, SCRIPT, PreviewApp

DRAFT = "the draft"


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """`serve` and `dev` of one folder, by name: their addresses."""
    enable_socket()  # it is earlier than what allows it in each test
    folder = tmp_path_factory.mktemp("site") / "output"
    (folder / "drafts").mkdir(parents=True)
    (folder / "drafts/index.html").write_text(DRAFT)
    (folder.parent / ".env").write_text("KEY=s3cret")
    (folder / "leak.txt").symlink_to("../.env")
    (folder / "up").symlink_to("..")
    started = {
        "serve": serve.server_of(folder, 0),
        "dev": dev_server.listen(0, PreviewApp(folder)),
    }
    for one in started.values():
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
    yield {name: one.server_address for name, one in started.items()}
    for one in started.values():
        one.shutdown()
        one.server_close()


@pytest.fixture(params=["serve", "dev"])
def port(request, servers):
    return servers[request.param][1]


def asked(port, *lines, path="/drafts/", method="GET"):
    """The status and the text of the reply to a request with these headers."""
    head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.format(port=port).encode("latin-1"))
        reply = connection.makefile("rb").read().decode("latin-1")
    return int(reply.split()[1]), reply


HOST = "Host: 127.0.0.1:{port}"
LINK = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]


@pytest.mark.parametrize(
    "lines",
    [
        [HOST],
        ["host: LOCALHOST:{port}"],
        ["Host: [::1]:{port}"],
        ["Host: 127.0.0.1"],
        ["Host: localhost:9000", "Origin: http://localhost:9000"],
        [HOST, "Origin: http://127.0.0.1:{port}", "Sec-Fetch-Site: same-origin"],
        [HOST, "Sec-Fetch-Site: none", *LINK],
        [HOST, "Sec-Fetch-Site: cross-site", *LINK],
    ],
)
def test_the_browser_of_this_machine_reads(port, lines):
    """By each name of this machine, by a tunnel, and by a link on another site."""
    status, reply = asked(port, *lines)

    assert status == 200 and DRAFT in reply
    assert "Cross-Origin-Resource-Policy: same-origin" in reply
    assert "Access-Control" not in reply


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        (421, []),
        (421, ["Host: evil.example"]),
        (421, ["Host: evil.example:{port}"]),
        (421, ["Host: 127.0.0.1.evil.example:{port}"]),
        (421, ["Host: localhost.evil.example:{port}"]),
        (421, ["Host: localhost.:{port}"]),
        (421, ["Host: evil.example@127.0.0.1:{port}"]),
        (421, ["Host: 127.0.0.1:{port}@evil.example"]),
        (421, ["Host: 127.0.0.1:"]),
        (421, ["Host: 127.0.0.1:80:evil.example"]),
        (421, ["Host: "]),
        (421, [HOST, HOST]),
        (403, ["Host: localhost:9000", "Origin: http://localhost:{port}"]),
        (421, ["Host: 0.0.0.0:{port}"]),
        (421, ["Host: 127.0.0.2:{port}"]),
        (421, [HOST, "Host: evil.example"]),
        (421, ["Host: evil.example", HOST]),
        (403, [HOST, "Origin: https://evil.example"]),
        (403, [HOST, "Origin: http://evil.example:{port}"]),
        (403, [HOST, "Origin: https://127.0.0.1:{port}"]),
        (403, [HOST, "Origin: http://127.0.0.1:1"]),
        (403, [HOST, "Origin: null"]),
        (403, [HOST, "Sec-Fetch-Site: cross-site"]),
        (403, [HOST, "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"]),
        (
            403,
            [
                HOST,
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: iframe",
            ],
        ),
    ],
)
def test_no_page_of_others_reads(port, status, lines):
    """Neither by a name of its own, nor by ours: no page, no event, no script."""
    for path in ("/drafts/", EVENTS, SCRIPT):
        found, reply = asked(port, *lines, path=path)

        assert found == status
        assert not [one for one in (DRAFT, "data:", "SharedWorker") if one in reply]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(port, method):
    """Not even asked what may be."""
    status, reply = asked(port, HOST, method=method)

    assert status in (405, 501) and DRAFT not in reply


@pytest.mark.parametrize(
    "path",
    [
        "/leak.txt",
        "/up/.env",
        "/up/",
        "/../.env",
        "/%2e%2e/.env",
        "/..%2f.env",
        "/drafts/..%2f..%2f.env",
        "//../.env",
        "/..\\.env",
        "/%00",
        "/" + "a" * 9_000,
        "/drafts/%C0%AE%C0%AE/%C0%AE%C0%AE/.env",
        "http://127.0.0.1/../.env",
    ],
)
def test_nothing_outside_the_folder_is_read(port, path, capfd):
    """Whatever stands in the address; and it is no error of the server."""
    status, reply = asked(port, HOST, path=path)

    assert status == 404 and "s3cret" not in reply
    assert "Traceback" not in capfd.readouterr().err


def test_nobody_else_can_connect(servers):
    """They listen on the loopback address, and on no other of this machine."""
    assert {host for host, _ in servers.values()} == {"127.0.0.1"}
