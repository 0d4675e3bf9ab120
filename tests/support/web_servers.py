"""The web servers of the how-to, on loopback, and a walk along the links of a site."""

import os
import socket
import subprocess
from contextlib import contextmanager
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

from urllib3 import PoolManager
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from .paths import ROOT

ONLINE = ROOT / "docs/how-to/online"
UNTIL_IT_LISTENS = Retry(total=None, connect=60, backoff_factor=0.02, backoff_max=0.2)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(folder, port, below):
    text = (ONLINE / "nginx.conf").read_text()
    text = text.replace("listen 80", f"listen 127.0.0.1:{port}")
    if below:
        text = text.replace("404 /404.html", f"404 {below}/404.html")
    text = text.replace("/srv/headers", str(folder / "headers"))
    text = text.replace("/srv/www", str(folder / "www"))
    temp = " ".join(
        f"{name}_temp_path {folder}/temp;"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    mime = "/etc/nginx/mime.types"
    (folder / "all.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log; user root; events {{}} "
        f"http {{ include {mime}; access_log off; {temp} {text} }}"
    )
    return [
        "nginx",
        "-p",
        str(folder),
        "-e",
        f"{folder}/log",
        "-c",
        f"{folder}/all.conf",
    ]


def caddy(folder, port, below):
    text = (ONLINE / "Caddyfile").read_text()
    text = text.replace("blog.example {", f"http://127.0.0.1:{port} {{", 1)
    if below:
        text = text.replace("* /404.html", f"* {below}/404.html")
    text = text.replace("/srv/headers", str(folder / "headers"))
    text = text.replace("/srv/www", str(folder / "www"))
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}")
    return ["caddy", "run", "--config", f"{folder}/Caddyfile"]


@contextmanager
def served(command, port, folder):
    """The address of a server that runs until the end of the block."""
    address = f"http://127.0.0.1:{port}"
    env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env=env)
        try:
            try:
                PoolManager().request("GET", f"{address}/", retries=UNTIL_IT_LISTENS)
            except MaxRetryError:
                raise AssertionError((folder / "said").read_text()) from None
            yield address
        finally:
            server.terminate()
            server.wait(10)


def get(address):
    """The status, the headers and the text of an answer."""
    try:
        answer = urlopen(address, timeout=10)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {v for k, v in attrs if k in ("href", "src") and v}


def crawl(start, site):
    """Every address that pages lead to within the site, with its status."""
    seen, todo = {}, [start]
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen[address], headers, text = get(address)
        if not headers.get("Content-Type", "").startswith("text/html"):
            continue
        links = Links()
        links.feed(text)
        for link in links.found:
            whole = urljoin(address, link).partition("#")[0]
            whole = whole.replace("https://blog.example", site)
            if whole.startswith(f"{site}/"):
                todo.append(whole)
    return seen
