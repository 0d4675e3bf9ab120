"""Pages take over new numbers while they are being read, and lose nothing by it."""

from datetime import date

from playwright.sync_api import expect

OPEN = "[popovertarget=figure-1-card]"


def test_an_open_page_follows_its_numbers(reader, platforms):
    """New numbers are announced, a new day is not; what is the same is not sent."""
    a = reader(reduced_motion="reduce")  # what fades would be done before we look
    assert "24,318 on 24 November 2026" in a.prose.inner_text()
    expect(a.voice).to_have_text("")

    assert a.waits() == 1
    assert a.site.asked[-1][::2] == ("/posts/a/", 304)
    a.number(25400)
    assert a.waits() == 1

    a.sees("Shared over 21,000 (25,400 on 24 November 2026)")
    a.sees("Liked over 25,000 times")
    expect(a.page.locator("#figure-1 .reading").first).to_contain_text("25,400")
    expect(a.voice).to_have_text("2 numbers on this page have changed")
    assert a.page.locator("[data-changed]").count() >= 4
    for host in ("mastodon.social", "api.gdeltproject.org", "hn.algolia.com"):
        platforms.trouble[host] = 500
    a.number(25400, now="2026-11-25T12:00:00Z")
    a.waits()
    a.sees("25,400 on 25 November 2026")
    expect(a.voice).to_have_text("")


def test_an_open_card_stays_open_and_follows(reader):
    """What has the focus keeps it; cards that come in open on hover as the others."""
    a = reader()
    a.page.locator(OPEN).press("Enter")
    card = a.page.locator("#figure-1-card")
    expect(card).to_be_visible()
    a.page.evaluate("kept = document.activeElement")

    a.number(25400)
    a.waits()

    a.sees("25,400")
    assert card.is_visible() and "25,400" in card.inner_text()
    assert a.page.evaluate("kept.isConnected && kept === document.activeElement")
    assert a.page.locator("[popovertarget]:not([interestfor])").count() == 0


def test_what_the_reader_holds_waits_until_it_is_let_go(reader):
    """A selection, or the focus in a part that must be made anew; the rest follows."""
    a = reader()
    a.page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.figure'))"
    )

    a.number(25400)
    a.waits()
    expect(a.page.locator("#figure-1 .reading").first).to_contain_text("25,400")
    assert "24,318" in a.prose.inner_text()
    a.page.clock.fast_forward(2_000)
    assert "24,318" in a.prose.inner_text()
    a.page.evaluate("getSelection().removeAllRanges()")
    a.page.clock.fast_forward(2_000)

    a.sees("25,400")
    assert "24,318" not in a.prose.inner_text()


def test_a_card_without_a_line_yet_waits_while_it_is_read(reader):
    """The second reading of a number draws its line, which nobody's focus may cost."""
    a = reader()
    a.page.locator(OPEN).click()
    a.page.locator("#figure-1-card a").last.focus()

    a.number(25400, now="2026-11-25T12:00:00Z")
    a.waits()
    expect(a.page.locator("#figure-1 .reading").first).to_contain_text("25,400")
    assert a.page.locator("#figure-1-card svg").count() == 0
    assert a.page.locator("#figure-1-card").is_visible()
    a.page.keyboard.press("Escape")
    a.page.locator("#toggle").focus()
    a.page.clock.fast_forward(2_000)

    expect(a.page.locator("#figure-1-card svg")).to_have_count(1)


def test_an_open_table_stays_open(reader, platforms):
    """The next day comes into the table below the chart while it is being read."""
    a = reader("hashtags/metoo/")
    table = a.page.locator(".chart details")
    table.locator("summary").click()
    last = table.locator("tbody tr").last
    day = last.locator("th").inner_text()

    platforms._today = date(2026, 11, 25)
    a.number(25400, now="2026-11-25T12:00:00Z")
    a.waits()

    expect(last.locator("th")).not_to_have_text(day)
    assert last.is_visible()
    assert a.page.evaluate("document.activeElement.nodeName") == "SUMMARY"


def test_a_first_reading_comes_in(reader, platforms):
    """Where a claim stood alone comes a button with its card, ready for hovering."""
    platforms.trouble["api.x.com"] = 500
    a = reader()
    assert "Shared over 21,000 (17 October 2017)" in a.prose.inner_text()

    platforms.trouble.clear()
    a.number(25400)
    a.waits()

    a.sees("Shared over 21,000 (25,400 on 24 November 2026)")
    expect(a.page.locator("[popovertarget]:not([interestfor])")).to_have_count(0)


def test_a_changed_number_fades_in_unless_motion_is_unwanted(reader):
    """One short fade, in the style sheet alone."""
    look = "getComputedStyle(document.querySelector('.prose data')).animationName"
    seen = {}
    for motion in ("no-preference", "reduce"):
        a = reader(reduced_motion=motion)
        a.page.evaluate("document.querySelector('.prose data').dataset.changed = ''")
        seen[motion] = a.page.evaluate(look)

    assert seen == {"no-preference": "changed", "reduce": "none"}


def test_the_announcement_speaks_the_language_of_the_page(reader, site):
    """German posts are announced in German."""
    site.write(
        "content/posts/d.md",
        "Title: Ein Titel\nDate: 2017-10-17\nCategory: News\nSlug: d\nLang: de\n\n"
        "Geteilt [über 21.000](stat:x/post/1/reposts) Mal.\n",
    )
    a = reader("posts/d/de/")

    a.number(25400)
    a.waits()

    expect(a.voice).to_have_text("Eine Zahl auf dieser Seite hat sich geändert")
