"""Makes the headers of the site: one table, in the forms of three kinds of servers.

Each rule of the table has all headers of its paths, so that no server's way of merging
rules decides what is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .csp import UPGRADE, as_header

CSP = "Content-Security-Policy"
FRAME_OPTIONS = "X-Frame-Options"
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
# The names of these files stay while their text changes: an hour, then asked again.
_CACHE = ("Cache-Control", "public, max-age=3600, stale-while-revalidate=86400")
# Data is for the programs of others too, some of which run in a browser.
_READABLE = ("Access-Control-Allow-Origin", "*")
# Not ours to switch on: browsers keep to it for its whole year even if https breaks,
# and it binds the host name, which may serve more than this site.
HSTS = "Strict-Transport-Security", "max-age=31536000"
_CHOICE = "To tell browsers to come by https only, for a year, with no way back:"

_OWN = "What is for servers is not for readers:"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All headers of the paths below `path`, which ends with a slash."""

    path: str
    headers: Headers


def table(
    pages: Mapping[str, Sequence[str]],
    embeds: Mapping[str, Sequence[str]],
    *,
    root: str = "/",
    theme: str = "theme",
    secure: bool = True,
) -> tuple[Rule, ...]:
    """What is sent with every file, the widest rule first.

    `pages` and `embeds` are policies: of the site, and of the cards that any page may
    embed. `root` is the path of the site, `theme` the folder of its styles; `secure`
    tells whether it is reached by https. The scripts of any page may read what is in
    `data/`.
    """
    if secure:
        pages, embeds = {**pages, **UPGRADE}, {**embeds, **UPGRADE}
    usual = ((CSP, as_header(pages)), *_ALWAYS, (FRAME_OPTIONS, "DENY"))
    return (
        Rule(path=root, headers=usual),
        Rule(path=f"{root}embed/", headers=((CSP, as_header(embeds)), *_ALWAYS)),
        Rule(path=f"{root}data/", headers=(*usual, _READABLE)),
        Rule(path=f"{root}{theme}/", headers=(*usual, _CACHE)),
    )


def netlify(rules: Sequence[Rule]) -> str:
    """`_headers`, as Netlify and Cloudflare Pages read it from the root of a site.

    Cloudflare adds the rules of a path together, and `! Name` takes back what a wider
    one said. Netlify takes the narrowest rule of each header and reports those lines as
    unknown; what is left there, X-Frame-Options, gives way to `frame-ancestors`.
    """
    lines = ["# Headers of this site, for Netlify and Cloudflare Pages."]
    widest = dict(rules[0].headers)
    for rule in rules:
        lines.append(f"{rule.path}*")
        if rule is not rules[0]:
            lines += [
                f"  ! {name}"
                for name, value in widest.items()
                if dict(rule.headers).get(name) != value
            ]
        lines += [
            f"  {name}: {value}"
            for name, value in rule.headers
            if rule is rules[0] or widest.get(name) != value
        ]
        if rule is rules[0]:
            lines += [f"  # {_CHOICE}", f"  # {HSTS[0]}: {HSTS[1]}"]
    return "\n".join(lines) + "\n"


def nginx(rules: Sequence[Rule]) -> str:
    """A file to include in a `server` block of nginx.

    A location with one `add_header` of its own forgets those around it, so each
    location here has them all. The headers of a site below a path are in a location as
    well: its neighbours have their own.
    """
    lines = [
        "# Headers of this site, for nginx. In the server block:",
        "#     include /path/to/this/nginx.conf;",
        "# A location of yours that has an add_header forgets all of these: include",
        "# them there too, or write add_header in none.",
    ]
    for rule in rules:
        outer = rule is rules[0] and rule.path == "/"
        indent = "" if outer else "    "
        lines += [] if outer else ["", f"location ^~ {rule.path} {{"]
        lines += [
            f'{indent}add_header {name} "{value}" always;'
            for name, value in rule.headers
        ]
        lines.append(f"{indent}# {_CHOICE}")
        lines.append(f'{indent}# add_header {HSTS[0]} "{HSTS[1]}" always;')
        lines += [] if outer else ["}"]
    lines += ["", f"# {_OWN}"]
    lines.append(f"location = {rules[0].path}_headers {{ return 404; }}")
    return "\n".join(lines) + "\n"


def caddy(rules: Sequence[Rule]) -> str:
    """A file to import in a site block of Caddy; each path has one set of headers."""
    lines = [
        "# Headers of this site, for Caddy. In the site block:",
        "#     import /path/to/this/Caddyfile",
    ]
    narrow = " ".join(f"{rule.path}*" for rule in rules[1:])
    for number, rule in enumerate(rules):
        name = f"@headers{number}"
        lines.append("")
        if rule is rules[0]:
            lines.append(f"{name} {{")
            lines += [f"\tpath {rule.path}*", f"\tnot path {narrow}", "}"]
        else:
            lines.append(f"{name} path {rule.path}*")
        lines.append(f"header {name} {{")
        lines += [f'\t{header} "{value}"' for header, value in rule.headers]
        lines += [f"\t# {_CHOICE}", f'\t# {HSTS[0]} "{HSTS[1]}"', "}"]
    lines += ["", f"# {_OWN}", f"@own path {rules[0].path}_headers"]
    lines.append("error @own 404")
    return "\n".join(lines) + "\n"
