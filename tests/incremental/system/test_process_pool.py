"""Work that is spread over copies of this process, and pages that are begun early."""

import multiprocessing
import os
import select
import signal

import pytest
from pelican.generators import PagesGenerator

from pelican.plugins.incremental.system import process_pool
from support.blog import differences
from support.large import large

JOBS = list(range(100))


def test_every_job_comes_back_once():
    """From the crew, and from an earlier one whose jobs it shares."""
    wait, go_on = os.pipe()

    def work(job):
        if job == 0:  # the earlier crew has this one, and is slow
            select.select([wait], [], [], 20)
        return os.getpid()

    earlier = process_pool.ForkPool(work, JOBS[:60], 1, deferred=True)
    found = []
    for result in process_pool.map_forked(work, JOBS[60:], earlier):
        found.append(result)
        if len(found) == 80:
            os.write(go_on, b"!")

    assert sorted(job for job, _ in found) == JOBS
    of = dict(found)
    assert sum(of[job] == of[0] for job in JOBS) < 20
    assert multiprocessing.active_children() == []


def test_results_that_are_fetched_later_stop_no_worker():
    """A pipe takes 64 KB: a pool whose results are fetched later goes on."""
    done, say = os.pipe()

    def work(job):
        if job == JOBS[-1]:
            os.write(say, b"!")
        return "x" * 10_000

    crew = process_pool.ForkPool(work, JOBS, 1, deferred=True)
    try:
        assert select.select([done], [], [], 60)[0]
        assert len(list(crew.results())) == len(JOBS)
    finally:
        crew.close()


@pytest.mark.parametrize("end", ["raises", "is killed", "warns"])
def test_a_job_that_fails_comes_back_to_be_done_here(end):
    """Or not at all, if its worker ended; the others are done."""

    def work(job):
        if job != 50:
            return job
        if end == "is killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if end == "warns":
            process_pool.logging.getLogger("pelican").warning("said in a worker")
            return job
        raise ValueError

    found = dict(process_pool.map_forked(work, JOBS))

    assert found.get(50) is None
    assert {job for job, result in found.items() if result is not None} <= set(JOBS)
    if end != "is killed":
        assert len(found) == len(JOBS)


def test_a_worker_whose_parent_is_gone_ends():
    """It would write among the files of the next build."""
    ended, hold = os.pipe()  # closed when all that have it are gone
    begun, say = os.pipe()
    child = os.fork()
    if not child:
        os.close(ended)

        def work(job):
            os.write(say, b"!")
            select.select([], [], [], 0.01)

        process_pool.ForkPool(work, list(range(8_000)), 1, deferred=True)
        os.read(begun, 1)
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(hold)
    os.waitpid(child, 0)

    assert select.select([ended], [], [], 60)[0] and os.read(ended, 1) == b""


@pytest.fixture
def many(blog, monkeypatch):
    """A blog whose pages are begun as soon as a list is queued; they were built."""
    crews = []

    class Crew(process_pool.ForkPool):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            if more.get("deferred"):
                crews.append(self)

    monkeypatch.setattr(process_pool, "ForkPool", Crew)
    for number in range(1, 7):
        blog.write(f"posts/p{number}.md", text(number))
    with large():
        blog.build()
        crews.clear()
        yield crews


def text(number, title="A title"):
    return f"Title: {title}\nDate: 2024-01-{number:02}\nSlug: p{number}\n\nWords.\n"


def test_pages_that_are_begun_early_are_the_same(blog, many):
    """And they are rendered beside Pelican, not after it."""
    blog.write("posts/p7.md", text(7))

    assert not differences(blog.build(), blog.clean())
    assert many and multiprocessing.active_children() == []


def test_a_page_that_another_takes_the_place_of_is_not_begun(blog, many):
    """A page may be the front page, in the place of the list that was begun."""
    front = "Title: Front\nSave_as: index.html\nUrl: index.html\n"
    blog.write("posts/p7.md", text(7))
    blog.write("pages/front.md", f"{front}\nIn front.\n")

    built = blog.build()

    assert not differences(built, blog.clean())
    assert many and b"In front." in built["index.html"]


def test_a_build_that_fails_leaves_nobody_at_work(blog, many, monkeypatch):
    """The next one would find a worker of the last among its files."""
    blog.write("posts/p7.md", text(7))

    def fails(generator, writer):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(PagesGenerator, "generate_output", fails)
        with pytest.raises(KeyboardInterrupt):
            blog.build()
    assert many and not many[0]._at_work and not multiprocessing.active_children()

    assert not differences(blog.build(), blog.clean())
