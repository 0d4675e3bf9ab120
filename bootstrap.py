"""Make this folder's `.venv` hold what a requirements file asks for. Standard library.

    python3 -I bootstrap.py requirements.txt              what publishing needs
    python3 -I bootstrap.py requirements-test.txt browser     what the tests need too
    python3 -I bootstrap.py requirements-test.txt system-browser    the same in CI

`browser` looks for a Chromium and fetches Playwright's if there is none. Only
`system-browser` runs the system's package manager.

Two files in `.venv` tell the next call that there is nothing to do: `installed` has the
requirements, `seen` what the folder looked like then. They are written last. A third,
`installing`, lies there from before the first package until then: what was interrupted
is made anew.

Written by hand because it runs before anything can be installed, on any Python 3. It
runs at every `make`, so what only an installation needs is imported there.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)
VENV = ".venv"
INFO = ".dist-info"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Of pip's settings, in its files and in the environment: where packages come from, and
# how they are fetched. All others (user, target, prefix, root, python, dry-run, …)
# would put them elsewhere or nowhere; a constraint can only contradict the lock.
PIP_SETTINGS = """
    index-url extra-index-url pypi-url no-index find-links trusted-host cert client-cert
    proxy timeout default-timeout retries cache-dir no-cache-dir keyring-provider
    only-binary no-binary prefer-binary use-feature use-deprecated
""".split()

# What pip says, and what it means to a person.
PIP_TROUBLES = (
    (
        r"No space left on device|Disk quota exceeded",
        "the disk is full; make room, also where temporary files go (TMPDIR), and run "
        "it again",
    ),
    (
        r"((?:Permission denied|Read-only file system)[^\n]*)",
        "pip cannot write: {0}; the folder of the site must belong to you, and be "
        "writable",
    ),
    (
        r"CA certificate bundle, invalid path: ([^\n]*)",
        "the file of certificates {0} does not exist; correct PIP_CERT, "
        "REQUESTS_CA_BUNDLE or pip's setting `cert`",
    ),
    (
        r"Missing dependencies for SOCKS support",
        "pip cannot use a SOCKS proxy; name an http proxy in HTTPS_PROXY, and unset "
        "ALL_PROXY",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "the certificate of the package index is not trusted; name the file of your "
        "network's certificates in PIP_CERT",
    ),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout"
        r"|ProxyError|ConnectionResetError|RemoteDisconnected|timed out",
        "the package index cannot be reached; the first run needs a network, or "
        "PIP_FIND_LINKS naming a folder with the packages",
    ),
    (
        r"No matching distribution found for ([^\s;]+)",
        "the package index, or the folder of PIP_FIND_LINKS, has no {0} that is ready "
        "to run on {machine}; PIP_ONLY_BINARY=:none: in the environment builds it from "
        "source, which needs a compiler",
    ),
    (
        r"DO NOT MATCH THE HASHES[\s\S]*?([\w.-]+==[^\s;]+)",
        "{0} is not the file that the lock names; if `.venv/bin/python -m pip cache "
        "purge` and another run do not help, the package index is not to be trusted",
    ),
    (
        r"(?:Failed to build|Failed building wheel for|Could not build wheels for)"
        r" '?([\w.-]+)",
        "{0} could not be built from source on {machine}; install a compiler and its "
        "headers, or use a machine that it is ready for, such as Debian",
    ),
)


class Trouble(Exception):
    """What is missing, and what a person can do about it."""


def main(arguments):
    try:
        check_system(os.name)
        check_python(sys.version_info)
        check_letters(os.getcwd(), os.environ.get("LC_ALL"))
        for argument in arguments:
            if argument in ("browser", "system-browser"):
                provide_browser(by_system=argument == "system-browser")
            else:
                provide_packages(argument)
    except Trouble as trouble:
        print(f"bootstrap: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"bootstrap: {in_words(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bootstrap: interrupted; the next run makes it good", file=sys.stderr)
        return 130
    return 0


def check_system(name):
    if name == "nt":
        raise Trouble(
            "this does not run on Windows itself; install WSL (wsl --install), and run "
            "make there"
        )


def check_python(version):
    if tuple(version[:2]) < OLDEST:
        newer = newer_python()
        way = f"make publish PYTHON={newer or 'python3.12'}"
        if not newer:
            way = f"install one, and name it if it is not python3: {way}"
        raise Trouble(
            f"this needs Python {dotted(OLDEST)} or newer, and this is "
            f"{dotted(version)}: {way}"
        )


def check_letters(folder, locale):
    """Python 3.11 does not even start there, for it reads the path of the plugins."""
    if locale in ("C", "POSIX") and not folder.isascii():
        raise Trouble(
            f"LC_ALL={locale} knows only the letters of ASCII, and the path of this "
            "folder has others; unset LC_ALL, or set it to C.UTF-8"
        )


def newer_python():
    """The name of a Python that is new enough and runs, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        if output_of([name, "-I", "-c", "print(1)"]) == "1":
            return name
    return None


