"""Whatever fails at whatever moment: a line, whole files, and a next run like any."""

import builtins
import errno
import io
import os
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from faults.bench import SCENARIOS, WAYS
from pelican.plugins.incremental.system import process_pool
from pelican.plugins.live_stats.publishing.fill import Fill
from support.paths import ROOT

QUICK = [one for one in SCENARIOS if not (one.forks or one.copied)]


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(
    scenario=some.sampled_from(QUICK),
    way=some.sampled_from(WAYS),
    part=some.floats(0, 1, exclude_max=True),
)
def test_any_operation_may_fail(bench, scenario, way, part):
    """One line and no traceback, no file torn, no reading lost, nothing left over; and
    the next run ends with the bytes of an undisturbed one. `make faults` tries all."""
    points = bench.points(scenario, way)

    assert not bench.try_point(scenario, points[int(part * len(points))], way)


@pytest.mark.parametrize(
    ("kind", "most"), [(resource.RLIMIT_FSIZE, 9_000), (resource.RLIMIT_NOFILE, 12)]
)
def test_what_the_system_does_not_allow(bench, kind, most):
    """The same below Python, as for SQLite."""
    assert not bench.try_limit(QUICK[0], kind, most)


def test_two_at_once(bench):
    """The second is told so, or waits for its turn; both leave the site whole."""
    assert not bench.try_two(QUICK[0], ("refresh",))


def test_a_file_that_cannot_be_copied_stops_the_publish(bench):
    """Pelican only warns of it, and the site would be without that file."""

    def broken(source, target):
        raise OSError(errno.EIO, os.strerror(errno.EIO), target)

    def break_copies():
        shutil.copyfile = broken

    bench.new_site()
    ran = bench.command("publish", "--offline", before=break_copies)

    assert ran.code == 1
    assert "style.css: the disk has an error; check the disk" in ran.said
    assert not (bench.site / "output").exists()


def broken_build():
    from pelican.plugins.live_stats.pelican_plugin import build

    build.run = None


def broken_reader():
    from pelican.plugins.live_stats.pelican_plugin import reader

    reader.blocks = None  # Pelican only logs what readers raise


@pytest.mark.parametrize("broken", [broken_build, broken_reader])
@pytest.mark.parametrize("command", ["publish", "check"])
def test_a_bug_of_ours_is_raised_with_where_to_report_it(bench, broken, command):
    """It is no mistake of whoever runs the command."""
    bench.new_site()
    ran = bench.command(command, before=broken)

    assert ran.code == 70, ran.said
    assert "Traceback" in ran.said and "nothing was published" not in ran.said
    last = ran.said.splitlines()[-1]
    assert last.startswith("This is a bug of ours") and str(bench.site) not in last


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)])
def test_closed_streams_end_no_run(bench, closed):
    """And nothing is printed into a file that got their number."""
    bench.new_site()

    def close():
        for number in closed:
            os.close(number)
        for name in ("stdin", "stdout", "stderr")[closed[0] : closed[-1] + 1]:
            setattr(sys, name, None)  # as Python has it then

    assert bench.command("publish", "--offline", before=close).code == 0


def test_a_reader_who_has_gone_ends_no_publish(bench):
    """`make publish | head -1` publishes the site."""
    bench.new_site()

    def deafen():
        here, there = os.pipe()
        os.dup2(there, 1)
        os.close(here)
        os.close(there)

    assert bench.command("publish", "--offline", before=deafen).code == 0
    assert (bench.site / "output/index.html").is_file()


def hide(hidden):
    """Have the system not let us see what lies in a folder, even for root."""

    def checked(usual):
        def look(path="."):
            if os.path.abspath(os.fsdecode(path)) == os.path.abspath(hidden):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return usual(path)

        return look

    os.listdir, os.scandir = checked(os.listdir), checked(os.scandir)


JOURNAL_HIDDEN = (
    "this folder cannot be read (Permission denied); give yourself access: "
    "chmod u+rX content/data/journal\n1 mistake: nothing was published.\n"
)
THEME_HIDDEN = (
    "permission denied; let the user who runs this read and write there, "
    "then run it again\n"
)


@pytest.mark.parametrize(
    ("hidden", "what"),
    [("content/data/journal", JOURNAL_HIDDEN), ("theme/css", THEME_HIDDEN)],
)
def test_a_folder_that_must_not_be_read(bench, hidden, what):
    """It is not taken for empty: money would be spent twice, templates be missing."""
    bench.new_site()
    (bench.site / hidden).mkdir(parents=True, exist_ok=True)
    ran = bench.command("publish", "--offline", before=lambda: hide(hidden))

    assert (ran.code, ran.said) == (1, f"{hidden}: {what}")


def test_a_post_that_must_not_be_read_is_said_once(bench):
    """Pelican logs it, and later it ends the build."""
    bench.new_site()

    def shut():
        usual = io.open

        def opened(file, *arguments, **options):
            if str(file).endswith("content/posts/a.md"):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
            return usual(file, *arguments, **options)

        io.open = builtins.open = opened

    ran = bench.command("publish", "--offline", before=shut)

    assert ran.code == 1
    assert ran.said.count("posts/a.md") == 1 and "bug of ours" not in ran.said


