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

## Of this site

| setting | meaning |
|---|---|
| `SITE_ADDRESS` | where the site will stand; feeds, the sitemap and canonical links need it. From the environment, or in `publishconf.py` |
| `DATA_LICENSE` | the address of a license for what is published below `/data/` |
| `FOLLOW` | where else readers find you; with `stat`, the number of followers stands beside it |

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
