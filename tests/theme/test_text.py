"""What authors write in Markdown, in a browser: nothing is lost, nothing spills."""

import pytest

from support.browsing import serving
from support.pictures import put_picture

WORD = "a" + "verylong" * 20
REMARK = "some words that go on, as remarks do"
TEXT = f"""

![A picture]({{static}}/images/a.jpg "Its caption")

| Platform | Posts | Share of all that was counted | Remarks | Measured on | {WORD} |
|:---------|------:|:-----------------------------:|---------|-------------|---|
| Mastodon | 12 | 5 % | {REMARK} | 5 March | https://a.example/{WORD} |

```python
def hello(name: str) -> None:  # a comment {WORD}
    print("hello", 12, None)
```

```nolanguage
{WORD}
```

- [ ] open `{WORD}`
- [x] done ~~not~~ {WORD}

1. A list of numbers
2. behind one of tasks

{WORD} and https://a.example/{WORD} <kbd>Ctrl</kbd>

!!! note "{WORD}"
    {WORD}

Term {WORD}
:   Definition {WORD}

<details markdown="1"><summary>{WORD}</summary>

{WORD}
</details>

A note[^1]. HTML.

[^1]: {WORD}

*[HTML]: HyperText

<video src="{{static}}/images/a.mp4" controls></video>

<audio src="{{static}}/images/a.mp3" controls></audio>
"""


@pytest.fixture
def served(site, platforms):
    put_picture(site, "content/images/a.jpg", 1600, 900, kind="JPEG", noise=True)
    for name in ("a.mp4", "a.mp3"):
        site.write(f"content/images/{name}", "no film")
    site.post(text=TEXT, title=f"A title and {WORD}")
    site.post("b", text="Short.", title="B")
    assert site.publish("--offline") == 0, site.out
    with serving(site.folder / "output") as address:
        yield address


def opened(browser, served, width, path="posts/a/", **more):
    """The page, without scripts; and what its console says of the policy."""
    more = {"java_script_enabled": False, **more}
    context = browser.new_context(viewport={"width": width, "height": 800}, **more)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.goto(f"{served}/{path}")
    return page


def width_of(page):
    """How wide the page would have to be. The browser's own view, without scripts."""
    client = page.context.new_cdp_session(page)
    return client.send("Page.getLayoutMetrics")["cssContentSize"]["width"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_widens_the_page(browser, served, width):
    """Tables and code scroll in their own boxes; the policy blocks nothing."""
    page = opened(browser, served, width)

    assert width_of(page) == width
    assert not [text for text in page.said if "Security Policy" in text]
    for box in (".table-scroll", ".highlight pre"):
        inside = page.locator(box).first.bounding_box()
        assert 0 < inside["x"] and inside["x"] + inside["width"] <= width


@pytest.mark.parametrize("path", ["", "archives/", "posts/b/"])
def test_a_long_title_widens_no_list(browser, served, path):
    """Nor the ways from one post to the next."""
    page = opened(browser, served, 360, path=path)

    assert page.get_by_text(WORD).count() == 1
    assert width_of(page) == 360


def test_a_wide_table_squeezes_no_column(browser, served):
    """It scrolls: words stand in lines, not below one another."""
    page = opened(browser, served, 360)
    cell = page.get_by_role("cell", name=REMARK)

    assert cell.bounding_box()["width"] > 200


def test_a_list_of_numbers_behind_points_keeps_its_numbers(browser, served):
    """It is a list of its own, not more points of the one before."""
    page = opened(browser, served, 360)

    assert page.locator("ol > li", has_text="behind one of tasks").count() == 1


def test_a_wide_table_keeps_its_heads_and_scrolls_by_the_keyboard(browser, served):
    """Its box is a region with a name; heads stand above their columns, aligned."""
    page = opened(browser, served, 360, java_script_enabled=True)
    box = page.get_by_role("region", name="Table 1: Platform, Posts")
    head = box.get_by_role("columnheader", name="Posts")
    cell = box.get_by_role("cell", name="12", exact=True)
    ends = [one.bounding_box() for one in (head, cell)]
    assert ends[0]["x"] == ends[1]["x"] and ends[0]["y"] < ends[1]["y"]
    assert cell.evaluate("one => getComputedStyle(one).textAlign") == "right"

    box.focus()
    before = head.bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert head.bounding_box()["x"] < before


def test_code_has_colours_that_can_be_read_in_both_schemes(browser, served):
    """4.5 to 1 at least, against what is behind it."""
    contrast = """() => {
      const canvas = document.createElement("canvas").getContext("2d");
      const light = (colour) => {
        canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((p) => {
          p /= 255; return p <= 0.03928 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const pre = document.querySelector(".highlight pre");
      const back = light(getComputedStyle(pre).backgroundColor);
      return [...pre.querySelectorAll("span")].filter((one) => one.textContent.trim())
        .map((one) => { const fore = light(getComputedStyle(one).color);
          return [one.className, getComputedStyle(one).color,
            (Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05)]; });
    }"""
    seen = []
    for scheme in ("light", "dark"):
        found = opened(browser, served, 360, color_scheme=scheme).evaluate(contrast)
        assert min(ratio for _, _, ratio in found) >= 4.5
        assert len({colour for _, colour, _ in found}) >= 5
        seen.append({name: colour for name, colour, _ in found})
    assert not set(seen[0].values()) & set(seen[1].values())


def test_tasks_say_whether_they_are_done(browser, served):
    """To those who hear them, too; and a phone loads a small picture."""
    page = opened(browser, served, 360)
    assert page.get_by_role("checkbox", name="to do").is_checked() is False
    assert page.get_by_role("checkbox", name="done").is_checked() is True
    picture = page.get_by_role("img", name="A picture")
    assert picture.evaluate("one => one.currentSrc").endswith("-480.jpg")
    assert page.get_by_role("figure").inner_text().strip() == "Its caption"


def test_paper_has_all_of_the_code(browser, served):
    """Nothing can be scrolled there: lines are broken, and what was closed is open."""
    page = opened(browser, served, 700)
    page.emulate_media(media="print")
    for box in page.locator(".prose pre, .table-scroll").all():
        overflow = box.evaluate("one => getComputedStyle(one).overflowX")
        assert overflow == "visible"
    pre = page.locator(".highlight pre").first
    assert pre.evaluate("one => one.scrollWidth <= one.clientWidth")
