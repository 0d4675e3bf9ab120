"""What maintainers run: releases and distributions."""

import subprocess
import sys
import zipfile

import pytest

from support.paths import ROOT

CHANGES = "# Changelog\n\n## Unreleased\n\n- A change.\n\n## 0.1.0 (2026-01-01)\n"


def git(folder, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True
    ).stdout


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A repository with a version and a changelog."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    return tmp_path


def release(folder, *arguments):
    script = str(ROOT / "scripts/release.py")
    return subprocess.run(
        [sys.executable, script, *arguments], cwd=folder, capture_output=True, text=True
    )


def test_a_release_sets_the_version_dates_the_changes_and_tags(checkout):
    """The section of what comes next is there again, above the one that is dated."""
    done = release(checkout, "0.2.0")

    assert done.returncode == 0, done.stderr
    assert 'version = "0.2.0"' in (checkout / "pyproject.toml").read_text()
    changes = (checkout / "CHANGELOG.md").read_text()
    assert changes.index("## Unreleased") < changes.index("## 0.2.0 (20")
    assert changes.index("## 0.2.0 (20") < changes.index("- A change.")
    assert git(checkout, "tag").split() == ["v0.2.0"]
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "version, what",
    [
        ("0.1.0", "0.1.0 does not come after 0.1.0"),
        ("0.0.9", "does not come after"),
        ("new", "name the version"),
        ("", "name the version"),
    ],
)
def test_a_wrong_version_is_refused(checkout, version, what):
    """Nothing is changed, and the way out is named."""
    done = release(checkout, *version.split())

    assert done.returncode == 1 and what in done.stderr
    assert git(checkout, "status", "--porcelain") == git(checkout, "tag") == ""


def test_a_release_takes_nothing_along_that_is_not_committed(checkout):
    """A file that was forgotten is named."""
    (checkout / "forgotten.txt").write_text("")

    done = release(checkout, "0.2.0")

    assert done.returncode == 1 and "commit them first" in done.stderr


@pytest.mark.parametrize("name", ["incremental", "theme_support", "live_stats"])
def test_a_distribution_has_every_module_and_template(name, tmp_path):
    """What Pelican would import from a clone, it can import from the wheel."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    pip += ["--no-build-isolation", "--wheel-dir", str(tmp_path)]
    plugin = ROOT / "plugins" / name

    subprocess.run([*pip, str(plugin)], check=True, capture_output=True)

    (wheel,) = tmp_path.iterdir()
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"pelican/plugins/{name}/{path.relative_to(plugin).as_posix()}"
        for kind in ("*.py", "*.html", "*.po", "py.typed")
        for path in plugin.rglob(kind)
    }
    assert wanted <= packed
    assert not any("__pycache__" in one for one in packed)
    assert ("live_stats_command.py" in packed) == (name == "live_stats")