def dotted(version):
    return ".".join(str(part) for part in version[:2])


def in_words(error):
    """An error of the operating system, with the mend."""
    import errno

    mends = {
        errno.ENOENT: "run it in the folder of the site",
        errno.ENOSPC: "make room on the disk, and run it again",
        errno.EDQUOT: "make room on the disk, and run it again",
        errno.EROFS: "run it where the folder of the site can be written",
        errno.EACCES: "the folder of the site, with .venv, must belong to you",
        errno.EPERM: "the folder of the site, with .venv, must belong to you",
    }
    mend = mends.get(error.errno, "move .venv away, and run it again")
    return f"{error.filename or VENV}: {error.strerror}; {mend}"


def python_of(venv):
    return os.path.join(venv, "bin", "python")


def inside(name):
    return os.path.join(VENV, name)


# --- is there anything to do? ---------------------------------------------------------


def provide_packages(requirements):
    wanted = b""
    for name in (requirements, "pyproject.toml"):
        with open(name, "rb") as file:
            wanted += file.read()
    if satisfied(wanted) and as_seen():
        return
    with one_at_a_time():
        if satisfied(wanted) and as_seen():
            return  # another `make` has done it meanwhile
        provide_venv()
        gone = broken_packages(wanted)
        if satisfied(wanted) and not gone and own_command():
            remember_sight()
        else:
            install(requirements, wanted, gone)


def satisfied(wanted):
    """Whether all that is wanted is among what is installed."""
    if os.path.lexists(inside("installing")):
        return False
    try:
        with open(inside("installed"), "rb") as file:
            installed = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return wanted == installed or without_markers(wanted) <= without_markers(installed)


def without_markers(requirements):
    """The lines without conditions, which differ between locks of the same versions."""
    return {
        line.partition(b" ; ")[0].rstrip(b" \\") for line in requirements.splitlines()
    }


def as_seen():
    """Whether Python and the folders of the packages are as after the installation.

    Cheap, because it is asked at every `make`. A file that is removed, added or renamed
    changes the time of its folder.
    """
    try:
        with open(inside("seen"), encoding="utf-8", errors="surrogateescape") as file:
            python, *folders = file.read().split("\n")
        return (
            python == identity()
            and own_command()
            and all(line == time_and_path(line.partition(" ")[2]) for line in folders)
        )
    except (OSError, ValueError):
        return False


def identity():
    """Which Python runs in `.venv`: another one, or an upgraded one, differs."""
    path = os.path.realpath(python_of(VENV))
    known = os.stat(path)
    return repr((path, known.st_size, known.st_mtime_ns))


def own_command():
    """Whether the command `live-stats` runs the Python of this very folder.

    It names it by its absolute path: one that was copied or moved here runs another.
    """
    try:
        with open(inside("bin/live-stats"), "rb") as file:
            return os.fsencode(os.path.abspath(python_of(VENV))) in file.read()
    except OSError:
        return False


def time_and_path(path):
    return f"{os.stat(path).st_mtime_ns} {path}"


def sight():
    """The lines of the file `seen`: Python, then the folders of all packages."""
    folders = []
    for site in site_folders():
        for path, names, _ in os.walk(site):
            names[:] = sorted(name for name in names if name != "__pycache__")
            folders.append(time_and_path(path))
    return [identity(), *folders]


