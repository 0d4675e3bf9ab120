"""Asking one provider, as a collection would."""

import time

import pytest

from pelican.plugins.live_stats.collection.http_client import HttpClient
from pelican.plugins.live_stats.collection.scheduler import run_task
from pelican.plugins.live_stats.references.catalogue import facts, parse
from pelican.plugins.live_stats.testing import task_of
from support.platforms import credentials_for


@pytest.fixture
def ask(platforms, today):
    """`ask("mastodon/tag/metoo")`: the readings, by metric for the window asked.

    Every credential is `s3cret-` and the variable's name in small letters; options are
    as usual, or "yes". A failure is raised.
    """

    def ask(address, *, seconds=5.0, since=None):
        about = facts(parse(address)[0])
        variables = credentials_for(about.provider)
        for name, usual in about.provider.options.items():
            variables[name] = usual or "yes"
        if variable := about.provider.server_variable:
            variables[variable] = about.server  # a key is for this server alone
        task = task_of(address, today=today, since=since, environment=variables)
        client = HttpClient(user_agent="test", deadline=time.monotonic() + seconds)
        result = run_task(task, client)
        if result.failure:
            raise result.failure
        return list(result.readings)

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
