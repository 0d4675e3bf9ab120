"""`make faults`: every file operation of every command fails in every way.

Prints a table: points, and how many of them did not end as they must, for each scenario
and each way. The exit code is 1 if there was any.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from faults.bench import SCENARIOS, WAYS, Bench


def main():
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("--only", default="", help="scenarios whose names hold this")
    parser.add_argument("--way", default="", help="ways whose names hold this")
    parser.add_argument("--step", type=int, default=1, help="every how many operations")
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
            for way in WAYS:
                if options.way not in way.name:
                    continue
                tried, wrong = sweep(bench, scenario, way, options.step)
                print(f"  {way.name:24}{tried:6} points{wrong:6} failures", flush=True)
                points, failures = points + tried, failures + wrong
        bench.stop()
    minutes = (time.monotonic() - started) / 60
    print(f"{points} points, {failures} failures, in {minutes:.0f} min")
    return 1 if failures else 0


def sweep(bench, scenario, way, step):
    """How many operations failed in one way, and after how many something was wrong."""
    tried = wrong = 0
    for at in bench.points(scenario, way, step):
        found = bench.try_point(scenario, at, way)
        if found is None:
            continue
        tried += 1
        if found:
            wrong += 1
            print(f"{scenario.name}, operation {at}, {way.name}:", file=sys.stderr)
            for line in found:
                print(f"    {line.strip()}", file=sys.stderr, flush=True)
    return tried, wrong


if __name__ == "__main__":
    sys.exit(main())
