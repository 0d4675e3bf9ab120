"""Reads the setting `NEWSLETTER`: the form by which readers subscribe by e-mail."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from .. import settings_validation
from ..errors import SettingError
from ..values import Newsletter

__all__ = ["Newsletter", "read"]

SETTING = "NEWSLETTER"
EXAMPLE = '{"service": "buttondown", "name": "myletter"}'
_ACTION = "https://example.us1.list-manage.com/subscribe/post?u=0a1b&id=2c3d"
_KEYS = {"buttondown": "name", "mailchimp": "action"}


def read(value: Any) -> Newsletter | None:
    """The form that `value` of the setting names; None if it is off.

    Raises SettingError if the setting is wrong.
    """
    if value == "" or value is None:
        return None
    name = settings_validation.service(SETTING, value, _KEYS, EXAMPLE)
    settings_validation.keys(SETTING, value, (_KEYS[name],))
    return _buttondown(value) if name == "buttondown" else _mailchimp(value)


def _buttondown(value: Mapping[str, Any]) -> Newsletter:
    name = settings_validation.text(
        SETTING, value, "name", r"[A-Za-z0-9_.-]+", "myletter"
    )
    server = "https://buttondown.com"
    return Newsletter(
        action=f"{server}/api/emails/embed-subscribe/{quote(name)}",
        field="email",
        label="Buttondown",
        hidden=(("embed", "1"),),
        trap="",
        source=server,
    )


def _mailchimp(value: Mapping[str, Any]) -> Newsletter:
    action = settings_validation.address(SETTING, value, "action", _ACTION)
    host = urlsplit(action).netloc
    query = parse_qs(urlsplit(action).query)
    if (
        not re.fullmatch(r"([A-Za-z0-9-]+\.)+list-manage\.com", host)
        or urlsplit(action).path != "/subscribe/post"
        or not {"u", "id"} <= set(query)
    ):
        raise SettingError(
            f'{SETTING} has "action": {value.get("action", "")!r}, which is no form '
            "of mailchimp",
            "copy the action of the embedded form that Mailchimp shows: "
            f'"action": "{_ACTION}"',
        )
    return Newsletter(
        action=action,
        field="EMAIL",
        label="Mailchimp",
        hidden=(),
        trap=f"b_{query['u'][0]}_{query['id'][0]}",
        source=settings_validation.origin(action),
    )
