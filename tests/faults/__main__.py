"""`make faults`: every file operation of every command fails in every way.

Prints a table, for each scenario: what was tried, at how many points, and after how
many of them something did not hold. The exit code is 1 if there was any.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from faults.bench import SCENARIOS, WAYS, Bench

SIZES = range(0, 80_000, 2_000)
FILES = range(8, 40)
KILLS = 30
TWO = (("publish",), ("refresh",), ("check",))


def main():
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("--only", default="", help="scenarios whose names hold this")
    parser.add_argument("--way", default="", help="ways whose names hold this")
    parser.add_argument("--step", type=int, default=1, help="every how many points")
    options = parser.parse_args()
    failures = points = 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as top:
        bench = Bench(Path(top).resolve())
        for scenario in SCENARIOS:
            if options.only not in scenario.name:
                continue
            operations = bench.reference(scenario)[2].counted
            print(f"{scenario.name}: {operations} operations", flush=True)
            for way, tries in ways_of(bench, scenario, options.step):
                if options.way in way:
                    tried, wrong = sweep(f"{scenario.name}, {way}", tries)
                    print(f"  {way:28}{tried:6} points{wrong:5} failures", flush=True)
                    points, failures = points + tried, failures + wrong
        bench.stop()
    minutes = (time.monotonic() - started) / 60
    print(f"{points} points, {failures} failures, in {minutes:.0f} min")
    return 1 if failures else 0


def ways_of(bench, scenario, step):
    """The ways in which a scenario is disturbed, each with its tries, by point.

    A try returns what did not hold, or None where there was no such point.
    """
    for way in WAYS:
        yield (
            way.name,
            [
                (
                    f"operation {at}",
                    lambda at=at, way=way: bench.try_point(scenario, at, way),
                )
                for at in bench.points(scenario, way, step)
            ],
        )
    for name, kind, most in (
        ("files of limited size", resource.RLIMIT_FSIZE, SIZES),
        ("few open files allowed", resource.RLIMIT_NOFILE, FILES),
    ):
        yield (
            name,
            [
                (
                    f"{n} allowed",
                    lambda n=n, kind=kind: bench.try_limit(scenario, kind, n),
                )
                for n in most[::step]
            ],
        )
    chance = random.Random(scenario.name)
    yield (
        "killed at any moment",
        [
            (f"after {s:.3f} s", lambda s=s: bench.try_kill(scenario, s))
            for s in [chance.uniform(0, 0.5) for _ in range(0, KILLS, step)]
        ],
    )
    yield (
        "another command beside it",
        [
            (
                f"{other[0]} beside it",
                lambda other=other: bench.try_two(scenario, other),
            )
            for other in (TWO if scenario.shared else ())
        ],
    )


def sweep(name, tries):
    """At how many points it was tried, and after how many something was wrong."""
    tried = wrong = 0
    for point, attempt in tries:
        found = attempt()
        if found is None:
            continue
        tried += 1
        if found:
            wrong += 1
            print(f"{name}, {point}:", file=sys.stderr)
            for line in found:
                print(f"    {line.strip()}", file=sys.stderr, flush=True)
    return tried, wrong


if __name__ == "__main__":
    sys.exit(main())
