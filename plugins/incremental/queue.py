"""The pages and feeds of a build that are rendered at its end, on all cores."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import signals, workers
from .notes import noting
from .progress import progress
from .tracing import watching
from .tree import Claim, Lies, Tree


@dataclass(slots=True)
class Job:
    """One file to render. `siteurl` is what posts resolve their links against.

    `render` gives the text, or None if it has written the file itself.
    """

    name: str
    siteurl: str
    claim: Claim
    render: Callable[[], str | None]


@dataclass(slots=True, kw_only=True)
class Queue:
    """Jobs, and what was opened while they were done. `alone`: do all of them here."""

    tree: Tree
    shared: dict[str, Any]
    alone: bool
    jobs: dict[str, Job] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

    def add(self, job: Job) -> None:
        self.jobs[job.name] = job

    def finish(self) -> None:
        """Render what is queued, unless something else was written there since."""
        claims = self.tree.claims
        jobs = [job for job in self.jobs.values() if claims.get(job.name) is job.claim]
        self.jobs.clear()
        left = {id(job): job for job in jobs}
        # What depends on everything may do anything: that is done here, and heard.
        known = [job for job in jobs if job.claim.fingerprint]
        self.tree.expect(len(jobs))
        with progress("rendering", len(jobs)) as step:
            if not self.alone and workers.can_fork(len(known)):
                for job, result in workers.spread(self._made, known):
                    if result is not None:
                        del left[id(job)]
                        self._heard(job, *result, here=False)
                        step()
            for job in left.values():
                self._heard(job, *self._made(job), here=True)
                step()
        self.tree.rendered += len(jobs)

    def _made(self, job: Job) -> tuple[Lies, list[Any], list[str]]:
        """Render one file; gives where it lies, what it noted, what it opened."""
        self.shared["localsiteurl"] = job.siteurl
        tree, lies = self.tree, "staged"
        own = (tree.staged, tree.final, tree.spares.folder)
        with watching() as seen, noting() as notes:
            text = job.render()
            if text is not None:
                lies = tree.put(job.name, text.encode("utf-8"))
        return lies, notes, [path for path in seen.opened if not path.startswith(own)]

    def _heard(
        self, job: Job, lies: Lies, notes: list[Any], opened: list[str], *, here: bool
    ) -> None:
        job.claim.lies, job.claim.notes = lies, notes
        self.opened.update(opened)
        if notes and not here:
            signals.noted.send(job.name, notes=notes)
