"""Set-up: says what is missing, does nothing twice, makes good what was interrupted."""

import errno
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
SITE = Path(f".venv/lib/python{VERSION}/site-packages")
COMMAND = Path(".venv/bin/live-stats")


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The module, in an empty folder, with pip and venv replaced by a record.

    `commands` are those that were run, `code` is what pip ends with, and `said` what it
    says; `packages` is what it installs.
    """
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("[project]\n")
    Path("requirements.txt").write_text("a==1 \\\n")
    module.commands, module.code, module.said = [], 0, ""
    module.version, module.settings, module.has_browser = VERSION, "", False

    def run(command, environment=None):
        module.commands.append(" ".join(map(str, command)))
        answer = said(module, [str(part) for part in command])
        code = module.code if "install" in command else 0
        return subprocess.CompletedProcess(command, code, answer, module.said)

    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module, "find_browser", lambda: module.has_browser)
    return module


def said(module, command):
    """What a command prints, after it has done what it is there for."""
    if command[1:4] == ["-I", "-m", "venv"]:
        SITE.mkdir(parents=True)
        Path(".venv/bin").mkdir()
        Path(".venv/pyvenv.cfg").touch()
        Path(".venv/bin/python").symlink_to(sys.executable)
    elif command[0] == ".venv/bin/python" and not os.path.exists(command[0]):
        raise FileNotFoundError(errno.ENOENT, "No such file", command[0])
    elif "sysconfig" in command[-2]:
        return f"{module.version}\nTrue\n{module.version == VERSION}\n"
    elif command[-2:] == ["config", "list"]:
        return module.settings
    elif command[1:3] == ["-I", "-c"]:
        return "1"
    elif "--require-hashes" in command and not module.code:
        for name in Path(command[-1]).read_text().split("==1 \\\n")[:-1]:
            package(name)
    elif "--editable" in command and not module.code:
        COMMAND.write_text(f"#!{os.path.abspath('.venv/bin/python')}\n")
    return ""


def package(name):
    """Put a package into `.venv`, as pip does: nothing if it knows it already."""
    info = SITE / f"{name}-1.dist-info"
    if not info.exists():
        info.mkdir()
        (SITE / name).mkdir(exist_ok=True)
        (SITE / name / "__init__.py").touch()
        (info / "RECORD").write_text(f"{name}/__init__.py,,\n{info.name}/RECORD,,\n")


def installs(bootstrap):
    return [command for command in bootstrap.commands if "--require-hashes" in command]


def made(bootstrap):
    return [command for command in bootstrap.commands if "-m venv" in command]


@pytest.fixture
def installed(bootstrap):
    """The module after a first run, with no command on its record."""
    assert bootstrap.main(["requirements.txt"]) == 0
    bootstrap.commands.clear()
    return bootstrap


# --- what is there, and what is missing -----------------------------------------------


def test_an_old_python_is_told_so(bootstrap, monkeypatch):
    """The message names both versions, and a newer one that runs."""
    with pytest.raises(bootstrap.Trouble, match=r"3\.11 or newer.*3\.9.*PYTHON=pyth"):
        bootstrap.check_python((3, 9, 2))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    with pytest.raises(bootstrap.Trouble, match=r"install one"):
        bootstrap.check_python((3, 9, 2))


def test_windows_is_told_where_it_runs(bootstrap):
    """Before anything is made."""
    with pytest.raises(bootstrap.Trouble, match="WSL"):
        bootstrap.check_system("nt")


def test_a_locale_that_cannot_read_the_path_is_named(bootstrap):
    """Python would end in a fatal error, at every start."""
    with pytest.raises(bootstrap.Trouble, match=r"unset LC_ALL"):
        bootstrap.check_letters("/srv/Bücher", "C")
    bootstrap.check_letters("/srv/Bücher", "C.UTF-8")
    bootstrap.check_letters("/srv/books", "C")


def test_a_missing_venv_package_is_named(bootstrap, monkeypatch, capsys, tmp_path):
    """Debian splits the module off; the line to type is printed, nothing is left."""
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    code = bootstrap.main(["requirements.txt"])

    assert code == 1
    assert f"apt install python{VERSION}-venv" in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_the_second_run_does_nothing(installed):
    """Once installed, no command is run."""
    assert installed.main(["requirements.txt"]) == 0
    assert installed.commands == []


def test_changed_requirements_are_installed(installed):
    """Another lock is another installation."""
    Path("requirements.txt").write_text("a==2 \\\n")

    installed.main(["requirements.txt"])

    assert len(installs(installed)) == 1 and not made(installed)


def test_the_plugins_are_installed_as_links(bootstrap):
    """An edit of a plugin needs no second run; a change of the project does."""
    bootstrap.main(["requirements.txt"])
    editable = [command for command in bootstrap.commands if "--editable ." in command]
    bootstrap.commands.clear()
    Path("pyproject.toml").write_text("[project]\nname = 'a'\n")

    bootstrap.main(["requirements.txt"])

    assert len(editable) == 1 and "--no-deps" in editable[0]
    assert any("--editable ." in command for command in bootstrap.commands)


def test_what_the_tests_need_serves_publishing_too(bootstrap):
    """Going back from `make test` to `make publish` installs nothing."""
    Path("requirements-test.txt").write_text("a==1 \\\nb==1 \\\n")
    bootstrap.main(["requirements-test.txt"])

    bootstrap.main(["requirements.txt"])

    assert len(installs(bootstrap)) == 1


def test_outside_of_the_site_the_place_is_named(bootstrap, capsys):
    """A folder without requirements is a wrong folder."""
    Path("requirements.txt").unlink()

    assert bootstrap.main(["requirements.txt"]) == 1
    assert "requirements.txt: No such file" in capsys.readouterr().err


# --- what happens to `.venv` ----------------------------------------------------------


def test_a_python_that_is_gone_is_replaced(installed, capsys):
    """Upgraded or removed below `.venv`, its link leads nowhere."""
    Path(".venv/bin/python").unlink()
    Path(".venv/bin/python").symlink_to("/no/such/python")

    assert installed.main(["requirements.txt"]) == 0
    assert made(installed) and installs(installed)
    assert "its Python does not run" in capsys.readouterr().out


def test_a_python_that_is_another_version_is_replaced(installed, capsys, tmp_path):
    """It would look for the packages in a folder that is not there."""
    other = tmp_path / "python"
    other.touch()
    Path(".venv/bin/python").unlink()
    Path(".venv/bin/python").symlink_to(other)
    installed.version = "3.99"

    installed.main(["requirements.txt"])

    assert made(installed) and "its Python has become 3.99" in capsys.readouterr().out


def test_a_python_of_the_same_version_may_be_upgraded(installed, tmp_path):
    """It is looked at once, and nothing is installed."""
    other = tmp_path / "python"
    other.touch()
    Path(".venv/bin/python").unlink()
    Path(".venv/bin/python").symlink_to(other)

    installed.main(["requirements.txt"])
    looked = list(installed.commands)
    installed.main(["requirements.txt"])

    assert looked and installed.commands == looked
    assert not made(installed) and not installs(installed)


def test_a_copied_folder_gets_its_own(installed, monkeypatch, tmp_path, capsys):
    """The command in the copy would run the plugins of the original."""
    shutil.copytree(".", "copy", symlinks=True, ignore=lambda *_: ["copy"])
    monkeypatch.chdir(tmp_path / "copy")

    installed.main(["requirements.txt"])

    assert made(installed) and "made in another folder" in capsys.readouterr().out
    assert str(tmp_path / "copy/.venv") in COMMAND.read_text()


@pytest.mark.parametrize("lost", ["a/__init__.py", "a", "a-1.dist-info"])
def test_a_package_that_is_gone_comes_back(installed, lost, capsys):
    """Deleted as a file, as a folder, or as pip uninstalls it; and only once."""
    path = SITE / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert installed.main(["requirements.txt"]) == 0

    assert (SITE / "a/__init__.py").exists() and (SITE / "a-1.dist-info").exists()
    assert "a-1 into .venv again" in capsys.readouterr().out and not made(installed)
    installed.commands.clear()
    assert installed.main(["requirements.txt"]) == 0 and installed.commands == []


def test_a_package_that_is_gone_is_missed_until_it_is_back(installed):
    """A failure between does not make it look installed."""
    shutil.rmtree(SITE / "a")
    installed.code = 1
    assert installed.main(["requirements.txt"]) == 1
    assert installed.main(["requirements.txt"]) == 1
    installed.code = 0

    assert installed.main(["requirements.txt"]) == 0
    assert (SITE / "a/__init__.py").exists()


def test_a_command_that_is_gone_comes_back(installed):
    """`make` runs `.venv/bin/live-stats`."""
    COMMAND.unlink()

    installed.main(["requirements.txt"])

    assert COMMAND.exists() and not made(installed)


def test_what_somebody_added_is_left_alone(installed):
    """It stays, may go again, and makes no work."""
    package("mine")
    installed.main(["requirements.txt"])
    shutil.rmtree(SITE / "mine")

    installed.main(["requirements.txt"])

    assert not installs(installed) and (SITE / "mine-1.dist-info").exists()


def test_an_interrupted_installation_is_made_anew(bootstrap, monkeypatch, capsys):
    """Pip would take half a package for a whole one."""
    run = bootstrap.run

    def interrupted(command, environment=None):
        if "--require-hashes" in command:
            (SITE / "a-1.dist-info").mkdir()
            raise KeyboardInterrupt
        return run(command, environment)

    monkeypatch.setattr(bootstrap, "run", interrupted)
    assert bootstrap.main(["requirements.txt"]) == 130
    monkeypatch.setattr(bootstrap, "run", run)
    bootstrap.commands.clear()

    assert bootstrap.main(["requirements.txt"]) == 0
    assert made(bootstrap) and "was interrupted" in capsys.readouterr().out
    assert (SITE / "a/__init__.py").exists()
    bootstrap.commands.clear()
    assert bootstrap.main(["requirements.txt"]) == 0 and bootstrap.commands == []


def test_a_failure_without_a_trace_changes_nothing(installed):
    """Without a network the packages of the commit before serve that commit again."""
    before = Path("requirements.txt").read_text()
    Path("requirements.txt").write_text("a==2 \\\n")
    installed.code = 1
    assert installed.main(["requirements.txt"]) == 1
    Path("requirements.txt").write_text(before)
    installed.commands.clear()

    assert installed.main(["requirements.txt"]) == 0 and installed.commands == []


def test_what_is_no_environment_is_left_alone(bootstrap, capsys):
    """A file, a link into nowhere, a folder of something else: one line, one mend."""
    for make, words in (
        (lambda: Path(".venv").touch(), "is a file, and has to be a folder: rm .venv"),
        (lambda: Path(".venv").symlink_to("none"), "is a link to none, which does not"),
        (lambda: Path(".venv/notes").mkdir(parents=True), "holds something else"),
    ):
        make()
        assert bootstrap.main(["requirements.txt"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert words in line
        shutil.rmtree(".venv") if Path(".venv/notes").exists() else os.unlink(".venv")
    assert bootstrap.commands == []


def test_a_repository_without_its_links_is_told_so(bootstrap, capsys):
    """Unpacked where links become files, Python would not find the plugins."""
    Path("src/pelican").mkdir(parents=True)
    Path("src/pelican/plugins").write_text("../../plugins")

    assert bootstrap.main(["requirements.txt"]) == 1
    assert "src/pelican/plugins is no link" in capsys.readouterr().err


def test_a_link_to_a_larger_disk_stays_one(installed, tmp_path):
    """What it leads to is emptied and filled, the link is kept."""
    (tmp_path / ".venv").rename(tmp_path / "large")
    Path(".venv").symlink_to("large")
    Path(".venv/bin/python").unlink()

    assert installed.main(["requirements.txt"]) == 0
    assert made(installed) and Path(".venv").is_symlink()


def test_a_colon_in_the_path_is_named(bootstrap, monkeypatch, tmp_path, capsys):
    """Python refuses to make an environment there."""
    folder = tmp_path / "a:b"
    folder.mkdir()
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(name, folder)
    monkeypatch.chdir(folder)

    assert bootstrap.main(["requirements.txt"]) == 1
    assert "there is a ':' in the path" in capsys.readouterr().err


def test_two_runs_install_one_after_the_other(bootstrap, capsys):
    """The second waits, and finds all done."""
    folder = os.open(".", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    second = threading.Thread(target=bootstrap.main, args=(["requirements.txt"],))
    second.start()
    said = ""
    while "waiting for another run" not in said:
        said += capsys.readouterr().out
    assert bootstrap.commands == []
    os.close(folder)
    second.join()

    assert len(installs(bootstrap)) == 1


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_errors_of_the_system_are_one_line(bootstrap, monkeypatch, capsys, number):
    """With the path and what to do."""

    def fail(*_):
        raise OSError(number, os.strerror(number), ".venv/installing")

    monkeypatch.setattr(bootstrap, "write", fail)

    assert bootstrap.main(["requirements.txt"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"bootstrap: .venv/installing: {os.strerror(number)}; ")


# --- what pip says, and what it is told -----------------------------------------------


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full; make room"),
        ("[Errno 13] Permission denied: '/x/y'\nMore", "denied: '/x/y'; the folder"),
        ("TLS CA certificate bundle, invalid path: /x.pem", "/x.pem does not exist"),
        ("InvalidSchema: Missing dependencies for SOCKS support.", "SOCKS"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("WARNING: Retrying … NewConnectionError(…)", "PIP_FIND_LINKS"),
        (
            "WARNING: NameResolutionError\nERROR: No matching distribution found for a",
            "cannot be reached",
        ),
        ("ERROR: No matching distribution found for pagefind-bin==1.5", "has no page"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …\n    a==1 from x:",
            "a==1 is not the file that the lock names",
        ),
        ("ERROR: Failed building wheel for lxml", "lxml could not be built"),
    ],
)
def test_what_pip_says_becomes_one_line(bootstrap, capsys, said, words):
    """With the mend; the next run tries again."""
    bootstrap.make_venv("")
    bootstrap.code, bootstrap.said = 1, said

    assert bootstrap.main(["requirements.txt"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    bootstrap.code, bootstrap.said = 0, ""
    assert bootstrap.main(["requirements.txt"]) == 0


def test_what_pip_says_otherwise_is_shown(bootstrap, capsys):
    """Nothing is hidden, and the usual way out is named."""
    bootstrap.code, bootstrap.said = 1, "ERROR: something new"
    bootstrap.make_venv("")

    assert bootstrap.main(["requirements.txt"]) == 1
    said = capsys.readouterr().err
    assert "something new" in said and "PIP_FIND_LINKS" in said


def test_pip_keeps_its_index_and_nothing_that_leads_elsewhere(
    bootstrap, monkeypatch, tmp_path
):
    """What the real pip reads: from its file and from the environment."""
    config = tmp_path / "pip.conf"
    config.write_text(
        "[global]\nindex-url = https://a.example/simple\nuser = true\ntimeout = 7\n"
        "[install]\nprefix = /elsewhere\nfind-links =\n    /one\n    /two\n"
    )
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    for name in ("TARGET", "ROOT", "PYTHON", "CONSTRAINT", "DRY_RUN", "USER"):
        monkeypatch.setenv(f"PIP_{name}", "/elsewhere")
    monkeypatch.setenv("PIP_TIMEOUT", "8")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.setattr(bootstrap, "python_of", lambda venv: sys.executable)

    def run(command, environment):
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    monkeypatch.setattr(bootstrap, "run", run)
    found = bootstrap.pip_environment()

    assert "/elsewhere" not in found.values() and "PIP_USER" not in found
    assert found["PIP_INDEX_URL"] == "https://a.example/simple"
    assert found["PIP_FIND_LINKS"].split() == ["/one", "/two"]
    assert found["PIP_TIMEOUT"] == "8"
    assert found["PIP_CONFIG_FILE"] == os.devnull


def test_packages_that_went_elsewhere_are_missed(bootstrap, monkeypatch, capsys):
    """Whatever told pip so: nothing is taken for installed."""
    monkeypatch.setattr(bootstrap, "own_command", lambda: False)

    assert bootstrap.main(["requirements.txt"]) == 1
    assert "pip config list" in capsys.readouterr().err
    assert not Path(".venv/installed").exists()


def test_a_failed_installation_is_tried_again(bootstrap, capsys):
    """Without an index the way out is named, and nothing is taken for installed."""
    bootstrap.make_venv("")
    bootstrap.code = 1

    assert bootstrap.main(["requirements.txt"]) == 1
    assert "PIP_FIND_LINKS" in capsys.readouterr().err
    bootstrap.code = 0

    assert bootstrap.main(["requirements.txt"]) == 0
    assert len(installs(bootstrap)) == 2


# --- commands and browsers ------------------------------------------------------------


def test_commands_run_with_the_packages_of_the_folder_alone(tmp_path):
    """`make` hands on nothing that leads Python elsewhere; keys it does hand on."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bootstrap.py").write_text("")
    command = tmp_path / COMMAND
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\nenv\n")
    command.chmod(0o755)
    (tmp_path / "pelican.py").write_text("raise SystemExit('of somebody else')")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "A_KEY": "b"}

    done = subprocess.run(
        ["make", "-s", "stats", f"PYTHON={sys.executable}"],
        cwd=tmp_path,
        env={**env, "PYTHONHOME": "/no/such", "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "PYTHON" not in done.stdout.replace("PYTHON=", "")
    assert "A_KEY=b" in done.stdout


def test_make_names_a_python_that_is_not_there(tmp_path):
    """One line, with the way to name another."""
    shutil.copy(ROOT / "Makefile", tmp_path)

    done = subprocess.run(
        ["make", "-s", "publish", "PYTHON=python3.99"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.returncode and "there is no python3.99; install Python" in done.stderr


@pytest.fixture
def root_with_apt(bootstrap, monkeypatch):
    """The module where root works, without a browser, and none can be fetched."""
    bootstrap.make_venv("")
    bootstrap.commands.clear()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "playwright_has_one", lambda: False)
    return bootstrap


def test_no_package_manager_runs_unasked(root_with_apt, capsys):
    """Not even for root: the lines to type are printed, and the tests do not begin."""
    assert root_with_apt.main(["browser"]) == 1

    assert not [one for one in root_with_apt.commands if "apt-get" in one]
    assert any("playwright install" in one for one in root_with_apt.commands)
    said = capsys.readouterr().err
    assert "apt-get install chromium" in said and "playwright install chromium" in said


def test_a_package_manager_runs_where_it_was_asked_for(root_with_apt, monkeypatch):
    """CI asks, in a line of its own, before the tests."""
    run = root_with_apt.run

    def apt(command, environment=None):
        root_with_apt.has_browser |= command[:2] == ["apt-get", "install"]
        return run(command, environment)

    monkeypatch.setattr(root_with_apt, "run", apt)
    assert root_with_apt.main(["system-browser"]) == 0

    assert [one.split()[1] for one in root_with_apt.commands] == ["update", "install"]
    ci, makefile = (ROOT / ".ci/run").read_text(), (ROOT / "Makefile").read_text()
    assert ci.index("system-browser") < ci.index("make test 2>")
    assert "system-browser" not in makefile


def test_a_browser_that_is_there_serves(bootstrap):
    """Nothing is run for it."""
    bootstrap.has_browser = True

    assert bootstrap.main(["browser"]) == 0 and bootstrap.commands == []


# --- the locks ------------------------------------------------------------------------


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
