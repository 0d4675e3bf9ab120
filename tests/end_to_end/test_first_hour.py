"""The first hour of a newcomer, by the commands of the README, in fresh clones."""

import os
import re
import shutil
import subprocess

import pytest

from support.browsing import serving
from support.paths import ROOT
from support.web_servers import crawl, free_port, nginx, served

README = (ROOT / "README.md").read_text(encoding="utf-8")
HOUR = README.split("## Your own blog, in an hour")[1].split("\n## ")[0]
SHELL = re.findall(r"```sh\n(.*?)```", HOUR, re.S)
POST = re.search(r"```markdown\n(.*?)```", HOUR, re.S)[1]
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")

SERVER = nginx if shutil.which("nginx") else None  # any other does


def unindented(text):
    return re.sub(r"^ +", "", text, flags=re.M)


def shell(folder, command):
    """Run a line of shell as in a new terminal, where no platform can be reached."""
    known = {"PATH", "HOME", "LANG", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: os.environ[name] for name in known if name in os.environ}
    ran = subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env=kept | NO_NETWORK,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}"
    return ran.stdout


def clone(source, folder):
    """A clone of somebody; what the first command would install is there already.

    The folder is its own, with a stamp and a command of its own: whatever it lacks is
    not installed into the one of this checkout.
    """
    shell(source.parent, f"git clone --quiet {source} {folder}")
    usual, own = ROOT / ".venv", folder / ".venv"
    (own / "bin").mkdir(parents=True)
    for path in [*usual.iterdir(), *(usual / "bin").iterdir()]:
        if path.name not in ("bin", "installed", "seen", "live-stats"):
            (own / path.relative_to(usual)).symlink_to(path)
    command = (usual / "bin/live-stats").read_text(encoding="utf-8")
    command = command.replace(str(usual), str(own))
    (own / "bin/live-stats").write_text(command, encoding="utf-8")
    (own / "bin/live-stats").chmod(0o755)
    wanted = [folder / name for name in ("requirements.txt", "pyproject.toml")]
    stamp = b"\n".join(file.read_bytes() for file in wanted)
    (folder / ".venv/installed").write_bytes(stamp)
    shell(folder, "git config user.name A; git config user.email a@example.org")
    return folder


def commit(folder, message):
    shell(folder, f"git add --all && git commit --quiet --message '{message}'")


@pytest.fixture
def repository(tmp_path):
    """This repository as it lies here, committed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    listed = "git ls-files -z --cached --others --exclude-standard"
    for name in filter(None, shell(ROOT, listed).split("\0")):
        if os.path.lexists(ROOT / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    shell(folder, "git init --quiet --initial-branch main")
    shell(folder, "git config user.name A; git config user.email a@example.org")
    commit(folder, "First")
    return folder


def new_post(folder, title):
    """What `make new` of the README begins, with the text of the README, published."""
    (command,) = [
        line for text in SHELL for line in text.split("\n") if " new " in line
    ]
    said = shell(folder, re.sub('title="[^"]*"', f'title="{title}"', command.strip()))
    (path,) = re.findall(r"content/posts/\S+\.md", said)[:1]
    text = unindented(POST).replace("My first figure", title)
    assert "Status: draft\n" in text
    (folder / path).write_text(text.replace("Status: draft\n", ""), encoding="utf-8")
    return path


def at(folder, server, port):
    """The address of the published site, below the path /blog."""
    www = folder.parent / "server/www"
    shutil.rmtree(www, ignore_errors=True)
    shutil.copytree(folder / "output", www / "blog")
    shutil.copytree(
        folder / ".build/server", www.parent / "headers", dirs_exist_ok=True
    )
    if server is not None:
        return served(server(www.parent, port, "/blog"), port, www.parent)
    return serving(www, port=port)


def check(address, browser, titles):
    """Links lead somewhere, posts are there, and the browser does not complain."""
    found = crawl(f"{address}/blog/", address)
    assert {one: status for one, status in found.items() if status != 200} == {}
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    for title in titles:
        page.goto(f"{address}/blog/")
        page.get_by_role("link", name=title).first.click()
        page.wait_for_load_state()
        assert page.title().startswith(title)
        assert "over 400" in page.locator("article").inner_text()
    page.goto(f"{address}/blog/search/?q=times")
    page.get_by_role("link", name=titles[0]).first.wait_for()
    page.close()
    assert said == []


def test_the_first_hour_ends_with_a_site_that_is_served(repository, tmp_path, browser):
    """A clone, the commands of the README, a post: served below a path, it works in a
    browser. So it does when the commit of a second author has been merged."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    ada = clone(repository, tmp_path / "ada")
    (init,) = [text for text in SHELL if "make init" in text]
    said = shell(ada, re.sub(r"address=\S+", f"address={address}/blog", init))
    assert "make new" in said
    new_post(ada, "My first figure")
    shell(ada, "make publish")
    assert {path.name for path in (ada / "output/posts").iterdir()} == {
        "my-first-figure"
    }
    with at(ada, SERVER, port):
        check(address, browser, ["My first figure"])
    commit(ada, "My own blog")
    shell(ada, "git push --quiet origin HEAD:refs/heads/blog")

    bob = clone(repository, tmp_path / "bob")
    shell(bob, "git checkout --quiet blog")
    new_post(bob, "A second author")
    commit(bob, "Second author")
    shell(bob, "git push --quiet origin blog")
    new_post(ada, "Written meanwhile")
    commit(ada, "Meanwhile")
    shell(ada, "git pull --quiet --no-rebase origin blog && make publish")
    with at(ada, SERVER, port):
        titles = ["My first figure", "A second author", "Written meanwhile"]
        check(address, browser, titles)
