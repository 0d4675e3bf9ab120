"""A site built with this plugin, by the real commands."""

import re
import shutil

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
    """One file is published, two are not, and no page is rendered without need."""
    site.post()
    with_services(site, ANALYTICS=SERVICES[0][0], NEWSLETTER=LETTERS[1][0])
    assert site.publish() == 0, site.out
    once = site.files()
    assert site.publish() == 0, site.out

    build = site.folder / ".build"
    said = "\n".join(explain(build / "incremental", "index.html", str(build / "site")))
    assert "cannot be known" not in said and "will be made again when" in said
    assert site.files()["_headers"] == once["_headers"]
    assert not [name for name in once if "nginx" in name or "Caddy" in name]
    for name in (
        "output/_headers",
        ".build/server/nginx.conf",
        ".build/server/Caddyfile",
    ):
        text = (site.folder / name).read_text()
        assert "https://in.getclicky.com" in text
        assert "upgrade-insecure-requests" in text
    page = site.read("posts/a/index.html")
    assert 'data-clicky="101"' in page and "buttondown.com" in page
    assert "script-src &#39;self&#39; https://static.getclicky.com" in page


def test_another_setting_makes_the_pages_again(site, platforms):
    """Turned off, no page and no header names the service any longer. A site that is
    reached by http does not send browsers to https, where its style sheets are not."""
    site.post()
    with_services(site, ANALYTICS=SERVICES[0][0])
    assert site.publish() == 0, site.out
    with_services(site, SITE_ADDRESS="http://blog.example")
    shutil.rmtree(site.folder / ".build/server")
    assert site.publish() == 0, site.out

    told = [site.read("_headers")]
    told += [file.read_text() for file in (site.folder / ".build/server").iterdir()]
    assert "clicky" not in site.read("posts/a/index.html") + "".join(told)
    assert len(told) == 3 and "upgrade-insecure" not in "".join(told)


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
