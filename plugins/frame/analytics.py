"""Who counts the visits: at most one service, chosen by the setting `ANALYTICS`."""

from typing import Any

from . import checks
from .model import Analytics
from .services import SERVICES, SETTING

__all__ = ["Analytics", "read"]

EXAMPLE = '{"service": "clicky", "site": "101"}'


def read(value: Any) -> Analytics | None:
    """The service that `value` of the setting asks for; None is off.

    Raises FrameError if the setting is wrong.
    """
    if value == "" or value is None:
        return None
    name = checks.service(SETTING, value, SERVICES, EXAMPLE)
    known, make = SERVICES[name]
    checks.keys(SETTING, value, known)
    return make(value)
