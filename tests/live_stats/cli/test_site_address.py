"""An address that nobody set is said at every publish for the world."""

import pytest

from support import site_folder


def published(site, settings, *lines):
    site.write("conf.py", "\n".join([site_folder.SETTINGS, settings, *lines, ""]))
    assert site.publish("--offline") == 0, site.out
    return [line for line in site.out.splitlines() if "SITE_ADDRESS" in line]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "SITE_ADDRESS is not set, so feeds, the sitemap"),
        ("https://blog.example", "SITE_ADDRESS is not set"),
        ("blog.de", 'SITE_ADDRESS is "blog.de", which is no web address'),
        ("//blog.de", "which is no web address"),
        ("htps://blog.de", "which is no web address"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(site, address, said):
    """What leads there, and how to set it; a publish without news says it too."""
    site.post()
    setting = f'SITE_ADDRESS = SITEURL = "{address}"'
    (line,) = published(site, setting)
    assert line.startswith(f"conf.py: {said}") or said in line
    assert line.endswith("in the environment: SITE_ADDRESS=https://…")

    for minute in (10, 20):
        site.now = f"2026-11-24T12:{minute}:00Z"
        assert site.publish("--offline") == 0
    assert "no post, page, template or setting has changed" in site.out
    assert line in site.out.splitlines()


@pytest.mark.parametrize("address", ["https://blog.de", "http://a.local/below/x"])
def test_an_address_that_is_one_needs_no_word(site, address):
    """With a path, and without encryption."""
    site.post()
    assert published(site, f'SITE_ADDRESS = SITEURL = "{address}"') == []
