"""Hears what is logged, so that what said something is done again and says it again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class WarningHandler(logging.Handler):
    """Keeps what it hears in `said`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def captured_warnings() -> Iterator[list[str]]:
    """Gather warnings and errors that are logged within the block."""
    ear, logger = WarningHandler(), logging.getLogger()
    logger.addHandler(ear)
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)
