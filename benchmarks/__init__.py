"""How long publishing takes, ours beside its peers. `python -m benchmarks` runs it."""
