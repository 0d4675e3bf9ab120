"""Write docs/reference/settings.md from the settings of live_stats.

.venv/bin/python scripts/settings_reference.py
"""

import ast
import inspect
from pathlib import Path

from pelican.plugins.live_stats.model.settings import Settings

PAGE = Path(__file__).parents[1] / "docs/reference/settings.md"
HEAD = """# Settings

All settings stand in `pelicanconf.py`; `publishconf.py` changes what differs in production.
Those of [Pelican](https://docs.getpelican.com/) itself work as documented there.

The table below is written from the code by `scripts/settings_reference.py`.

## live_stats

| setting | default | meaning |
|---|---|---|
"""
FOOT = """
A wrong setting stops the build, and is reported with a way to mend it.

## The other plugins

- [incremental](../../plugins/incremental/README.md): `INCREMENTAL_…`
- [theme_support](../../plugins/theme_support/README.md): `ANALYTICS`, `NEWSLETTER`,
  `SEARCH`, `POLICY_HASHES`, `POLICY_SOURCES`

## The head and the foot of every page

Settings have the names that Pelican's users know. An address is one of the web, or a place of the
site, seen from its root: `about/`.

| setting | default | meaning |
|---|---|---|
| `SITENAME` | | the name of the site, at the top of every page |
| `SITESUBTITLE` | `""` | a sentence about it: on the home page, in feeds and at the foot |
| `SITELOGO` | `""` | a picture in place of the name: `"images/logo.svg"` is `content/images/logo.svg` |
| `FAVICON` | `""` | the icon in the browser's tab, an SVG, PNG or ICO: `"images/favicon.png"`. Empty: the theme's |
| `ACCENT_COLOR` | `""` | the colour of links, figures and charts, as `"#8a1c4a"`, or a pair for light and dark. Of one, the dark form is made. The contrast is checked in both |
| `DISPLAY_PAGES_ON_MENU` | `True` | the menu has every page of `content/pages/`; otherwise only those with a line `Menu:` |
| `Menu: …` in a page | its title | the label of the page in the menu |
| `DISPLAY_CATEGORIES_ON_MENU` | `False` | the menu has every category (Pelican's own default is `True`) |
| `MENUITEMS` | `[]` | more of the menu: `[("Shop", "https://shop.example.org")]` |
| `SEARCH` | `True` | the menu has a search, and pages may run it |
| `LINKS` | `[]` | links to others, at the foot: `[("Pelican", "https://getpelican.com")]` |
| `SOCIAL` | `[]` | links to you elsewhere, at the foot: `[("Mastodon", "https://mastodon.social/@you")]` |
| `FOLLOW` | `[]` | the same with the number of followers beside it: `{"label": "…", "page": "https://…", "stat": "x/account/you/followers"}` |
| `SUBSCRIBE_TEXT` | `""` | what stands before the feeds at the foot. Empty: "Subscribe" |
| `NEWSLETTER`, `ANALYTICS` | `""` | a form for e-mails, and who counts visits: [theme_support](../../plugins/theme_support/README.md) |

## Of this site

| setting | meaning |
|---|---|
| `SITE_ADDRESS` | where the site will stand; feeds, the sitemap and canonical links need it. From the environment, or in `publishconf.py` |
| `DATA_LICENSE` | the address of a license for what is published below `/data/` |

## What is checked

Before anything is built, every publish looks for names that are almost those of a setting
(`SITENMAE`), lists that are texts, folders, plugins, languages and time zones that there are
not, and lines of `.env` that name almost a variable of a platform. Each is reported with its
line. A setting of your own is none of these, if its name is unlike all others, or if a template
or the settings themselves use it.

## Credentials

They are environment variables, or lines of a file `.env`: `.env.example` lists them all.
`make platforms` shows which are set.
"""


def rows() -> list[str]:
    """A row of the table for each field: its name, default, and the text below it."""
    (settings,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(settings, ast.ClassDef)
    body, found = settings.body, []
    for one, after in zip(body, body[1:], strict=False):
        if not isinstance(one, ast.AnnAssign) or not isinstance(one.target, ast.Name):
            continue
        assert isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        name = f"`LIVE_STATS_{one.target.id.upper()}`"
        meaning = " ".join(str(after.value.value).split())
        found.append(f"| {name} | {default(one.value)} | {meaning} |")
    return found


def default(value: ast.expr | None) -> str:
    if value is None or isinstance(value, ast.Call):
        return "`{}`"
    shown = ast.literal_eval(value)
    if isinstance(shown, tuple):
        return "`" + ast.unparse(ast.parse(repr(list(shown)))) + "`"
    return f"`{shown!r}`".replace("''", '""')


def reference() -> str:
    """Return the page."""
    return HEAD + "\n".join(rows()) + "\n" + FOOT


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
