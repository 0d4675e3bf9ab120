"""What the settings put into the head and the foot of every page."""

import re

from support import site_folder


def nav(site, page="index.html"):
    """The labels and addresses of the menu, in order."""
    text = re.search("<nav.*?</nav>", site.read(page), re.S)[0]
    return re.findall('<a href="([^"]*)">([^<]*)</a>', text)


def with_settings(site, *lines):
    site.write("conf.py", "\n".join([site_folder.SETTINGS, *lines, ""]))
    assert site.publish("--offline") == 0, site.out


def a_site(site):
    site.write(
        "content/posts/a.md", "Title: A\nDate: 2017-10-17\nCategory: News\n\nText.\n"
    )
    site.write("content/pages/about.md", "Title: About me\nSlug: about\n\nMe.\n")
    site.write("content/pages/shop.md", "Title: S\nSlug: shop\nMenu: Shop\n\nIt.\n")
    site.write(
        "content/pages/h.md", "Title: H\nSlug: h\nStatus: hidden\n\nNot in menus.\n"
    )


def test_the_menu_has_what_pelican_s_settings_say(site):
    """Pages by title or by `Menu:`, categories if wanted, and items of the settings,
    whose addresses are right from every page."""
    a_site(site)
    with_settings(site)
    assert nav(site) == [
        ("./archives/", "Posts"),
        ("./about/", "About me"),
        ("./shop/", "Shop"),
    ]

    with_settings(site, "DISPLAY_PAGES_ON_MENU = False")
    assert nav(site)[1:] == [("./shop/", "Shop")]

    items = '[("All & any", "/category/"), ("Web", "https://a.example/?a&b")]'
    with_settings(site, "DISPLAY_CATEGORIES_ON_MENU = True", f"MENUITEMS = {items}")
    assert nav(site, "posts/a/index.html") == [
        ("../../archives/", "Posts"),
        ("../../category/news/", "News"),
        ("../../about/", "About me"),
        ("../../shop/", "Shop"),
        ("../../category/", "All &amp; any"),
        ("https://a.example/?a&amp;b", "Web"),
    ]


def test_a_page_that_comes_or_is_renamed_is_in_every_menu(site):
    """Pages that are kept from build to build too: as if built from nothing."""
    a_site(site)
    with_settings(site)
    site.write("content/pages/new.md", "Title: New\nSlug: new\n\nNew.\n")
    site.write("content/pages/about.md", "Title: About us\nSlug: about\n\nMe.\n")
    assert site.publish("--offline") == 0, site.out

    assert ("../../new/", "New") in nav(site, "posts/a/index.html")
    assert ("../../about/", "About us") in nav(site, "posts/a/index.html")
    assert site.bytes() == site.from_scratch()


def test_the_foot_has_links_and_ways_to_the_author(site):
    """Pelican's LINKS and SOCIAL; a third part of a pair, an icon, is no matter."""
    a_site(site)
    with_settings(
        site,
        'LINKS = (("Pelican", "https://getpelican.com"), ("About", "about/"))',
        'SOCIAL = [("Mastodon", "https://mastodon.social/@you", "icon")]',
        'SUBSCRIBE_TEXT = "News of the garden"',
    )
    foot = site.read("posts/a/index.html").partition("<footer")[2]
    assert '<a href="https://getpelican.com">Pelican</a>' in foot
    assert '<a href="../../about/">About</a>' in foot
    assert '<a rel="me" href="https://mastodon.social/@you">Mastodon</a>' in foot
    assert "<span>News of the garden:</span>" in foot

    with_settings(site, 'SUBSCRIBE_TEXT = ""', 'SITESUBTITLE = ""')
    foot = site.read("posts/a/index.html").partition("<footer")[2]
    assert "<span>Subscribe:</span>" in foot and "Elsewhere" not in foot
    assert '<p class="foot__name">Digital Media Team.</p>' in foot
    assert 'content=""' not in site.read("index.html")
    assert "<subtitle>" not in site.read("feeds/all.atom.xml")


def test_logo_and_icon_are_pictures_of_the_site(site):
    """The name is the words of the logo; the icon has its type."""
    a_site(site)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    site.write("content/images/logo.svg", svg)
    site.write("content/extra/icon.png", "png")
    with_settings(
        site,
        'SITELOGO = "images/logo.svg"',
        'FAVICON = "icon.png"',
        'STATIC_PATHS = ["images", "extra"]',
        'EXTRA_PATH_METADATA = {"extra/icon.png": {"path": "icon.png"}}',
    )
    page = site.read("posts/a/index.html")
    assert 'src="../../images/logo.svg" alt="Digital Media Team">' in page
    assert '<link rel="icon" type="image/png" href="../../icon.png">' in page
    assert '"src": "icon.png"' in site.read("site.webmanifest")


def test_the_accent_is_in_the_style_sheet_for_light_and_dark(site):
    """It outweighs the theme's, for it comes later in the same layer; so in charts."""
    a_site(site)
    with_settings(site, 'ACCENT_COLOR = ("#003366", "#99ccff")')
    sheet = site.read("theme/style.css")
    ours = "--color-accent: light-dark(#003366, #99ccff)"
    assert ours.replace("accent", "data") in sheet
    assert sheet.index("--color-accent: light-dark(#8a1c4a") < sheet.index(ours)
