"""What three kinds of servers are told: the same."""

import re
import shutil
import subprocess

import pytest

from pelican.plugins.theme_support.security import csp, headers
from pelican.plugins.theme_support.settings import ThemeSettings

PATHS = ["/", "/posts/a/", "/embed/a/", "/theme/css/tokens.css", "/data/a.csv"]


def rules(root="/", **options):
    theme = ThemeSettings.read({"ANALYTICS": {"service": "clicky", "site": "101"}})
    return headers.table(
        theme.page_policy(), theme.embed_policy(), root=root, **options
    )


def blocks(text):
    """Of `_headers`: each path's lines, without comments."""
    found = {}
    for line in text.splitlines():
        if line.strip().startswith("#"):
            continue
        if line.startswith("/"):
            lines = found[line] = []
        else:
            lines.append(line.strip())
    return found


def at_netlify(path):
    """The narrowest rule decides each header; lines without a colon are unknown."""
    sent = {}
    for pattern, lines in blocks(headers.netlify(rules())).items():
        if path.startswith(pattern.removesuffix("*")):
            sent |= dict(line.split(": ", 1) for line in lines if ": " in line)
    return sent


def at_cloudflare(path):
    """What rules say of one header is joined by commas, unless it is taken back."""
    sent = {}
    for pattern, lines in blocks(headers.netlify(rules())).items():
        if path.startswith(pattern.removesuffix("*")):
            for line in lines:
                name, _, value = line.partition(": ")
                if line.startswith("! "):
                    del sent[line.removeprefix("! ")]
                else:
                    sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


def at_nginx(path):
    """A location with headers of its own forgets those around it."""
    text = re.sub(r"#.*", "", headers.nginx(rules()))
    location = re.compile(r"location \^~ (\S+) \{(.*?)\}", re.S)
    inner = [body for prefix, body in location.findall(text) if path.startswith(prefix)]
    body = inner[0] if inner else location.sub("", text)
    return dict(re.findall(r'add_header (\S+) "([^"]*)" always;', body))


def at_caddy(path):
    """Every matcher that fits sets its headers, and one fits each path."""
    text = re.sub(r"#.*", "", headers.caddy(rules()))
    sent = []
    for name, body in re.findall(r"^header (@\S+) \{(.*?)^\}", text, re.S | re.M):
        one = re.search(rf"^{name} (path .*|\{{.*?^\}})", text, re.S | re.M)[1]
        wide = re.search(r"(?<!not )path (.*)", one)[1].split()
        narrow = re.search(r"not path (.*)|$", one)[1] or ""
        if any(path.startswith(p[:-1]) for p in wide) and not any(
            path.startswith(p[:-1]) for p in narrow.split()
        ):
            sent.append(dict(re.findall(r'\t(\S+) "([^"]*)"', body)))
    assert len(sent) == 1
    return sent[0]


@pytest.mark.parametrize("path", PATHS)
def test_every_server_sends_the_same(path):
    """Each in its own way of merging rules, all headers of a path are equal."""
    told = at_caddy(path)

    assert at_nginx(path) == at_cloudflare(path) == told
    # There, one cannot take a header back; browsers follow frame-ancestors.
    left = {headers.FRAME_OPTIONS: "DENY"} if path.startswith("/embed/") else {}
    assert at_netlify(path) == told | left


def test_only_cards_may_be_framed():
    """`/embed/` by anyone, everything else by nobody."""
    page, card = at_nginx("/posts/a/"), at_nginx("/embed/a/")

    assert "frame-ancestors 'none'" in page[headers.CSP]
    assert page[headers.FRAME_OPTIONS] == "DENY"
    assert "frame-ancestors *" in card[headers.CSP]
    assert headers.FRAME_OPTIONS not in card
    assert "clicky" in page[headers.CSP] and "clicky" not in card[headers.CSP]


def test_only_data_may_be_read_by_scripts_of_others():
    """A table in somebody's browser opens `/data/`, and no page."""
    for path in PATHS:
        sent = at_nginx(path).get("Access-Control-Allow-Origin")
        assert sent == ("*" if path.startswith("/data/") else None)


@pytest.mark.parametrize("secure", [True, False])
def test_only_a_site_by_https_leads_browsers_there(secure):
    """By http they would ask for its style sheets by https, and get none."""
    for rule in rules(secure=secure):
        sent = dict(rule.headers)[headers.CSP]
        assert ("upgrade-insecure-requests" in sent) == secure


def test_every_file_is_guarded():
    """No path loses what keeps browsers from guessing, telling or sharing."""
    for path in PATHS:
        sent = at_nginx(path)
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert sent["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in sent["Permissions-Policy"]
        assert ("Cache-Control" in sent) == path.startswith("/theme/")


def test_https_for_a_year_is_offered_and_not_chosen():
    """All three texts have the line, as a comment."""
    for text in (headers.netlify, headers.nginx, headers.caddy):
        lines = [line for line in text(rules()).splitlines() if headers.HSTS[0] in line]

        assert lines and all(line.strip().startswith("#") for line in lines)


def test_a_site_below_a_path_has_its_rules_there():
    """Rules of `/blog/` do not speak for its neighbours."""
    for text in (headers.netlify, headers.nginx, headers.caddy):
        assert "/blog/embed/" in text(rules(root="/blog/"))
        assert " /embed/" not in text(rules(root="/blog/"))


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_understands_its_file(tmp_path):
    """The real one reads it inside a server block."""
    (tmp_path / "headers.conf").write_text(headers.nginx(rules()))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ server {{ "
        f"listen 127.0.0.1:8099; include {tmp_path}/headers.conf; }} }}"
    )

    subprocess.run(
        ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], check=True
    )


@pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not installed")
def test_caddy_understands_its_file(tmp_path):
    """The real one reads it inside a site block."""
    (tmp_path / "headers").write_text(headers.caddy(rules()))
    (tmp_path / "Caddyfile").write_text(":8099 {\n\timport headers\n}\n")

    subprocess.run(
        ["caddy", "adapt", "--config", tmp_path / "Caddyfile"], check=True, cwd=tmp_path
    )


def test_no_value_could_end_its_line():
    """Values hold nothing that quotes, or ends, a line of any of the three."""
    for rule in rules():
        for name, value in rule.headers:
            assert not set(name + value) & set('"\\\n\r$`{}#')
    assert csp.as_header(ThemeSettings().embed_policy()).isascii()
