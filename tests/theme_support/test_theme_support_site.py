"""A site built with this plugin, by the real commands."""

import re

from test_theme_support import LETTERS, SERVICES

from pelican.plugins.incremental import explain

FOOT = """{% from "partials/footer_services.html" import analytics_note %}
{% from "partials/footer_services.html" import analytics_script %}
{% from "partials/footer_services.html" import newsletter_form %}
<meta http-equiv="Content-Security-Policy" content="{{ policy() }}">
{{ analytics_note(analytics, lang) }}{{ analytics_script(analytics, root) }}
{{ newsletter_form(newsletter, lang) }}"""


def with_services(site, **settings):
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    conf = (site.folder / "conf.py").read_text().partition("# services\n")[0]
    conf += "\n".join(["# services", *lines, ""])
    site.write("conf.py", conf)
    site.write("theme/templates/partials/footer.html", FOOT)


def test_a_build_keeps_its_pages_and_tells_servers(site, platforms):
    """The three files are published, and no page is rendered without need."""
    site.post()
    with_services(site, ANALYTICS=SERVICES[0][0], NEWSLETTER=LETTERS[1][0])
    assert site.publish() == 0, site.out
    once = site.files()
    assert site.publish() == 0, site.out

    build = site.folder / ".build"
    said = "\n".join(explain(build / "incremental", "index.html", str(build / "site")))
    assert "cannot be known" not in said and "will be made again when" in said
    for name in ("_headers", "server/nginx.conf", "server/Caddyfile"):
        assert site.files()[name] == once[name]
        assert "https://in.getclicky.com" in site.read(name)
    page = site.read("posts/a/index.html")
    assert 'data-clicky="101"' in page and "buttondown.com" in page
    assert "script-src &#39;self&#39; https://static.getclicky.com" in page


def test_another_setting_makes_the_pages_again(site, platforms):
    """Turned off, no page and no header names the service any longer."""
    site.post()
    with_services(site, ANALYTICS=SERVICES[0][0])
    assert site.publish() == 0, site.out
    with_services(site)
    assert site.publish() == 0, site.out

    assert "clicky" not in site.read("posts/a/index.html") + site.read("_headers")


def test_a_wrong_setting_stops_the_build_before_it_writes(site, platforms):
    """The published site stays as it is."""
    site.post()
    with_services(site)
    assert site.publish() == 0, site.out
    before = site.files()
    with_services(site, ANALYTICS={"service": "cliky"})

    assert site.publish() == 1
    assert re.search(r"conf\.py:\d+: ANALYTICS .*clicky", site.out)
    assert site.files() == before
