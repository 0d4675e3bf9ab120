"""`live`: fetch a number of every kind that can be asked for, and check the answers."""

import argparse
from collections import Counter
from collections.abc import Iterable

from ...collection.scheduler import TaskResult, run_tasks
from ...model.errors import Mistake, Mistakes
from ...model.values import Reference
from ...providers.environment import environment
from ..platforms import check_names
from .examples import cost, examples
from .one import ask_one
from .redaction import printable
from .tasks import tasks_of
from .verdicts import FAILING, Verdict, verdict_of

AGENT = "live_stats/live (checking the shape of public answers, once)"
NOTHING_LEARNT = 3
"""The exit code where no platform gave an answer that tells anything."""


def live_command(options: argparse.Namespace) -> int:
    """Ask every platform, or one reference. 0, 1 or 3: see the help of `live`."""
    variables = environment()
    if options.ref is not None:
        if options.names:
            raise Mistakes(
                [
                    Mistake(
                        path="live",
                        what="both a reference and platforms are named",
                        mend="name one of them",
                    )
                ]
            )
        return ask_one(options.ref, variables, AGENT, options.seconds)
    check_names(options.names)
    found = examples(options.names, variables)
    tasks = tasks_of(found.references, variables)
    for line in found.left_out:
        print(f"{'-':<8} {line}")
    price = cost(found.references)
    price_text = f", which cost about ${price:.2f}" if price else ""
    print(
        f"{len(tasks)} questions{price_text}, for at most {options.seconds:g} seconds",
        flush=True,
    )
    if not tasks:
        print("no platform was asked")
        return NOTHING_LEARNT
    return _report(run_tasks(tasks, AGENT, options.seconds))


def _report(results: Iterable[TaskResult]) -> int:
    """Print a line for each number, and the sum of them. Returns the exit code.

    Hosts that could not be reached are named once, at the end: mostly it is this
    machine that has no connection.
    """
    verdicts: Counter[Verdict] = Counter()
    unreachable: dict[str, str] = {}
    for result in results:
        for reference in result.task.references:
            verdict, text = _verdict(result, reference)
            verdicts[verdict] += 1
            if verdict is Verdict.UNREACHABLE:
                unreachable.setdefault(result.task.host, text)
            else:
                print(f"{verdict:<8} {reference.series}  {printable(text)}", flush=True)
    if len(unreachable) > 1 and set(verdicts) <= {Verdict.UNREACHABLE, Verdict.UNASKED}:
        first = next(iter(unreachable.values()))
        print(f"no platform can be reached: is this machine offline? ({first})")
    else:
        for text in unreachable.values():
            print(f"{Verdict.UNREACHABLE:<8} {printable(text)}")
    print(", ".join(f"{verdicts[one]} {one}" for one in Verdict if verdicts[one]))
    if FAILING & set(verdicts):
        return 1
    return 0 if verdicts[Verdict.OK] else NOTHING_LEARNT


def _verdict(result: TaskResult, reference: Reference) -> tuple[Verdict, str]:
    """The verdict on one number of a task, and its number or its failure."""
    wanted = (reference.metric, reference.window.days)
    for reading in result.readings:
        days = reading.span.days if reading.span else None
        if (reading.metric, days) == wanted:
            return Verdict.OK, f"{reading.value:,}"
    if result.failure is None:
        return Verdict.CHANGED, "the provider gave no reading of this metric and window"
    verdict = verdict_of(result.failure, got_response=result.got_response)
    return verdict, str(result.failure)
