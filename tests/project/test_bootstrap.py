"""Set-up: says what is missing, does nothing twice, makes good what was interrupted."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The module, in an empty folder, with pip and venv replaced by a record."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("[project]\n")
    module.commands = []
    module.code = 0

    def run(command, **options):
        module.commands.append(" ".join(map(str, command)))
        if command[1:3] == ["-m", "venv"]:
            Path(".venv/bin").mkdir(parents=True)
            Path(".venv/bin/python").touch()
        prefix = str(tmp_path / ".venv") if Path(".venv/bin/python").exists() else ""
        return subprocess.CompletedProcess(command, module.code, stdout=prefix)

    monkeypatch.setattr(module.subprocess, "run", run)
    return module


def installs(bootstrap):
    return [command for command in bootstrap.commands if "--require-hashes" in command]


def test_an_old_python_is_told_so(bootstrap):
    """The message names both versions and the way out."""
    with pytest.raises(bootstrap.Trouble, match=r"3\.11 or newer.*3\.9.*PYTHON="):
        bootstrap.check_python((3, 9, 2))


def test_a_missing_venv_package_is_named(bootstrap, monkeypatch, capsys, tmp_path):
    """Debian splits the module off; the line to type is printed, nothing is left."""
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    Path("requirements.txt").write_text("a==1\n")

    code = bootstrap.main(["requirements.txt"])

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert code == 1
    assert f"apt install python{version}-venv" in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_the_second_run_does_nothing(bootstrap):
    """Once installed, no command is run."""
    Path("requirements.txt").write_text("a==1\n")
    assert bootstrap.main(["requirements.txt"]) == 0
    bootstrap.commands.clear()

    assert bootstrap.main(["requirements.txt"]) == 0
    assert bootstrap.commands == []


def test_changed_requirements_are_installed(bootstrap):
    """Another lock is another installation."""
    Path("requirements.txt").write_text("a==1\n")
    bootstrap.main(["requirements.txt"])
    Path("requirements.txt").write_text("a==2\n")

    bootstrap.main(["requirements.txt"])

    assert len(installs(bootstrap)) == 2


def test_the_plugins_are_installed_as_links(bootstrap):
    """An edit of a plugin needs no second run; a change of the project does."""
    Path("requirements.txt").write_text("a==1\n")
    bootstrap.main(["requirements.txt"])
    editable = [command for command in bootstrap.commands if "--editable ." in command]
    bootstrap.commands.clear()
    Path("pyproject.toml").write_text("[project]\nname = 'a'\n")

    bootstrap.main(["requirements.txt"])

    assert len(editable) == 1 and "--no-deps" in editable[0]
    assert any("--editable ." in command for command in bootstrap.commands)


def test_what_the_tests_need_serves_publishing_too(bootstrap):
    """Going back from `make test` to `make publish` installs nothing."""
    Path("requirements.txt").write_text("a==1\n")
    Path("requirements-test.txt").write_text("a==1\nb==1\n")
    bootstrap.main(["requirements-test.txt"])

    bootstrap.main(["requirements.txt"])

    assert len(installs(bootstrap)) == 1


def test_a_failed_installation_is_tried_again(bootstrap, capsys):
    """Without an index the way out is named, and nothing is taken for installed."""
    Path("requirements.txt").write_text("a==1\n")
    bootstrap.make_venv()
    bootstrap.code = 1

    bootstrap.works = lambda venv: True
    assert bootstrap.main(["requirements.txt"]) == 1
    assert "PIP_FIND_LINKS" in capsys.readouterr().err
    bootstrap.code = 0

    assert bootstrap.main(["requirements.txt"]) == 0
    assert len(installs(bootstrap)) == 2


def test_the_locks_fit_together(bootstrap):
    """All that the lock for publishing asks for is in the lock for the tests."""
    publish, test = (
        bootstrap.without_markers((ROOT / name).read_bytes())
        for name in ("requirements.txt", "requirements-test.txt")
    )

    assert publish <= test


def test_locks_name_no_host():
    """Anyone's index serves: no address stands in a lock."""
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (ROOT / name).read_text()