def shell(script, folder):
    """What a script says, with `$COMMAND` for `live-stats`."""
    command = f"{sys.executable} -m live_stats_command"
    variables = os.environ | {"PYTHONPATH": str(ROOT / "src"), "COMMAND": command}
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=variables, capture_output=True, text=True
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has it")
def test_words_for_which_there_is_no_room(tmp_path):
    """What was asked for is done; one line says that not all was told."""
    ran = shell("$COMMAND platforms mastodon > /dev/full", tmp_path)

    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("what was said could not be written: No space left")


def test_a_time_zone_that_is_none(tmp_path):
    """A file, or a folder, that `TZ` names by mistake ends no command."""
    (tmp_path / "text").write_text("no zone")
    ran = shell("TZ=:text $COMMAND platforms x && TZ=. $COMMAND platforms x", tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("command", ["publish", "stats", "accept"])
def test_a_folder_that_is_gone(bench, command):
    """A line and no traceback."""
    bench.new_site()

    def vanish():
        os.mkdir("gone")
        os.chdir("gone")
        os.rmdir("../gone")

    more = ["x"] if command == "accept" else []
    ran = bench.command(command, *more, before=vanish)

    assert ran.code == 1
    assert ran.said == ".: the current folder is gone; cd to the folder of the site\n"


@pytest.mark.parametrize("replaced", [False, True])
def test_an_output_that_vanishes_during_the_run(bench, replaced):
    """A line, and the next run makes all of it again once nothing is in the way."""
    bench.new_site()
    bench.counts(100)
    assert bench.command("publish").code == 0
    bench.counts(130)
    make, output = Fill._make_all, bench.site / "output"

    def vanish():
        def without_output(self, *arguments):
            shutil.rmtree("output")
            if replaced:
                output.write_text("a file")
            return make(self, *arguments)

        Fill._make_all = without_output

    ran = bench.command("refresh", "--all", before=vanish)
    if replaced:
        output.unlink()

    assert ran.code == 1
    assert "Traceback" not in ran.said and ran.said.startswith("output/"), ran.said
    assert ran.said.count("\n") == 1
    assert bench.command("refresh").code == 0
    assert {"a.html", "index.html"} <= set(os.listdir(output))


def test_a_lock_that_is_a_pipe(bench):
    """Nobody waits for who writes to it: it makes room for a lock."""
    bench.new_site()
    (bench.site / ".build").mkdir()
    os.mkfifo(bench.site / ".build/lock")

    ran = bench.command("publish", "--offline")

    assert ran.code == 0 and (bench.site / ".build/lock").is_file()


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Also where the tests run in the background, and Ctrl-C is for others."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


INTERRUPTED = """
import os, signal, sys

class Signals:
    def find_spec(self, name, *more):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{name})

sys.meta_path.insert(0, Signals())
sys.argv = ["live-stats", "publish"]
from live_stats_command import main
main()
"""


@pytest.mark.parametrize(
    ("name", "module"), [("SIGINT", "argparse"), ("SIGTERM", "json")]
)
def test_a_signal_while_the_command_is_loaded(bench, name, module):
    """From the first line of ours on: a line, and the usual exit code."""
    bench.new_site()
    code = INTERRUPTED.format(name=name, module=module)
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=bench.site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    assert ran.returncode == 128 + getattr(signal, name)
    assert ran.stdout == "interrupted; the next run picks up from here\n"


def test_a_locale_without_letters(bench):
    """Names, texts and messages are UTF-8 all the same."""
    bench.new_site()
    post = bench.site / "content/posts/a.md"
    post.write_text(post.read_text("utf-8").replace("Title: a", "Title: Ä —"), "utf-8")
    post.rename(post.with_name("ä — ö.md"))
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0"}
    path = os.pathsep.join(filter(None, map(str, sys.path)))
    command = "publish --offline --settings conf.py".split()
    ran = subprocess.run(
        [sys.executable, "-m", "live_stats_command", *command],
        cwd=bench.site,
        env=plain | {"PYTHONPATH": path},
        capture_output=True,
    )

    assert ran.returncode == 0, ran.stderr.decode()
    assert "Ä —" in (bench.site / "output/index.html").read_text("utf-8")


def test_verbose_says_what_was_decided_and_no_secret(bench):
    """Each line once; without it, nothing is said."""
    bench.new_site()
    bench.counts(100)

    said = bench.command("publish", "--verbose").said

    assert said.count("index.html is made: it is new\n") == 1
    assert "mastodon/tag/metoo/posts@6d is due: last confirmed never\n" in said
    assert "mastodon.social was asked for tag/metoo, 6d: 7 readings\n" in said
    assert "x/post/1/reposts: 100 stored\n" in said
    assert os.environ["X_BEARER_TOKEN"] not in said
    assert "is made" not in bench.command("publish", "--fresh").said


def test_an_interrupt_while_others_are_at_work(bench):
    """The processes that help end without a word, and the command with its line."""

    def interrupt():
        process_pool._result = lambda work, job: os.killpg(0, signal.SIGINT)

    bench.new_site()
    ran = bench.command("publish", "--offline", before=interrupt, forks=True)

    assert ran.code == 130
    assert ran.said == "interrupted; the next run picks up from here\n"
