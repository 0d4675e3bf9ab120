"""Misskey and its family: who used a hashtag, and single notes."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import ChangedShape, RateLimited, WantsLogin
from ...model.values import Reading
from ..base import LOOSE, Kind, Metric, Provider, Query, Session, totals
from ..parsing import count, counts, field, find
from ..spelling import as_it_is


class Misskey(Provider):
    name = "misskey"
    label = "Misskey"
    docs = "https://misskey-hub.net/docs/for-developers/api/"
    server = "misskey.io"
    server_variable = "MISSKEY_INSTANCE"
    fresh_for = timedelta(hours=1)
    words = {"reactions": "likes", "renotes": "reposts", "users": "accounts"}
    uncounted = {
        rf"{host}/(?:@[^/]+|user-tags/.+|channels/\w+|clips/\w+|play/\w+)": "Misskey "
        "is asked for notes and hashtags"
        for host in (r"misskey\.[^/]+", r"nijimiss\.moe")
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="{server}",
             page="https://{server}/tags/{subject}", spelled=as_it_is,
             addresses=(r"(?P<server>[^/]+)/tags/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="accounts", path="mentionedUsersCount", where="{server}",
                   scope="accounts that used it, as known to {server}",
                   caveat="People, not posts. A server knows only what reached it."),
        )),
        # A public note that the tests of gallery-dl ask for since 2023.
        Kind(name="post", example="9bhqfo835v", host="{server}",
             page="https://{server}/notes/{subject}",
             subject=r"\w+", hint="what stands behind /notes/",
             addresses=(r"(?P<server>[^/]+)/notes/(?P<subject>\w+)",),
             metrics=totals({"likes": "reactionCount", "reposts": "renoteCount",
                             "replies": "repliesCount"},
                            scope="as known to {server}", where="{server}",
                            caveat="Reactions of every kind count as likes.")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        api = f"https://{query.server}/api"
        if query.kind == "tag":
            tag = {"tag": query.subject}
            reply = session.fetch_json(f"{api}/hashtags/show", body=tag, accept=(400,))
            if find(reply, "error") is not None:
                code = field(reply, "error", "code")
                if code in ("CREDENTIAL_REQUIRED", "SIGNIN_REQUIRED"):
                    raise WantsLogin(f"{query.server} shows this after a login only")
                if code == "RATE_LIMIT_EXCEEDED":
                    raise RateLimited(f"{query.server} says we ask too often")
                if code != "NO_SUCH_HASHTAG":
                    raise ChangedShape(f"{query.server} refused the question")
                reply = {"mentionedUsersCount": 0}  # documented: never seen there
        else:
            reply = session.fetch_json(
                f"{api}/notes/show", body={"noteId": query.subject}
            )
            if isinstance(reply, dict) and "reactionCount" not in reply:
                kinds = field(reply, "reactions")
                if not isinstance(kinds, dict):
                    raise ChangedShape("the answer has no reactions")
                reactions = sum(map(count, kinds.values()))
                reply = {**reply, "reactionCount": reactions}
        yield from counts(reply, query)
