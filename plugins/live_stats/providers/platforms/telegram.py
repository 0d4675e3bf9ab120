"""Telegram: the members of a channel. Hashtags are closed to programs like this."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import ChangedShape, NotFound, Refused
from ...model.values import Reading
from ..base import Kind, Metric, Provider, Query, Session
from ..parsing import counts, field, find
from ..spelling import account

TROUBLES = {
    400: (NotFound, "Telegram knows no such channel, or our bot may not see it"),
    401: (Refused, "api.telegram.org refused our credentials"),
    403: (Refused, "our bot is not a member of this channel"),
    404: (Refused, "api.telegram.org refused our credentials"),
}
OTHER = (ChangedShape, "Telegram refused the question")


class Telegram(Provider):
    name = "telegram"
    label = "Telegram"
    docs = "https://core.telegram.org/bots/api#getchatmembercount"
    credentials = {"TELEGRAM_BOT_TOKEN": ()}
    fresh_for = timedelta(hours=1)
    words = {"subscribers": "members", "followers": "members"}
    uncounted = {
        r"(?:t|telegram)\.me/(?:s/)?\w+/\d+(?:\?.*)?": "Telegram gives bots no number "
        "of a post",
        r"(?:t|telegram)\.me/(?:\+|joinchat/).+": "an invitation does not name the "
        "channel: a public one has a name",
    }
    # fmt: off
    kinds = (
        Kind(name="channel", example="telegram", host="api.telegram.org",
             page="https://t.me/{subject}", needs=("TELEGRAM_BOT_TOKEN",),
             subject=r"@?\w+", hint="its name", same=account,
             addresses=(r"(?:t\.me|telegram\.me)/(?:s/)?"
                        r"(?!s/|joinchat/)(?P<subject>\w+)",), metrics=(
            Metric(name="members", path="result", scope="of the channel on Telegram"),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        token = query.credentials["TELEGRAM_BOT_TOKEN"]
        url = f"https://api.telegram.org/bot{token}/getChatMemberCount"
        params = {"chat_id": f"@{query.subject.lstrip('@')}"}
        reply = session.fetch_json(url, params=params, accept=tuple(TROUBLES))
        if field(reply, "ok") is not True:
            code = find(reply, "error_code")
            words = str(find(reply, "description"))
            if "inaccessible" in words or "CHAT_ADMIN_REQUIRED" in words:
                raise Refused("our bot may not see the members of this channel")
            kind, words = TROUBLES.get(code, OTHER) if type(code) is int else OTHER
            raise kind(words)
        yield from counts(reply, query)
