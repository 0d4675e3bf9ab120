"""What was measured, kept as plain data, and the medians of it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from .measure import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One build: `posts` is the size of the blog."""

    posts: int
    job: str
    tool: str
    seconds: float
    peak: int


@dataclass(slots=True, kw_only=True)
class Results:
    """All samples of a profile: `plain` or `shipped`. `tools` are labels with versions
    by name, ours first."""

    profile: str
    machine: str
    tools: dict[str, str]
    pages: dict[str, dict[str, int]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, posts: int, job: str, tool: str, measured: Measured) -> None:
        sample = Sample(
            posts=posts,
            job=job,
            tool=tool,
            seconds=measured.seconds,
            peak=measured.peak,
        )
        self.samples.append(sample)

    def sizes(self) -> list[int]:
        return sorted({sample.posts for sample in self.samples})

    def runs(self, posts: int, job: str) -> int:
        """How often the job was measured, of the tool that has the fewest."""
        found = (len(self._of(posts, job, tool)) for tool in self.tools)
        return min(filter(None, found), default=0)

    def seconds(self, posts: int, job: str, tool: str) -> float | None:
        found = [sample.seconds for sample in self._of(posts, job, tool)]
        return median(found) if found else None

    def peak(self, posts: int, job: str, tool: str) -> float | None:
        found = [sample.peak for sample in self._of(posts, job, tool)]
        return median(found) if found else None

    def ratio(self, posts: int, job: str, peer: str) -> float | None:
        """Our median as a share of the peer's."""
        ours = self.seconds(posts, job, "ours")
        theirs = self.seconds(posts, job, peer)
        return ours / theirs if ours and theirs else None

    def _of(self, posts: int, job: str, tool: str) -> list[Sample]:
        wanted = (posts, job, tool)
        return [s for s in self.samples if (s.posts, s.job, s.tool) == wanted]

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Results":
        entry = json.loads(path.read_text(encoding="utf-8"))
        samples = [Sample(**sample) for sample in entry.pop("samples")]
        return cls(samples=samples, **entry)
