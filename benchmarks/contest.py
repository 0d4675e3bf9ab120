"""The contest: one blog, one series of edits, and the tools building it in turn."""

import sys
from collections.abc import Callable
from pathlib import Path

from .jobs import COLD, JOBS, Blog, Job
from .measure import Failed, Measured, measure
from .results import Results
from .tool import Missing, Tool


class Contest:
    """The tools over a blog of one size. Who fails is named and left out from then on;
    what each said last lies in `logs`.

    Tools take turns build by build, each time with another one first, so that a slow
    minute of the machine falls on all of them.
    """

    def __init__(
        self,
        posts: int,
        tools: list[Tool],
        results: Results,
        logs: Path,
        *,
        rich: bool = False,
    ) -> None:
        self.posts, self.tools, self.results, self.logs = posts, tools, results, logs
        self.blog = Blog.of(posts, rich=rich)
        self._builds = 0

    def run(self, jobs: list[Job], runs: int) -> None:
        """Lay the sites out, build them once, then `runs` times each of `jobs`."""
        try:
            self._run(jobs, runs)
        finally:
            for tool in self.tools:
                tool.sweep()

    def _run(self, jobs: list[Job], runs: int) -> None:
        for tool in self.tools:
            say(f"laying out {self.posts:,} posts for {tool.label}")
            tool.lay_out(self.blog.posts.values())
        self._job(COLD, keep=COLD in jobs)
        pages = {tool.name: tool.pages() for tool in self.tools}
        self.results.pages[str(self.posts)] = pages
        for turn in range(runs):
            for job in jobs:
                if job is COLD and not turn:
                    continue
                self._job(job, keep=True)

    def _job(self, job: Job, *, keep: bool) -> None:
        change = job.edit(self.blog)
        first = self._builds % max(len(self.tools), 1)
        self._builds += 1
        said = []
        for tool in self.tools[first:] + self.tools[:first]:
            tool.apply(change)
            if job.clean:
                tool.clean()
            measured = self._build(tool, job)
            if measured and keep:
                self.results.add(self.posts, job.name, tool.name, measured)
            if measured:
                said.append(f"{tool.label} {measured.seconds:.2f} s")
        say(f"{self.posts:,} posts, {job.title}: {', '.join(said)}")

    def _build(self, tool: Tool, job: Job) -> Measured | None:
        command = tool.command(refresh=job.refresh)
        log = self.logs / f"{tool.name}.log"
        try:
            return measure(command, tool.folder, tool.environment, log)
        except Failed as failed:
            self.tools.remove(tool)
            remark = f"{tool.label} left at {job.name} ({self.posts:,} posts)"
            self.results.remarks.append(remark)
            say(f"{remark}: {failed}")
            return None


def provided(tools: list[Tool], remark: Callable[[str], None]) -> list[Tool]:
    """The tools that are installed or can be; a line for each that is not."""
    found = []
    for tool in tools:
        try:
            tool.provide()
        except Missing as missing:
            remark(f"going on without {tool.label}")
            say(f"going on without {tool.label}: {missing}")
        else:
            found.append(tool)
    return found


def chosen(names: str) -> list[Job]:
    """The jobs named, in the order in which they are always done."""
    wanted = names.split(",")
    unknown = set(wanted) - {job.name for job in JOBS}
    if unknown:
        known = ", ".join(job.name for job in JOBS)
        raise ValueError(f"no job {', '.join(sorted(unknown))}; known: {known}")
    return [job for job in JOBS if job.name in wanted]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
