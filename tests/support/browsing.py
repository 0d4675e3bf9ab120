"""A real browser, and a folder served to it on loopback."""

import contextlib
import functools
import http.server
import os
import shutil
import threading

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextlib.contextmanager
def a_browser():
    path = next((path for path in map(shutil.which, BROWSERS) if path), None)
    with sync_playwright() as playwright:
        # No sandbox for root: Chromium refuses to start with one.
        arguments = ["--disable-dev-shm-usage"]
        arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@contextlib.contextmanager
def serving(folder, headers=(), asked=None, port=0):
    """The address of `folder`; every reply has these headers besides the usual.

    `asked` is a list that gets (path, headers, status) of each request; `port` 0 is any
    that is free.
    """

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def send_response(self, code, message=None):
            if asked is not None:
                asked.append((self.path, dict(self.headers), int(code)))
            super().send_response(code, message)

        def end_headers(self):
            for name, value in headers:
                self.send_header(name, value)
            super().end_headers()

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
