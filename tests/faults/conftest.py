"""A bench of its own for the tests of faults: it forks processes that end."""

import os

import pytest
from pytest_socket import enable_socket, socket_allow_hosts
from requests.adapters import HTTPAdapter

from support.plugins import unplugged_plugins


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """Runs commands in forks of this process; made once for the tests of a file."""
    from faults.bench import Bench

    enable_socket()
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    send, variables = HTTPAdapter.send, dict(os.environ)
    with unplugged_plugins():
        bench = Bench(tmp_path_factory.mktemp("faults").resolve())
        yield bench
    bench.stop()
    HTTPAdapter.send = send
    os.environ.clear()
    os.environ.update(variables)
