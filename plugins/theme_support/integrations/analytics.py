"""Who counts the visits: at most one service, chosen by the setting `ANALYTICS`."""

from typing import Any

from .. import settings_validation
from ..values import Analytics
from .services import SERVICES, SETTING

__all__ = ["Analytics", "read"]

EXAMPLE = '{"service": "clicky", "site": "101"}'


def read(value: Any) -> Analytics | None:
    """The service that `value` of the setting asks for; None is off.

    Raises FrameError if the setting is wrong.
    """
    if value == "" or value is None:
        return None
    name = settings_validation.service(SETTING, value, SERVICES, EXAMPLE)
    known, make = SERVICES[name]
    settings_validation.keys(SETTING, value, known)
    return make(value)
