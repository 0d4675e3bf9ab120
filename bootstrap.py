"""Make this folder's `.venv` hold what a requirements file asks for. Standard library.

    python3 bootstrap.py requirements.txt            what publishing needs
    python3 bootstrap.py requirements-test.txt browser   what the tests need too

A stamp in `.venv` names the requirements that are installed, so the second call does
nothing. It is written last: an interrupted call is made good by the next one.
Written by hand because it runs before anything can be installed, on any Python 3.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
VENV = ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Trouble(Exception):
    """What is missing, and what a person can do about it."""


def main(arguments):
    try:
        check_python(sys.version_info)
        for argument in arguments:
            if argument == "browser":
                provide_browser()
            else:
                provide_packages(argument)
    except Trouble as trouble:
        print(f"bootstrap: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bootstrap: interrupted; the next run makes it good", file=sys.stderr)
        return 130
    return 0


def check_python(version):
    if tuple(version[:2]) < OLDEST:
        raise Trouble(
            f"this needs Python {dotted(OLDEST)} or newer, and python3 is "
            f"{dotted(version)}; name another one: make publish PYTHON=python3.12"
        )


def dotted(version):
    return ".".join(str(part) for part in version[:2])


def python_of(venv):
    folder = "Scripts" if os.name == "nt" else "bin"
    return os.path.join(venv, folder, "python")


def works(venv):
    """Whether the Python inside runs, and has pip; a copied or torn one does not."""
    try:
        command = [python_of(venv), "-c", "import pip, sys; print(sys.prefix)"]
        answer = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return False
    here = os.path.realpath(venv)
    return answer.returncode == 0 and os.path.realpath(answer.stdout.strip()) == here


def provide_packages(requirements):
    wanted = b""
    for name in (requirements, "pyproject.toml"):
        with open(name, "rb") as file:
            wanted += file.read()
    stamp = os.path.join(VENV, "installed")
    if satisfied(stamp, wanted) and os.path.exists(python_of(VENV)):
        return
    if not works(VENV):
        make_venv()
    print(f"installing {requirements} into {VENV} (once)", flush=True)
    pip = [python_of(VENV), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--require-hashes", "-r", requirements]
    if subprocess.run(pip).returncode:
        raise Trouble(
            f"pip could not install {requirements}. The first run needs a package "
            "index: a network, or PIP_FIND_LINKS naming a folder with the packages"
        )
    install_project()
    with open(stamp, "wb") as file:
        file.write(wanted)


def install_project():
    """The plugins and the command `live-stats`, editable: an edit needs no second run.

    What the build needs is among the requirements, so nothing else is fetched.
    """
    pip = [python_of(VENV), "-m", "pip", "install", "--quiet", "--no-deps"]
    pip += ["--disable-pip-version-check", "--no-build-isolation"]
    pip += ["--editable", "."]
    if subprocess.run(pip).returncode:
        raise Trouble(f"the plugins could not be installed into {VENV}; see above")


def satisfied(stamp, wanted):
    """Whether all that is wanted is among what is installed."""
    try:
        with open(stamp, "rb") as file:
            return without_markers(wanted) <= without_markers(file.read())
    except FileNotFoundError:
        return False


def without_markers(requirements):
    """The lines without conditions, which differ between locks of the same versions."""
    return {
        line.partition(b" ; ")[0].rstrip(b" \\") for line in requirements.splitlines()
    }


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = f"python{dotted(sys.version_info)}-venv"
        raise Trouble(
            "this Python cannot make a virtual environment; on Debian and Ubuntu: "
            f"apt install {package}"
        ) from None
    print(f"making {VENV} with Python {dotted(sys.version_info)}", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(f"{VENV} could not be made; see above")


def provide_browser():
    """A Chromium for the browser test: found, or installed."""
    if find_browser() or playwright_has_one():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("installing chromium with apt-get (once)", flush=True)
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)
    if not find_browser():
        print("fetching a browser for the tests (once)", flush=True)
        command = [python_of(VENV), "-m", "playwright", "install", "chromium"]
        subprocess.run(command)
    if not (find_browser() or playwright_has_one()):
        raise Trouble(
            "the browser test needs Chromium; on Debian and Ubuntu: "
            "sudo apt install chromium"
        )


def find_browser():
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def playwright_has_one():
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run(
        [python_of(VENV), "-c", code], capture_output=True, text=True
    )
    return os.path.exists(answer.stdout.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
