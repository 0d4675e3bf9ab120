"""What a command says: progress while it asks, and a summary at the end."""

import sys
from collections.abc import Callable

from .collect import PlatformReport
from .credentials import keys
from .publish import Outcome


def progress() -> Callable[[int, int], None]:
    """A bar on a terminal; nothing elsewhere, so that logs stay short."""
    if not sys.stderr.isatty():
        return lambda done, total: None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)

    def show(done: int, total: int) -> None:
        if not bar.tasks:
            bar.start()
            bar.add_task("asking the platforms", total=total)
        bar.update(bar.task_ids[0], completed=done)
        if done == total:
            bar.stop()

    return show


def report(outcome: Outcome, seconds: float) -> None:
    """Say what a run did: a line per platform, one for the files, one of advice."""
    width = max((len(r.label) for r in outcome.platforms.values()), default=0)
    for report in outcome.platforms.values():
        print(f"  {report.label:<{width}}  {_line(report)}")
    filled = outcome.filled
    print(
        f"output/: {_count(filled.written, 'file')} written, {filled.removed} removed, "
        f"{filled.same} unchanged, in {seconds:.1f} s"
    )
    if not outcome.readings:
        known = keys()
        variables = ", ".join(v for m in known["missing"] for v in m["variables"])
        print(
            "Nothing has been read yet, so the figures stand as written. "
            f"{_list(known['keyless'])} need no key, only a network; "
            f"for the others set {variables} (see .env.example)."
        )


def _line(report: PlatformReport) -> str:
    parts = []
    if report.asked:
        answered = report.asked - report.failed
        if not report.failed:
            parts.append(
                f"{_count(report.asked, 'number')} asked, {report.new} changed"
            )
        elif answered > 0:
            parts.append(f"{answered} of {report.asked} numbers answered")
    if report.failures:
        kept = (
            f"keeping {_count(report.readings, 'reading')}"
            if report.readings
            else "nothing read yet, claims stand"
        )
        parts.append(f"{'; '.join(dict.fromkeys(report.failures))} ({kept})")
    if report.missing:
        parts.append(f"not asked: set {' and '.join(report.missing)}")
    if report.fresh and not report.asked:
        parts.append(f"{_count(report.fresh, 'number')} still fresh")
    return "; ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _list(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
