"""For tests of providers, also of other people's: recorded replies in, readings out.

    from pelican.plugins.live_stats.testing import Reply, ask

    answer = ask(
        "pebble/tag/metoo",
        [Reply({"stones": 42})],
        provider=Pebble(),
        environment={"PEBBLE_API_KEY": "s3cret"},
    )
    assert answer.value == 42
    assert "s3cret" not in answer.requests[0].url

The replies are served on this machine, and asked for by the client that a collection
uses, with its limits, redirects and errors. No other machine is connected to.
"""

from .asking import Answer, ask, task_of
from .declarations import problems
from .stand_in import Reply, Request

__all__ = ["Answer", "Reply", "Request", "ask", "problems", "task_of"]