def site_folders():
    """The folders `site-packages` of `.venv`; usually one."""
    import glob

    return sorted(glob.glob(inside("lib/python3*/site-packages")))


def remember_sight():
    try:
        write(inside("seen"), "\n".join(sight()).encode("utf-8", "surrogateescape"))
    except OSError:
        pass  # where nothing can be written, the next run looks again


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


class one_at_a_time:
    """Wait until no other `make` installs here. The lock is on the folder."""

    def __enter__(self):
        import fcntl

        self.folder = os.open(".", os.O_RDONLY)
        try:
            try:
                fcntl.flock(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print(f"waiting for another run that fills {VENV}", flush=True)
                fcntl.flock(self.folder, fcntl.LOCK_EX)
        except OSError:
            pass  # some network folders have no locks

    def __exit__(self, *_):
        os.close(self.folder)


# --- the environment ------------------------------------------------------------------


def provide_venv():
    """A `.venv` whose Python runs, with pip; what is no environment is left alone."""
    check_place()
    reason = why_anew()
    if reason is None and not has_pip():
        run([python_of(VENV), "-I", "-m", "ensurepip", "--default-pip"])
        reason = None if has_pip() else "it has no pip"
    if reason is not None:
        make_venv(reason)


def check_place():
    if os.path.islink(VENV) and not os.path.exists(VENV):
        raise Trouble(
            f"{VENV} is a link to {os.readlink(VENV)}, which does not exist; make that "
            f"folder, or remove the link: rm {VENV}"
        )
    if os.path.exists(VENV) and not os.path.isdir(VENV):
        raise Trouble(f"{VENV} is a file, and has to be a folder: rm {VENV}")
    if not os.path.isdir("src/pelican/plugins") and os.path.lexists("src/pelican"):
        raise Trouble(
            "src/pelican/plugins is no link to plugins/; clone the repository with "
            "git, or unpack it with a program and on a disk that keep links"
        )


def why_anew():
    """Why `.venv` has to be made anew; "" if there is none; None if it serves."""
    found = os.listdir(VENV) if os.path.isdir(VENV) else []
    if not found:
        return ""
    if "installing" in found:
        return "the last installation was interrupted"
    if "pyvenv.cfg" not in found and not {"installed", "lib"} & set(found):
        raise Trouble(
            f"{VENV} holds something else than a Python environment; move it away"
        )
    # It compares the paths itself: not every letter of them can be printed everywhere.
    code = (
        "import os, sys, sysconfig; print('%d.%d' % sys.version_info[:2])\n"
        "print(os.path.samefile(sys.prefix, sys.argv[1]))\n"
        "print(os.path.isdir(sysconfig.get_path('purelib')))"
    )
    answer = output_of([python_of(VENV), "-I", "-c", code, VENV]).split()
    if answer[1:2] != ["True"]:
        return "its Python does not run"
    version, _, has_folder = answer
    if has_folder != "True":
        return f"its Python has become {version}"
    if tuple(map(int, version.split("."))) < OLDEST:
        return f"its Python is {version}"
    if os.path.exists(inside("bin/live-stats")) and not own_command():
        return "it was made in another folder"
    return None


def has_pip():
    code = "import pip; print(1)"
    return output_of([python_of(VENV), "-I", "-c", code]) == "1"


def make_venv(reason):
    """Make `.venv`, empty, with the Python that runs this."""
    here = os.path.abspath(VENV)
    if os.pathsep in here:
        raise Trouble(
            f"Python can make no environment in {here}: there is a '{os.pathsep}' in "
            "the path; move the folder of the site"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = f"python{dotted(sys.version_info)}-venv"
        raise Trouble(
            "this Python cannot make a virtual environment; on Debian and Ubuntu: "
            f"apt install {package}"
        ) from None
    again = f" anew ({reason})" if reason else ""
    print(f"making {VENV}{again} with Python {dotted(sys.version_info)}", flush=True)
    # Not `sys.executable`, which may lie in the folder that is emptied.
    python = getattr(sys, "_base_executable", None) or sys.executable
    empty(VENV)
    os.makedirs(VENV, exist_ok=True)
    write(inside("installing"), b"")
    done = run([python, "-I", "-m", "venv", VENV])
    if done.returncode:
        fail(done.stdout + done.stderr, f"{VENV} could not be made")


def empty(folder):
    """Remove all that is in a folder; the folder may be a link to a larger disk."""
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            remove_folder(path)
        else:
            os.unlink(path)


def remove_folder(path):
    """Remove a folder; an error names its path, not only a name inside."""
    import shutil

    try:
        shutil.rmtree(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


# --- the packages ---------------------------------------------------------------------


def broken_packages(wanted):
    """The wanted packages that are gone, or of which a file is.

    Pip would take the latter for installed. What it knows of them is removed, so that
    it installs them again.
    """
    gone = set()
    for site in site_folders():
        known = {name for name in os.listdir(site) if name.endswith(INFO)}
        torn = {name for name in known if is_wanted(name, wanted)}
        torn = {name for name in torn if not whole(site, name)}
        for name in torn:
            remove_folder(os.path.join(site, name))
        lost = seen_packages(site) - known
        gone |= torn | {name for name in lost if is_wanted(name, wanted)}
    return sorted(name[: -len(INFO)] for name in gone)


def is_wanted(info, wanted):
    """Whether the requirements name the package of a folder such as `a_b-1.dist-info`.

    Pip itself, and what somebody has added by hand, is not ours to look after.
    """
    name, _, version = info[: -len(INFO)].partition("-")
    name = name.lower().replace("_", "-").replace(".", "-")
    lines = (f"{name}=={version} ", f'name = "{name}"')  # of a lock, of pyproject.toml
    return any(line.encode() in wanted for line in lines)


def whole(site, package):
    """Whether the files are there that a package has brought."""
    import csv

    try:
        with open(os.path.join(site, package, "RECORD"), encoding="utf-8") as file:
            names = [row[0] for row in csv.reader(file) if row]
    except (OSError, ValueError, csv.Error):
        return False
    return all(
        os.path.lexists(os.path.join(site, name))
        for name in names
        if not name.endswith(".pyc")
    )


def seen_packages(site):
    """The folders `….dist-info` that were in `site` after the installation."""
    try:
        with open(inside("seen"), encoding="utf-8", errors="surrogateescape") as file:
            paths = [line.partition(" ")[2].rstrip("\n") for line in file]
    except OSError:
        return set()
    folders = [os.path.split(path) for path in paths if path.endswith(INFO)]
    return {name for folder, name in folders if folder == site}


def install(requirements, wanted, gone):
    """Install, and note it last; a failure before anything changed leaves no trace."""
    what = f"{', '.join(gone[:3])} into {VENV} again" if gone else ""
    print(f"installing {what or f'{requirements} into {VENV} (once)'}", flush=True)
    before = sight()
    write(inside("installing"), b"")
    try:
        pip("--require-hashes", "-r", requirements)
        # The plugins and the command, editable: an edit needs no second run. What the
        # build needs is among the requirements, so nothing else is fetched.
        pip("--no-deps", "--no-build-isolation", "--editable", ".")
    except Trouble:
        if sight() == before:
            os.unlink(inside("installing"))
        raise
    if not own_command():
        raise Trouble(
            f"pip has put the packages somewhere else than into {VENV}; look for what "
            f"says so in its settings: {python_of(VENV)} -m pip config list"
        )
    write(inside("installed"), wanted)
    remember_sight()
    os.unlink(inside("installing"))


def pip(*arguments):
    command = [python_of(VENV), "-I", "-m", "pip", "install", "--quiet"]
    done = run([*command, "--disable-pip-version-check", *arguments], pip_environment())
    if done.returncode:
        fail(
            done.stdout + done.stderr,
            f"pip could not install {arguments[-1]}. The first run needs a package "
            "index: a network, or PIP_FIND_LINKS naming a folder with the packages",
        )


def fail(said, otherwise):
    """Raise a trouble: the one that is known by what was said, or all that was said."""
    import platform
    import re

    machine = f"{platform.system()} {platform.machine()}"
    if os.path.exists("/etc/alpine-release"):
        machine = f"Alpine {platform.machine()}"
    machine += f" with Python {dotted(sys.version_info)}"
    for pattern, words in PIP_TROUBLES:
        found = re.search(pattern, said)
        if found:
            raise Trouble(words.format(*found.groups(), machine=machine))
    print(said.strip(), file=sys.stderr)
    raise Trouble(otherwise)


def pip_environment():
    """The environment for pip, with those of its settings that do not lead elsewhere.

    They can stand in files, too, and pip has no way to take one of them back: so all
    are asked for, the harmless ones go into the environment, and no file is read.
    """
    import ast

    named = {f"PIP_{name.upper().replace('-', '_')}" for name in PIP_SETTINGS}
    theirs = {
        name: value
        for name, value in os.environ.items()
        if name in named or name == "PIP_CONFIG_FILE"
    }
    # `user = true` in a file would make `pip config` list the user's file alone.
    all_files = {"PIP_USER": "0", "PIP_GLOBAL": "0", "PIP_SITE": "0"}
    listing = [python_of(VENV), "-I", "-m", "pip", "config", "list"]
    listed = run(listing, clean(**theirs, **all_files))
    if listed.returncode:
        return clean(**theirs)  # pip will say what is wrong with its file
    # As pip would build from source for minutes, to fail in the end without a compiler.
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_ONLY_BINARY": ":all:"}
    for section in ("global.", "install.", ":env:."):
        for line in listed.stdout.splitlines():
            key, _, value = line.partition("=")
            name = f"PIP_{key[len(section) :].upper().replace('-', '_')}"
            if key.startswith(section) and name in named:
                settings[name] = str(ast.literal_eval(value))
    return clean(**settings)


def clean(**more):
    """The environment without what leads Python or pip to other packages."""
    strange = ("PYTHON", "PIP_", "VIRTUAL_ENV", "__PYVENV", "SETUPTOOLS_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(strange)
    }
    return {**kept, **more}


def run(command, environment=None):
    """The finished command, with what it said."""
    import subprocess

    # In words that Python 3.6 knows, which gets here to look for a newer one.
    return subprocess.run(  # noqa: UP022
        command,
        env=environment or clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,  # noqa: UP021
        errors="replace",
    )


def output_of(command):
    """What a command prints; nothing if it fails or cannot be run."""
    try:
        done = run(command)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


# --- the browser ----------------------------------------------------------------------


def provide_browser(by_system):
    """A Chromium for the tests in a browser: found, or fetched.

    The system's own package manager is run only where that was asked for, as CI does.
    """
    if find_browser() or playwright_has_one():
        return
    said = ""
    if by_system:
        said = install_by_system()
    if not find_browser():
        print("fetching a browser for the tests (once)", flush=True)
        done = run([python_of(VENV), "-I", "-m", "playwright", "install", "chromium"])
        errors = [line for line in done.stderr.splitlines() if "Error: " in line]
        said += "\n".join(errors[:1])
    if not (find_browser() or playwright_has_one()):
        if said.strip():
            print(said.strip(), file=sys.stderr)
        raise Trouble(
            "the tests need a browser, and Playwright's could not be fetched; install "
            f"Chromium (on Debian and Ubuntu: {apt_line()}), or, with a network: "
            f"{VENV}/bin/playwright install chromium"
        )


def apt_line():
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install chromium"


def install_by_system():
    """Install Chromium with apt-get, where there is one; what it said if it failed."""
    import shutil

    if not shutil.which("apt-get") or os.geteuid() != 0:
        return ""
    print("installing chromium with apt-get (once)", flush=True)
    said = ""
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        done = run(["apt-get", *arguments], quiet)
        said = done.stderr if done.returncode else said
    return said


def find_browser():
    import shutil

    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def playwright_has_one():
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: print(p.chromium.executable_path)"
    )
    return os.path.exists(output_of([python_of(VENV), "-I", "-c", code]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
