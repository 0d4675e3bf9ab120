"""Hears what is logged, so that what said something is done again and says it again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[list[str]]:
    """Gather warnings and errors that are logged within the block."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    ear, logger = Ear(logging.WARNING), logging.getLogger()
    logger.addHandler(ear)
    try:
        yield said
    finally:
        logger.removeHandler(ear)
