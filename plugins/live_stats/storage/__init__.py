"""Files that outlive a run.

history          every observation ever made: append-only, to be committed
state            times, failures, pauses and budgets: safe to lose
output_manifest  which files of the output are ours
atomic_write     writes files whole or not at all
paths            names in the folder `.build`
"""
