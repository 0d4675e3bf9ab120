"""How many random examples the slowest tests try: more at a desk than in CI."""

import os


def examples(at_a_desk: int, in_ci: int) -> int:
    """The number for where the tests run now."""
    return in_ci if os.environ.get("CI") else at_a_desk
