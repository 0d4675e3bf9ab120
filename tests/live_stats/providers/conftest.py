"""Asking one provider, as a collection would."""

import time

import pytest

from pelican.plugins.live_stats.collection.budgets import BudgetLedger
from pelican.plugins.live_stats.collection.http_client import (
    HttpClient,
    ProviderSession,
)
from pelican.plugins.live_stats.providers.base import Query
from pelican.plugins.live_stats.references.catalogue import facts, parse
from support.platforms import credentials_for


@pytest.fixture
def ask(platforms, today):
    """`ask("mastodon/tag/metoo")`: the readings, by metric for the window asked.

    Every credential is `s3cret-` and the variable's name in small letters; options are
    as usual, or "yes".
    """

    def ask(address, *, seconds=5.0, since=None):
        reference, _ = parse(address)
        about = facts(reference)
        provider = about.provider
        credentials = credentials_for(provider)
        query = Query(
            server=about.server,
            kind=reference.kind,
            subject=reference.subject,
            metrics=(about.metric,),
            window=reference.window,
            today=today,
            since=since,
            credentials=credentials,
            options={name: usual or "yes" for name, usual in provider.options.items()},
        )
        client = HttpClient(user_agent="test", deadline=time.monotonic() + seconds)
        ledger = BudgetLedger(provider, today=today)
        session = ProviderSession(
            client,
            charge=lambda: ledger.charge(about.kind, reference.subject),
            secrets=credentials.values(),
        )
        return list(provider.fetch(query, session))

    return ask


@pytest.fixture
def value(ask):
    """The reading that answers the address; the days of a series come behind it."""

    def value(address):
        reference, _ = parse(address)
        return next(
            reading
            for reading in ask(address)
            if (reading.span.days if reading.span else None) == reference.window.days
        )

    return value
