"""The loader and the pieces of the page in a real browser."""

import gzip
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from test_theme_support import LETTERS, SERVICES

from pelican.plugins.theme_support.security import csp
from pelican.plugins.theme_support.settings import ThemeSettings

THEME = Path(__file__).parents[2] / "theme"
LOADER = THEME / "static/analytics.js"
SITE = "https://blog.example"
# A stand-in for the script of a service: what it was given.
SERVICE = """window.given = {data: {...document.currentScript.dataset},
  clicky: window.clicky_site_ids, custom: window.clicky_custom, matomo: window._paq}"""


def macros():
    env = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["tr"] = lambda text, lang, **values: text.format(**values)
    return env.get_template("partials/footer_services.html").module


def opened(browser, setting, before=""):
    """A page that counts by `setting`, under its policy; and what it asked for.

    Every request is answered here: none leaves the browser.
    """
    theme = ThemeSettings.read({"ANALYTICS": setting})
    asked, policy = [], csp.as_header(theme.page_policy())

    def answer(route):
        url = route.request.url
        asked.append(url)
        if url == f"{SITE}/":
            script = macros().analytics_script(theme.analytics, SITE)
            head = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
            route.fulfill(body=f"<!doctype html><title>x</title>{script}", headers=head)
        elif url == f"{SITE}/theme/analytics.js":
            kind = {"Content-Type": "text/javascript"}
            route.fulfill(body=LOADER.read_text(), headers=kind)
        elif theme.analytics and url == theme.analytics.script:
            kind = {"Content-Type": "text/javascript"}
            route.fulfill(body=SERVICE, headers=kind)
        else:
            route.abort()

    context = browser.new_context()
    context.route("**/*", answer)
    page = context.new_page()
    page.add_init_script(before)
    page.goto(f"{SITE}/", wait_until="load")
    return page, asked


@pytest.mark.parametrize("setting", [row[0] for row in SERVICES])
def test_the_script_of_a_service_gets_what_it_reads(browser, setting):
    """It runs under its own policy, with its data on its own tag."""
    page, asked = opened(browser, setting)
    given = page.wait_for_function("window.given").json_value()
    read = ThemeSettings.read({"ANALYTICS": setting}).analytics

    assert asked == [f"{SITE}/", f"{SITE}/theme/analytics.js", read.script]
    if read.name == "clicky":
        assert given["clicky"] == [101] and given["custom"] == {"cookies_disable": 1}
    elif read.name == "matomo":
        told = {line[0]: line[1:] for line in given["matomo"]}
        assert told["setTrackerUrl"] == ["https://stats.example.org/matomo/matomo.php"]
        assert told["setSiteId"] == ["1"] and "disableCookies" in told
        # It takes them in this order: a visit is sent with what was said before.
        assert list(told).index("setSiteId") < list(told).index("trackPageView")
    else:
        for name, value in read.attributes:
            first, *rest = name.removeprefix("data-").split("-")
            assert given["data"][first + "".join(map(str.title, rest))] == value


@pytest.mark.parametrize("wish", ["doNotTrack: '1'", "globalPrivacyControl: true"])
def test_who_asks_not_to_be_counted_is_not(browser, wish):
    """With either signal, nothing but the site itself is asked."""
    name, value = wish.split(": ")
    signal = f"Object.defineProperty(navigator, '{name}', {{get: () => {value}}})"
    page, asked = opened(browser, SERVICES[0][0], signal)

    assert page.evaluate(f"navigator.{name}") in ("1", True)
    assert asked == [f"{SITE}/", f"{SITE}/theme/analytics.js"]
    assert page.locator("script").count() == 1
    assert page.evaluate("window.clicky_site_ids") is None


def test_off_puts_no_script_on_the_page(browser):
    """Nobody counts: the page has no script, and asks for none."""
    page, asked = opened(browser, "")

    assert asked == [f"{SITE}/"] and page.locator("script").count() == 0


def test_the_loader_is_small():
    """Less than a kilobyte is sent for it."""
    assert len(gzip.compress(LOADER.read_bytes())) < 1000


@pytest.mark.parametrize("setting", [row[0] for row in LETTERS])
def test_a_newsletter_is_a_plain_form(browser, setting):
    """Labelled, sent to its service, and only the address is the reader's to fill."""
    letter = ThemeSettings.read({"NEWSLETTER": setting}).newsletter
    page = browser.new_page()
    page.set_content(str(macros().newsletter_form(letter, "en")))

    if letter is None:
        assert page.locator("form").count() == 0
        return
    assert page.locator("form").get_attribute("action") == letter.action
    field = page.get_by_label("Get new posts by e-mail")
    assert field.get_attribute("name") == letter.field
    assert page.get_by_role("textbox").count() == 1
    page.get_by_role("button", name="Subscribe").focus()


def test_readers_are_told_who_counts():
    """The note names the service and links to it, or says that nobody counts."""
    theme = ThemeSettings.read({"ANALYTICS": SERVICES[0][0]})

    assert "counts no visits" in macros().analytics_note(None, "en")
    note = macros().analytics_note(theme.analytics, "en")
    assert 'href="https://clicky.com/101" title="Real Time Web Analytics"' in note
