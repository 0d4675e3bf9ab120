"""Runs Pagefind as a service: pages are handed to it one by one, in an order of ours.

Given a folder, it indexes pages in the order in which the file system lists them, which
another disk does otherwise: then the same texts give other bytes. Its package for
Python speaks to the same service, but sleeps for a tenth of a second after each page,
and waits for ever if the service has died.
"""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

SECONDS = 300
"""How long it may take: some hundred times what 10,000 posts need."""

_NONE = "pagefind gave an answer that is none"


class PagefindFailed(Exception):
    """The index was not made; says why, in one line."""


def make(pages: Mapping[str, str], language: str, work: Path) -> dict[str, bytes]:
    """Index HTML pages, by name; returns the files of the index, by name.

    They come through the pipe: what it writes itself may not all be there when it says
    so. It runs in the folder `work`.
    """
    requests: list[dict[str, Any]] = [
        {"type": "NewIndex", "config": {"force_language": language}}
    ]
    for name in sorted(pages):
        page = {"index_id": 0, "file_path": name, "file_contents": pages[name]}
        requests.append({"type": "AddFile", **page})
    requests.append({"type": "GetFiles", "index_id": 0})
    # No settings of its own that lie about may change what is made.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PAGEFIND_") or name == "PAGEFIND_BINARY_PATH"
    }
    with TemporaryFile() as trouble:
        service = subprocess.Popen(
            [sys.executable, "-P", "-m", "pagefind", "--service"],
            cwd=work,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=trouble,
        )
        assert service.stdin is not None and service.stdout is not None
        late = threading.Timer(SECONDS, service.kill)
        late.start()
        # It answers while it is asked: both pipes would be full.
        asking = threading.Thread(target=_ask, args=(service.stdin, requests))
        asking.start()
        answered, last = 0, dict[str, Any]()
        try:
            for answer in _answers(service.stdout, len(requests)):
                answered, last = answered + 1, _payload(answer)
        finally:
            timed_out = not late.is_alive()
            late.cancel()
            service.kill()
            asking.join()
            with suppress(OSError):  # what it did not read
                service.stdin.close()
            service.stdout.close()
            code = service.wait()
        if timed_out:
            raise PagefindFailed(f"pagefind took longer than {SECONDS} seconds")
        if answered < len(requests):
            trouble.seek(0)
            lines = trouble.read().decode("utf-8", "replace").strip().splitlines()
            reason = lines[-1].strip() if lines else f"exit code {code}"
            raise PagefindFailed(f"pagefind failed: {reason}")
    try:
        return {one["path"]: base64.b64decode(one["content"]) for one in last["files"]}
    except (ValueError, LookupError, TypeError):
        raise PagefindFailed(_NONE) from None


def _ask(service: IO[bytes], requests: Iterable[Any]) -> None:
    """Send all requests; one that has died reads none."""
    with suppress(OSError):
        for number, request in enumerate(requests):
            whole = json.dumps({"message_id": number, "payload": request})
            service.write(base64.b64encode(whole.encode()) + b",")
        service.flush()


def _answers(service: IO[bytes], expected: int) -> Iterator[bytes]:
    """The answers to so many requests, as they come; fewer if the service dies."""
    held, found = bytearray(), 0
    while found < expected:
        data: bytes = service.read1()  # type: ignore[attr-defined]  # it is buffered
        if not data:
            return
        held += data
        if b"," in data:  # the last answer is long: it is not looked through each time
            *whole, rest = bytes(held).split(b",")
            held = bytearray(rest)
            found += len(whole)
            yield from whole


def _payload(data: bytes) -> dict[str, Any]:
    """What an answer says. Raises `PagefindFailed` if the request was refused."""
    try:
        payload: dict[str, Any] = json.loads(base64.b64decode(data))["payload"]
        kind = payload["type"]
    except (ValueError, LookupError, TypeError):
        raise PagefindFailed(_NONE) from None
    if kind == "Error":
        lines = str(payload.get("message")).strip().splitlines() or ["?"]
        raise PagefindFailed(f"pagefind failed: {lines[-1].strip()}")
    return payload
