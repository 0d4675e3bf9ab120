"""A video's player, in a real browser: nothing of the platform before a click."""

import re

from support.browsing import serving

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_player_comes_with_a_click_and_not_before(site, browser):
    """Under the site's own policy; without a script there is a link."""
    site.post(text=f"\n\n{VIDEO}\n")
    assert site.publish("--offline") == 0, site.out
    policy = re.search("Content-Security-Policy: (.*)", site.read("_headers"))[1]
    headers = [("Content-Security-Policy", policy.split("; upgrade")[0])]
    with serving(site.folder / "output", headers) as served:
        page = browser.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.route(
            "https://www.youtube-nocookie.com/**",
            lambda route: route.fulfill(body="<p>Playing", content_type="text/html"),
        )
        page.goto(f"{served}/posts/a/")
        button = page.get_by_role("button", name="Play here")
        button.wait_for()
        assert all(url.startswith(served) for url in asked)

        button.press("Enter")
        page.frame_locator(".embed__player").get_by_text("Playing").wait_for()
        frame = page.locator("iframe")
        assert "Video on YouTube" in frame.get_attribute("title")
        assert not [text for text in said if "Security" in text]

        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(f"{served}/posts/a/")
        link = plain.get_by_role("link", name="Video on YouTube")
        assert link.get_attribute("href") == VIDEO
        assert plain.get_by_role("button", name="Play here").count() == 0
