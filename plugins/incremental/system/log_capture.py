"""Gathers warnings, so that work which logged one is done again and logs it again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class WarningHandler(logging.Handler):
    """Keeps the texts of warnings and errors in `messages`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def captured_warnings() -> Iterator[list[str]]:
    """Gather warnings and errors that are logged within the block."""
    handler, logger = WarningHandler(), logging.getLogger()
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)
