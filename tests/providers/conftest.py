"""Asking one provider, as a collection would."""

import time

import pytest

from live_stats.catalogue import facts, parse
from live_stats.providers.base import Question
from live_stats.web import Client

CREDENTIALS = {
    "BLUESKY_HANDLE": "a.test",
    "BLUESKY_APP_PASSWORD": "hush-hush",
    "X_BEARER_TOKEN": "s3cret",
}


@pytest.fixture
def ask(platforms, today):
    """`ask("mastodon/tag/metoo")`: the readings, by metric for the window asked."""

    def ask(address, *, seconds=5.0, limit=None):
        reference, _ = parse(address)
        about = facts(reference)
        client = Client(user_agent="test", deadline=time.monotonic() + seconds)
        question = Question(
            server=about.server,
            kind=reference.kind,
            subject=reference.subject,
            metrics=(reference.metric,),
            window=reference.window,
            today=today,
            credentials={
                name: CREDENTIALS[name]
                for name in about.provider.credentials
                if name in CREDENTIALS
            },
        )
        web = client.asking(about.provider, CREDENTIALS.values(), limit=limit)
        return list(about.provider.read(question, web))

    return ask


@pytest.fixture
def value(ask):
    """The one reading that answers the address."""

    def value(address):
        reference, _ = parse(address)
        (reading,) = (
            reading
            for reading in ask(address)
            if (reading.span.days if reading.span else None) == reference.window.days
        )
        return reading

    return value
