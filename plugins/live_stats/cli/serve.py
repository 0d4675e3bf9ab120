"""`serve`: read `output/` in a browser on this machine."""

import argparse
import functools
import http.server
import sys
from pathlib import Path

from ..model.errors import Mistake, Mistakes


def serve_command(options: argparse.Namespace) -> int:
    """Serve the files of `output/` until Ctrl-C."""
    if not Path("output").is_dir():
        raise Mistakes(
            [Mistake(path="output", what="is not there", mend="run make publish")]
        )
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory="output"
    )
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        raise Mistakes(
            [
                Mistake(
                    path=f"port {options.port}",
                    what=error.strerror or str(error),
                    mend=f"try make serve port={options.port + 1}",
                )
            ]
        ) from error
    with server:
        print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C ends it)")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
