"""The pages and feeds of a build that are rendered at its end, on all cores.

Once there are many, one core begins with them, while Pelican asks for more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .. import signals
from ..state.audit import recorded_access
from ..system import process_pool
from ..system.progress import progress
from .page_notes import noting
from .tree import Location, OutputFile, OutputTree

MANY = 256
"""Jobs that take longer than it takes to fork while memory is in use."""


class Rendered(NamedTuple):
    """What came of a job: where the file lies, and what a receiver of `page_rendered`
    returned; what was noted, opened and looked for while it was rendered."""

    location: Location
    result: Any
    notes: list[Any]
    opened: list[str]
    looked: dict[str, str]


Plain = tuple[Location, Any, list[Any], list[str], dict[str, str]]
"""The same as it comes from another process: marshal writes plain tuples alone."""


@dataclass(slots=True)
class Job:
    """One file to render. `siteurl` is what posts resolve their links against.

    `render` gives the text, or None if it has written the file itself.
    """

    name: str
    siteurl: str
    claim: OutputFile
    render: Callable[[], str | None]


@dataclass(slots=True, kw_only=True)
class RenderQueue:
    """Jobs, and what they opened and looked for. `alone`: do all of them here."""

    tree: OutputTree
    shared: dict[str, Any]
    alone: bool
    jobs: dict[str, Job] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    looked: dict[str, str] = field(default_factory=dict)
    _begun: process_pool.ForkPool | None = None
    _given: dict[str, Job] = field(default_factory=dict)

    def add(self, job: Job) -> None:
        self.jobs[job.name] = job

    def begin(self) -> None:
        """Begin with what is queued, if it is much, and can be written unseen.

        What is copied or written to the folder of this build meanwhile comes later than
        the pages that were requested before, and replaces them.
        """
        many = len(self.jobs)
        if self.alone or self._begun is not None or many < MANY:
            return
        self.tree.expect(many)
        unseen = self.tree.spares.ready and not self.tree.pages
        known = [job for job in self.jobs.values() if job.claim.fingerprint]
        if unseen and process_pool.can_fork(len(known)):
            self._given = {job.name: job for job in known}
            self._begun = process_pool.ForkPool(self._render, known, 1, deferred=True)

    def release(self, name: str) -> None:
        """End what was begun if it may write the file `name`, which others make now."""
        if name in self._given:
            self.close()

    def close(self) -> None:
        """End what was begun early: it is rendered by `finish`, if that is called."""
        if self._begun is not None:
            self._begun.close()
        self._begun, self._given = None, {}

    def finish(self) -> None:
        """Render what is queued, unless something else was written there since."""
        claims = self.tree.claims
        jobs = [job for job in self.jobs.values() if claims.get(job.name) is job.claim]
        self.jobs.clear()
        left = {id(job): job for job in jobs}
        # A page without a fingerprint may do anything: it is rendered in this process.
        known = [
            job
            for job in jobs
            if job.claim.fingerprint and self._given.get(job.name) is not job
        ]
        begun, self._begun, self._given = self._begun, None, {}
        self.tree.expect(len(jobs))
        with progress("rendering", len(jobs)) as step:
            if (
                begun is not None
                or not self.alone
                and process_pool.can_fork(len(known))
            ):
                for job, result in process_pool.map_forked(self._render, known, begun):
                    if result is not None and id(job) in left:
                        del left[id(job)]
                        self._take_in(job, Rendered._make(result), here=False)
                        step()
            for job in left.values():
                if made := self._tried(job):
                    self._take_in(job, made, here=True)
                step()
        self.tree.rendered += [job.name for job in jobs]

    def _tried(self, job: Job) -> Rendered | None:
        """Render one file in this process; None if a receiver tells of its error."""
        try:
            return Rendered._make(self._render(job))
        except Exception as error:
            answers = signals.page_failed.send(job.name, error=error)
            if not any(taken for _, taken in answers):
                raise
            self.tree.failed.add(job.name)
            self.tree.checking = True
            return None

    def _render(self, job: Job) -> Plain:
        """Render one file."""
        self.shared["localsiteurl"] = job.siteurl
        tree, result = self.tree, None
        location: Location = "staged"
        own = (tree.staged, tree.final, tree.spares.folder)
        with recorded_access() as seen, noting() as notes:
            text = job.render()
            if text is not None:
                location = tree.put(job.name, text.encode("utf-8"))
                if location == "spare":
                    answers = signals.page_rendered.send(job.name, text=text)
                    result = next((one for _, one in answers if one), None)
        opened = [path for path in seen.opened if not path.startswith(own)]
        others = {p: kind for p, kind in seen.looked.items() if not p.startswith(own)}
        return location, result, notes, opened, others

    def _take_in(self, job: Job, made: Rendered, *, here: bool) -> None:
        """Keep what came of a job; send notes that were made in another process."""
        claim = job.claim
        claim.location, claim.result, claim.notes = made[:3]
        self.opened.update(made.opened)
        self.looked.update(made.looked)
        if made.notes and not here:
            signals.page_notes.send(job.name, notes=made.notes)
