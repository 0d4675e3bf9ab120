"""What docs/how-to/put-online.md says works, with the very files that it names."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.paths import ROOT
from support.web_servers import ONLINE, caddy, crawl, free_port, get, nginx, served

BIN = Path(sys.executable).parent


def needs(name):
    return pytest.mark.skipif(not shutil.which(name), reason=f"{name} is missing")


def published(site, below):
    conf = (site.folder / "conf.py").read_text()
    conf += f'SITE_ADDRESS = SITEURL = FEED_DOMAIN = "https://blog.example{below}"\n'
    conf += f'SITE_PATH = "{below}/"\nLIVE_STATS_DATA = True\n'
    site.write("conf.py", conf)
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    www = site.folder / "server/www"
    shutil.copytree(site.folder / "output", Path(f"{www}{below}"))
    shutil.copytree(site.folder / ".build/server", site.folder / "server/headers")
    (www / "neighbour.txt").write_text("of somebody else")
    if not below:
        (www / "neighbour.txt").unlink()
    return site.folder / "server"


@pytest.mark.parametrize("below", ["", "/blog"])
@pytest.mark.parametrize(
    "server",
    [
        pytest.param(nginx, marks=needs("nginx")),
        pytest.param(caddy, marks=needs("caddy")),
    ],
    ids=["nginx", "caddy"],
)
def test_a_server_sends_the_site(site, server, below, browser):
    """At the root and below a path: links lead somewhere, headers are those we write,
    what is for servers is not sent, and a browser has nothing to complain about."""
    folder, port = published(site, below), free_port()
    with served(server(folder, port, below), port, folder) as address:
        home = f"{address}{below}/"
        found = crawl(home, address)
        wrong = {one: status for one, status in found.items() if status != 200}
        assert not wrong and len(found) > 20
        assert f"{address}{below}/posts/a/" in found

        for path, framed in (
            ("", "'none'"),
            ("posts/a/", "'none'"),
            ("embed/metoo/", "*"),
        ):
            status, headers, _ = get(home + path)
            assert status == 200
            assert f"frame-ancestors {framed}" in headers["Content-Security-Policy"]
            assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
        status, headers, text = get(f"{home}nothing/here/")
        assert status == 404 and "nosniff" in headers["X-Content-Type-Options"]
        assert text == site.read("404.html")
        for path in ("server/nginx.conf", "nginx.conf", "_headers"):
            assert get(home + path)[0] == 404
        if below:
            status, headers, _ = get(f"{address}/neighbour.txt")
            assert status == 200 and "Content-Security-Policy" not in headers

        page = browser.new_page()
        said = []
        page.on("console", lambda one: said.append(one.text))
        page.on("pageerror", lambda one: said.append(str(one)))
        page.goto(f"{home}posts/a/")
        page.close()
        assert not said


# --- copies, jobs ---------------------------------------------------------------------


def run(*command, cwd, check=True, **env):
    done = subprocess.run(
        [str(one) for one in command],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@needs("rsync")
def test_a_copy_is_made_only_if_readers_see_something_else(site):
    """After a mistake there is none; after a copy that failed it is made again."""
    site.post("a")
    site.write(
        "live-stats",
        f"#!/bin/sh\nexec {sys.executable} -m live_stats_command "
        '"$@" --offline --settings conf.py\n',
    )
    (site.folder / "live-stats").chmod(0o755)
    source = f"{ROOT / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"

    def deploy(to, code=0):
        done = run(
            ONLINE / "deploy.sh",
            cwd=site.folder,
            check=False,
            LIVE_STATS="./live-stats",
            DEPLOY_TO=f"{site.folder}/{to}/",
            HEADERS_TO=f"{site.folder}/headers/",
            PYTHONPATH=source,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return "copied to the server" in done.stdout

    assert not deploy("no/such/folder", code=11)
    assert deploy("www") and not deploy("www")
    copied = site.folder / "www"
    for name in ("nginx.conf", "Caddyfile"):
        assert (site.folder / "headers" / name).is_file()
        assert not list(copied.rglob(name))
    assert (copied / "posts/a/index.html").read_text() == site.read(
        "posts/a/index.html"
    )

    site.post("a", text="See [it]({filename}none.md).")
    assert not deploy("www", code=1)
    site.post("a", text="Another text.")
    (copied / "old.html").write_text("of a site that was here before")
    assert deploy("www") and not deploy("www")
    assert "Another text." in (copied / "posts/a/index.html").read_text()
    assert not (copied / "old.html").exists()


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("/", "name a folder of the site's own"),
        ("ada@example.org:", "name a folder of the site's own"),
        ("www/", "output/ is empty"),
        ("", "DEPLOY_TO is not set"),
    ],
)
def test_a_copy_removes_nothing_of_somebody_else(tmp_path, to, says):
    """A slip in the address, or a site that is gone, would empty the other folder."""
    for name in ("output", "www", ".build", "bin"):
        (tmp_path / name).mkdir()
    (tmp_path / ".build/shown").write_text("1")
    rsync = tmp_path / "bin/rsync"
    rsync.write_text("#!/bin/sh\ntouch copied\n")
    rsync.chmod(0o755)

    done = run(
        ONLINE / "deploy.sh",
        cwd=tmp_path,
        check=False,
        LIVE_STATS="true",
        DEPLOY_TO=to,
        PATH=f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    )

    assert says in done.stderr + done.stdout and done.returncode == bool(to)
    assert not (tmp_path / "copied").exists()


def test_what_a_copy_needs_is_said_before_it_begins(tmp_path):
    """The folder of the site, and rsync."""
    done = run(ONLINE / "deploy.sh", cwd=tmp_path, check=False)
    assert done.returncode == 1 and "run it in the folder of the site" in done.stderr

    (tmp_path / "sh").symlink_to("/bin/sh")
    script = [tmp_path / "sh", ONLINE / "deploy.sh"]
    done = run(*script, cwd=tmp_path, check=False, DEPLOY_TO="w/", PATH=f"{tmp_path}")
    assert done.returncode == 1 and "rsync is missing" in done.stderr


def test_a_fetch_without_news_is_nothing_that_readers_see(site, platforms):
    """The status page tells of each fetch; a number or a text that changed counts."""
    shown = site.folder / ".build/shown"
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + 'LIVE_STATS_PLATFORMS = ["mastodon"]\n')
    site.post("a")
    assert site.publish() == 0, site.out
    before, status = shown.read_text(), site.read("status/status.json")
    site.now = "2026-11-24T12:30:00Z"

    assert site.refresh("--all") == 0, site.out

    assert site.read("status/status.json") != status
    assert shown.read_text() == before
    site.post("a", text="Another text.")
    assert site.publish("--offline") == 0, site.out
    assert shown.read_text() != before


@needs("git")
def test_readings_of_several_builders_are_all_kept(tmp_path):
    """Each commits and pushes; who comes second takes in what the first has pushed.
    So with the journal of what each of them has spent."""
    bare, file = tmp_path / "all.git", "content/data/observations/2026-11.jsonl"
    journal = "content/data/journal/2026-11.jsonl"
    run("git", "init", "--quiet", "--bare", "-b", "main", bare, cwd=tmp_path)
    clones = [tmp_path / "one", tmp_path / "two", tmp_path / "three"]
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example"]

    def clone(to):
        run("git", "clone", "--quiet", f"file://{bare}", to, cwd=tmp_path)

    clone(clones[0])
    shutil.copy(ROOT / ".gitattributes", clones[0])
    (clones[0] / file).parent.mkdir(parents=True)
    (clones[0] / file).write_text('{"value":0}\n')
    run("git", "add", ".", cwd=clones[0])
    run("git", *who, "commit", "--quiet", "-m", "begin", cwd=clones[0])
    run("git", "push", "--quiet", "origin", "HEAD:main", cwd=clones[0])
    for one in clones[1:]:
        clone(one)

    for number, one in enumerate(clones, 1):
        with (one / file).open("a") as lines:
            lines.write(f'{{"value":{number}}}\n')
        (one / journal).parent.mkdir(parents=True)
        (one / journal).write_text(f'{{"run":{number}}}\n')
    for one in clones:
        run(ONLINE / "commit_history.sh", "main", cwd=one, PAUSE="0")

    clone(tmp_path / "all")
    lines = (tmp_path / "all" / file).read_text().splitlines()
    assert sorted(lines) == [f'{{"value":{number}}}' for number in range(4)]
    lines = (tmp_path / "all" / journal).read_text().splitlines()
    assert sorted(lines) == [f'{{"run":{number}}}' for number in range(1, 4)]
    run(ONLINE / "commit_history.sh", "main", cwd=tmp_path / "all")
    assert run("git", "log", "--oneline", cwd=tmp_path / "all").stdout.count("\n") == 4


@needs("git")
def test_a_push_that_failed_is_made_by_the_next_run(tmp_path):
    """With nothing new to commit, and with a post that is being edited."""
    bare, away = tmp_path / "all.git", tmp_path / "away.git"
    one, two = tmp_path / "one", tmp_path / "two"
    run("git", "init", "--quiet", "--bare", "-b", "main", bare, cwd=tmp_path)
    for clone in (one, two):
        run("git", "clone", "--quiet", f"file://{bare}", clone, cwd=tmp_path)
        run("git", "config", "user.name", "A", cwd=clone)
        run("git", "config", "user.email", "a@a.example", cwd=clone)
    data = one / "content/data/observations"
    data.mkdir(parents=True)
    (one / "post.md").write_text("a")
    (data / "2026-11.jsonl").write_text("{}\n")
    run("git", "add", ".", cwd=one)
    run("git", "commit", "--quiet", "-m", "begin", cwd=one)
    run("git", "push", "--quiet", "origin", "HEAD:main", cwd=one)
    run("git", "pull", "--quiet", "origin", "main", cwd=two)
    (two / "other").write_text("b")
    run("git", "add", ".", cwd=two)
    run("git", "commit", "--quiet", "-m", "faster", cwd=two)
    run("git", "push", "--quiet", "origin", "HEAD:main", cwd=two)
    (data / "2026-12.jsonl").write_text("{}\n")
    (one / "post.md").write_text("edited")

    bare.rename(away)
    job = [ONLINE / "commit_history.sh", "main"]
    assert run(*job, cwd=one, check=False, PAUSE="0").returncode == 1
    away.rename(bare)
    run(*job, cwd=one, PAUSE="0")

    names = run("git", "ls-tree", "-r", "--name-only", "main", cwd=bare).stdout
    assert "2026-12.jsonl" in names and "other" in names
    assert (one / "post.md").read_text() == "edited"


@needs("git")
@pytest.mark.parametrize("days, commits", [(49, 1), (51, 2)])
def test_a_job_that_has_nothing_to_commit_stays_alive(tmp_path, days, commits):
    """After 50 quiet days it commits nothing, which counts as something."""
    bare, here = tmp_path / "all.git", tmp_path / "here"
    run("git", "init", "--quiet", "--bare", "-b", "main", bare, cwd=tmp_path)
    run("git", "clone", "--quiet", f"file://{bare}", here, cwd=tmp_path)
    (here / "a").write_text("a")
    run("git", "add", ".", cwd=here)
    when = f"{int(time.time()) - days * 86400} +0000"
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    run("git", *who, "commit", "-m", "a", cwd=here, GIT_COMMITTER_DATE=when)

    run(ONLINE / "commit_history.sh", "main", cwd=here, PAUSE="0")

    assert run("git", "log", "--oneline", cwd=here).stdout.count("\n") == commits


@needs("systemd-analyze")
def test_systemd_understands_its_units(tmp_path):
    """Both, with the paths of a site that is there."""
    for name in ("live-stats.service", "live-stats.timer"):
        text = (ONLINE / name).read_text().replace("/srv/site", str(ROOT))
        (tmp_path / name).write_text(text)

    done = run(
        "systemd-analyze", "verify", "--man=no", *tmp_path.iterdir(), cwd=tmp_path
    )

    assert "live-stats" not in done.stdout + done.stderr
    hourly = re.search(r"OnCalendar=(.*)", (ONLINE / "live-stats.timer").read_text())[1]
    assert (
        "Normalized form" in run("systemd-analyze", "calendar", hourly, cwd="/").stdout
    )


@pytest.mark.parametrize(
    "command",
    [
        ["zizmor", "--offline", "--no-progress", "--no-config"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ],
    ids=["zizmor", "schema"],
)
def test_the_workflow_is_sound(command):
    """As those who know of workflows see it; and what it runs is there."""
    tool = BIN / command[0]
    if not tool.is_file():
        pytest.skip(f"{command[0]} is missing")
    file = ONLINE / "publish.yml"
    run(tool, *command[1:], file, cwd=ROOT)

    for name in re.findall(r"docs/how-to/online/\w+\.sh", file.read_text()):
        assert os.access(ROOT / name, os.X_OK)
    example = (ROOT / ".env.example").read_text()
    for name in re.findall(r"secrets\.(\w+_(?:TOKEN|API_KEY))\b", file.read_text()):
        assert f"#{name}=" in example
