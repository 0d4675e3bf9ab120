"""The author's server, as an author meets it: save, and see it."""

import re
import signal
import socket
import subprocess
import sys
import threading
from urllib.parse import urljoin

import pytest
import requests

from pelican.plugins.live_stats.cli.dev_app import EVENTS, SCRIPT
from support.site_folder import POST

PATIENCE = 60  # seconds, of which a second is used


SAVES = """
from pathlib import Path
from pelican import signals

def save(generators):
    post = Path("content/posts/a.md")
    if "Saved meanwhile" not in post.read_text():
        post.write_text(post.read_text() + "Saved meanwhile.")

def register():
    signals.all_generators_finalized.connect(save)
"""


def started(site):
    """`dev` in a process of its own; its address is the site's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # A suite that was started in the background ignores interrupts, and hands that on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "live_stats_command", "dev"]
        + ["--settings", "conf.py", "--port", str(port)],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    site.address, site.process = f"http://127.0.0.1:{port}", process
    site.limit = threading.Timer(2 * PATIENCE, process.kill)  # whoever reads goes on
    site.limit.start()
    return process


def ended(site):
    site.limit.cancel()
    process = site.process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def server(site):
    """The server of a site with one post, ready."""
    site.post()
    process = started(site)
    while "Ctrl-C" not in (line := process.stdout.readline()):
        assert line, "the server ended"
    yield site
    ended(site)


def after(site, *edits):
    """The page after each edit, as soon as a browser is told to reload."""
    found = []
    url = site.address + EVENTS
    with requests.get(url, stream=True, timeout=PATIENCE) as stream:
        versions = (line for line in stream.iter_lines(1) if line.startswith(b"data:"))
        before = next(versions)
        for edit in edits:
            edit()
            version = next(versions)
            assert version > before
            found.append(page(site))
            before = version
    return found


def page(site, path="/posts/a/"):
    return requests.get(site.address + path, timeout=PATIENCE).text


def test_a_save_reloads_the_page_and_a_mistake_leaves_the_last_good_one(server):
    """Post, template and settings: a mistake has its place, and a save mends it."""
    theme = server.folder / "theme/templates/article.html"
    good, settings = theme.read_text(), (server.folder / "conf.py").read_text()
    assert f'<script src="{SCRIPT}"' in page(server)

    words, figure, mended, broken, whole, fallen, stands = after(
        server,
        lambda: server.post(text="Other words."),
        lambda: server.post(text="[over 9](stat:nowhere/tag/x)"),
        lambda: server.post(text="Words again."),
        lambda: theme.write_text(good + "{% if %}"),
        lambda: theme.write_text(good),
        lambda: server.write("conf.py", settings + "\n1 / 0\n"),
        lambda: server.write("conf.py", settings + '\nSITENAME = "Renamed"\n'),
    )

    assert "Other words." in words and 'role="alert"' not in words
    assert "Other words." in figure and "content/posts/a.md:8: " in figure
    assert "Words again." in mended and 'role="alert"' not in mended
    line = len((good + "{% if %}").splitlines())
    assert f"theme/templates/article.html:{line}: " in broken
    assert 'role="alert"' not in whole
    lines = len((settings + "\n1 / 0\n").splitlines())
    assert f"conf.py:{lines}: ZeroDivisionError" in fallen and "Words again." in fallen
    assert "Renamed" in stands and 'role="alert"' not in stands


def test_drafts_and_planned_posts_are_listed_and_marked(server):
    """A new file, and a renamed one, are seen too; a publish still leaves them out."""

    post = {"slug": "b", "text": "", "title": "A draft", "date": "2017-10-17"}
    draft = "Status: draft\n" + POST.format(**post)
    old, new = (server.folder / f"content/posts/{name}.md" for name in "bc")
    after(
        server,
        lambda: old.write_text(draft),  # at once: each save is one reload
        lambda: server.post("d", title="A plan", date="2999-01-01"),
        lambda: old.rename(new),
    )

    front = page(server, "/")
    assert "A draft" in front and 'class="unpublished">draft<' in front
    assert "A plan" in front and "planned for 1 January 2999" in front

    head = "Title: {0}\nSlug: {0}\nStatus: {1}\nMenu: About us\n"
    hidden = head.format("secluded", "hidden") + "Date: 2017-10-17\n\nText.\n"
    after(
        server,
        lambda: server.write("content/pages/p.md", head.format("about", "draft")),
        lambda: server.write("content/posts/e.md", hidden),
    )
    link = re.search(r'href="([^"]*)"[^>]*>About us</a>', page(server, "/"))
    for address in (urljoin("/", link[1]), "/posts/secluded/"):
        mark = "hidden" if "secluded" in address else "draft"
        assert f'unpublished">{mark}<' in page(server, address)
    assert "secluded" not in page(server, "/")

    assert server.publish("--offline") == 0, server.out
    assert "A draft" not in server.read("index.html")


def test_an_interrupt_ends_it_and_a_taken_port_is_named(server):
    """Ctrl-C is no error; a second server is told where there is room."""
    port = server.address.rpartition(":")[2]
    # Where the first one does not watch: a new file of Python makes it start anew.
    elsewhere = server.folder.with_name(f"{server.folder.name}-elsewhere")
    elsewhere.mkdir()
    (elsewhere / "conf.py").write_text("")
    second = subprocess.run(
        [sys.executable, "-m", "live_stats_command", "dev"]
        + ["--settings", "conf.py", "--port", port],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    assert (
        f"port {port}: " in second.stderr and "is free: make dev port=" in second.stderr
    )

    with requests.get(server.address + EVENTS, stream=True, timeout=PATIENCE) as stream:
        server.process.send_signal(signal.SIGINT)
        assert stream.content.startswith(b"retry: 500\ndata: ")  # read to its end

    assert server.process.wait(PATIENCE) == 0


def test_what_is_saved_while_the_site_is_first_built_is_seen(site):
    """A plugin of the site saves a post after that was read: it is built once more."""
    site.post()
    site.write("saves.py", SAVES)
    with open(site.folder / "conf.py", "a") as file:
        file.write("import saves; PLUGINS = [*PLUGINS, saves]\n")
    process = started(site)
    try:
        lines = iter(process.stdout.readline, "")
        built = next((line for line in lines if "content/posts/a.md: " in line), "")
    finally:
        ended(site)

    assert "written" in built


def test_a_folder_that_was_not_there_is_seen(server):
    """A whole folder that comes, goes, and comes back: each is one save."""
    away, images = server.folder / "away", server.folder / "content/images"
    away.mkdir()
    (away / "a.txt").write_text("a")
    posts, moved = server.folder / "content/posts", server.folder.parent / "posts"

    after(
        server,
        lambda: away.rename(images),
        lambda: posts.rename(moved),
        lambda: moved.rename(posts),
        lambda: server.post(text="Other words."),
    )

    assert requests.get(server.address + "/images/a.txt", timeout=PATIENCE).text == "a"
    assert "Other words." in page(server)


def test_all_open_tabs_reload_and_again_when_the_server_starts_again(server, browser):
    """More tabs than a browser has connections to one server; a new plugin counts."""
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto(server.address + "/posts/a/")

    server.post(text="Other words.")

    for tab in tabs:
        tab.get_by_text("Other words.").wait_for(timeout=1000 * PATIENCE)
    server.write("theme/new.py", "")
    lines = iter(server.process.stdout.readline, "")
    assert "theme/new.py changed: starting again\n" in lines
    server.post(text="Words again.")
    for tab in tabs:
        tab.get_by_text("Words again.").wait_for(timeout=1000 * PATIENCE)
    context.close()
