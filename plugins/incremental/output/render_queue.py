"""The pages and feeds of a build that are rendered at its end, on all cores.

Once there are many, one core begins with them, while Pelican asks for more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .. import signals
from ..state.audit import recorded_access
from ..system import process_pool
from ..system.progress import progress
from .page_notes import noting
from .tree import Location, OutputFile, OutputTree

MANY = 256
"""Jobs that take longer than it takes to fork while memory is in use."""

Made = tuple[Location, Any, list[Any], list[str], dict[str, str]]
"""Where a file lies, what `signals.made` gave; what it noted, opened, looked for."""


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
        the pages that were asked for before, and stands in their place.
        """
        many = len(self.jobs)
        if self.alone or self._begun is not None or many < MANY:
            return
        self.tree.expect(many)
        unseen = self.tree.spares.ready and not self.tree.pages
        known = [job for job in self.jobs.values() if job.claim.fingerprint]
        if unseen and process_pool.can_fork(len(known)):
            self._given = {job.name: job for job in known}
            self._begun = process_pool.ForkPool(self._made, known, 1, unheard=True)

    def settle(self, name: str) -> None:
        """The file `name` is about to be made: nobody may be at work on it."""
        if name in self._given:
            self.close()

    def close(self) -> None:
        """End what was begun: it is done at the end, if anybody comes to that."""
        if self._begun is not None:
            self._begun.close()
        self._begun, self._given = None, {}

    def finish(self) -> None:
        """Render what is queued, unless something else was written there since."""
        claims = self.tree.claims
        jobs = [job for job in self.jobs.values() if claims.get(job.name) is job.claim]
        self.jobs.clear()
        left = {id(job): job for job in jobs}
        # What depends on everything may do anything: that is done here, and heard.
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
                for job, result in process_pool.map_forked(self._made, known, begun):
                    if result is not None and id(job) in left:
                        del left[id(job)]
                        self._heard(job, result, here=False)
                        step()
            for job in left.values():
                self._heard(job, self._made(job), here=True)
                step()
        self.tree.rendered += [job.name for job in jobs]

    def _made(self, job: Job) -> Made:
        """Render one file."""
        self.shared["localsiteurl"] = job.siteurl
        tree, lies, looked = self.tree, "staged", None
        own = (tree.staged, tree.final, tree.spares.folder)
        with recorded_access() as seen, noting() as notes:
            text = job.render()
            if text is not None:
                lies = tree.put(job.name, text.encode("utf-8"))
                if lies == "spare":
                    answers = signals.page_rendered.send(job.name, text=text)
                    looked = next((one for _, one in answers if one), None)
        opened = [path for path in seen.opened if not path.startswith(own)]
        others = {p: kind for p, kind in seen.looked.items() if not p.startswith(own)}
        return lies, looked, notes, opened, others

    def _heard(self, job: Job, made: Made, *, here: bool) -> None:
        claim = job.claim
        claim.lies, claim.looked, notes, opened, others = made
        claim.notes = notes
        self.opened.update(opened)
        self.looked.update(others)
        if notes and not here:
            signals.page_notes.send(job.name, notes=notes)
