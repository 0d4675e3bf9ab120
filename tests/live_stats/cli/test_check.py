"""`check` tells what is wrong, in the forms that people and programs read."""

import hashlib
import json
import re
import shutil

import pytest

from pelican.plugins.live_stats.cli import dev_server, parser
from pelican.plugins.live_stats.cli.check import formats
from pelican.plugins.live_stats.model.errors import Advice, Mistake, Severity
from pelican.plugins.live_stats.pelican_plugin.checks.advice import rules
from support.paths import ROOT

PAGE = "Title: {title}\nDate: 2017-10-17\nCategory: News\n\n{text}\n"
WRONG = "[over 5](stat:mastdon/tag/metoo)"
ADVISED = "Text.\n\n#### Deep"
STYLE = "See [here](https://other.example/)."


def write(site, name, text):
    site.write(f"content/posts/{name}.md", PAGE.format(title=name, text=text))


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def outside_of_check(site):
    """All files of a site but those that checks remember.

    And the index of the history, which whoever reads the history brings up to date.
    """
    own = (".build/check/", ".build/history.sqlite")
    everything = digests(site.folder)
    return {name: v for name, v in everything.items() if not name.startswith(own)}


@pytest.mark.parametrize(
    ("texts", "options", "code"),
    [
        ([], (), 0),
        ([STYLE], (), 0),
        ([STYLE], ("--strict",), 0),
        ([STYLE, ADVISED], (), 4),
        ([STYLE, ADVISED], ("--strict",), 1),
        ([STYLE, ADVISED, WRONG], (), 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst(site, texts, options, code):
    """0 for nothing and for notes, 4 for warnings, 1 for mistakes, or all if strict."""
    site.post()
    for number, text in enumerate(texts):
        write(site, f"p{number}", text)

    assert site.run("check", *options) == code, site.out


def test_a_check_changes_nothing(site, platforms):
    """Neither output/ nor the memory of the last build, whether it finds or not."""
    site.post()
    assert site.publish() == 0, site.out
    asked = len(platforms.asked)
    write(site, "wrong", WRONG)
    before = outside_of_check(site)

    assert site.run("check") == 1
    (site.folder / "content/posts/wrong.md").unlink()
    assert site.run("check") == 0, site.out
    before.pop("content/posts/wrong.md")
    assert outside_of_check(site) == before
    assert len(platforms.asked) == asked
    assert not (site.folder / ".build/check/output").exists() or not any(
        (site.folder / ".build/check/output").iterdir()
    )


def test_a_check_needs_no_earlier_build_and_makes_none(site):
    """In a fresh checkout it works, and the publish that follows builds all."""
    site.post()

    assert site.run("check") == 0, site.out
    assert not (site.folder / "output").exists()
    assert site.publish("--offline") == 0, site.out
    clean = site.bytes()
    assert site.from_scratch() == clean


def test_what_an_earlier_check_has_seen_is_found_again(site):
    """A check remembers pages, and not that somebody was told what is wrong."""
    site.post()
    write(site, "advised", ADVISED)
    write(site, "b", f"[A]({{filename}}a.md) {WRONG}")
    assert site.run("check") == 1
    first = site.out
    assert site.run("check") == 1 and site.out == first

    write(site, "b", "[A]({filename}a.md)")
    assert site.run("check") == 4
    second = site.out
    assert site.run("check") == 4 and site.out == second
    assert "advised.md:7: warning:" in second

    (site.folder / "content/posts/a.md").unlink()
    assert site.run("check") == 1
    assert 'content/posts/b.md:5: the link "{filename}a.md" leads to' in site.out


def test_a_page_that_is_kept_is_checked_when_what_it_links_to_goes(site):
    """The next check knows where the pages of the last one lead."""
    site.post()
    site.write("content/images/dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(site, "b", "See [the picture](/images/dot.svg).")
    assert site.run("check") == 0, site.out

    (site.folder / "content/images/dot.svg").unlink()
    assert site.run("check") == 1, site.out
    assert 'content/posts/b.md:5: the link "/images/dot.svg" leads to' in site.out


def test_findings_are_sorted_and_counted(site):
    """By path and line, mistakes and advice together; the last line has the counts."""
    site.post()
    write(site, "z", f"{ADVISED}\n\n{WRONG}\n\n{STYLE}")
    write(site, "b", f"{WRONG}\n\n{ADVISED}")

    assert site.run("check") == 1
    lines = [line for line in site.out.splitlines() if line]
    places = [line.split(": ")[0].rpartition("/")[2] for line in lines[:-1]]
    assert places == ["b.md:5", "b.md:9", "z.md:7", "z.md:9", "z.md:11"]
    assert lines[-1] == "2 mistakes, 2 warnings, 1 note in 2 files"


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("conf.py", "LIVE_STATS_DEADLIN = 3\n", "conf.py:10: LIVE_STATS_DEADLIN"),
        ("theme/templates/article.html", "{% if %}\n", "theme/templates/article.html:"),
    ],
)
def test_mistakes_that_are_found_before_a_post_is_read_are_findings(
    site, path, text, place
):
    """Those in settings and templates come in every form too."""
    site.post()
    file = site.folder / path
    file.write_text(file.read_text() + text)

    assert site.run("check", "--format", "json") == 1
    assert json.loads(site.out[site.out.index("{") :])["mistakes"] == 1
    assert site.run("check") == 1 and place in site.out
    assert "Traceback" not in site.out


def test_a_settings_file_that_is_not_there_is_a_finding(site):
    """With what to do."""
    (site.folder / "conf.py").unlink()

    assert site.run("check", "--format", "github") == 1
    assert "::error file=conf.py,title=mistake::there is no such settings" in site.out


def test_a_document_is_all_that_is_printed(site, capsys):
    """A program can read the standard output as it is, whatever Pelican says."""
    site.post()
    write(site, "wrong", f"{WRONG}\n\n{ADVISED}")
    for name in ("json", "sarif"):
        assert parser.main(["check", "--settings", "conf.py", "--format", name]) == 1
        assert json.loads(capsys.readouterr().out)


FINDINGS = [
    Mistake(
        path="content/posts/ö 1,2:3.md",
        line=7,
        what='100% of "it"\nis wrong',
        mend="mend, it: so",
        rule="broken-link",
    ),
    Mistake(path="pelicanconf.py", what="A is no setting"),
    Advice(path="content/posts/a.md", line=1, what="w", mend="m", rule="heading-jump"),
    Advice(
        path="content/posts/a.md",
        line=2,
        what="w",
        mend="m",
        rule="vague-link",
        severity=Severity.NOTE,
    ),
]


def test_json_has_all_parts():
    """As docs/reference/check.md says."""
    document = json.loads(formats.as_json(FINDINGS))

    assert [document[key] for key in ("version", "mistakes", "warnings", "notes")] == [
        1,
        2,
        1,
        1,
    ]
    assert document["findings"][1] == {
        "path": "pelicanconf.py",
        "line": 0,
        "severity": "error",
        "rule": "mistake",
        "what": "A is no setting",
        "mend": "",
    }
    assert document["findings"][2]["severity"] == "warning"


def test_annotations_of_github_are_escaped():
    """Percent signs and ends of lines everywhere; colons and commas in properties."""
    lines = formats.as_github(FINDINGS).splitlines()

    assert lines[0] == (
        "::error file=content/posts/ö 1%2C2%3A3.md,title=broken-link,line=7::"
        '100%25 of "it"%0Ais wrong; mend, it: so'
    )
    assert lines[1] == "::error file=pelicanconf.py,title=mistake::A is no setting"
    assert lines[2].startswith("::warning file=content/posts/a.md,")
    assert lines[3].startswith("::notice ")
    assert lines[4:] == ["2 mistakes, 1 warning, 1 note in 3 files"]


def test_sarif_has_what_its_schema_requires():
    """SARIF 2.1.0: sections 3.13 log, 3.14 run, 3.27 result, 3.30 region, 3.49 rules.

    `additionalProperties` is false in the schema, so every name must be one of its own.
    """
    log = json.loads(formats.as_sarif(FINDINGS))

    assert set(log) == {"$schema", "version", "runs"} and log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert set(driver) <= {"name", "semanticVersion", "rules"} and driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription"}
        assert set(rule["shortDescription"]) == {"text"}
    assert len(run["results"]) == len(FINDINGS)
    for result, finding in zip(run["results"], FINDINGS, strict=True):
        assert set(result) == {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert ids[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"] == {"text": finding.message}
        (place,) = result["locations"]
        physical = place["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+", uri, re.A)
        region = physical.get("region")
        assert region == ({"startLine": finding.line} if finding.line else None)


def test_nothing_found_is_a_valid_document_too():
    """An empty list of results says that all is well; none would say nothing."""
    assert json.loads(formats.as_json([]))["findings"] == []
    assert json.loads(formats.as_sarif([]))["runs"][0]["results"] == []
    assert formats.as_text([]) == "no mistakes, no warnings\n"


def test_dev_tells_the_advice_on_what_was_saved(site, capsys):
    """In the terminal, with the line; not that on other files, and again if it stays.

    A mistake in the same file is shown over the page, and the advice beside it.
    """
    site.post()
    write(site, "other", ADVISED)
    write(site, "p", "Text.")
    app = dev_server.PreviewApp(site.folder / ".build/dev/output")
    desk = dev_server.DevBuilder("conf.py", app)
    desk.build([])
    assert "warning" not in capsys.readouterr().err
    for text in (ADVISED, f"{ADVISED}, and more", f"{ADVISED}\n\n{WRONG}"):
        write(site, "p", text)
        desk.build(["content/posts/p.md"])

        said = capsys.readouterr().err
        assert "content/posts/p.md:7: warning: " in said
        assert "other.md" not in said
        assert len(app.mistakes) == (WRONG in text)


def test_a_subject_that_nobody_knows_is_named_with_its_line(
    site, platforms, monkeypatch, capsys
):
    """By publish, once it was asked, and by `stats` and `check` as long as it is so."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    site.post()
    write(
        site,
        "p",
        "Text.\n\nIt was [5](stat:x/post/404/reposts), and [](stat:x/post/2).",
    )
    where = "content/posts/p.md:7: "

    assert site.publish() == 0
    assert f"{where}x/post/404/reposts: X has no post 404" in site.out
    assert site.run("check") == 4
    assert f'{where}warning: "5": X knows no such thing (X has no post 404)' in site.out
    capsys.readouterr()
    parser.main(["stats"])
    assert f"{where}x/post/404/reposts: X has no post 404" in capsys.readouterr().out

    write(
        site, "p", "Text.\n\nIt was [5](stat:x/post/3/reposts), and [](stat:x/post/2)."
    )
    assert site.publish() == 0 and where not in site.out
    assert site.run("check") == 0, site.out


def test_every_rule_is_documented():
    """Whoever filters findings by their rule finds all names in one page."""
    page = (ROOT / "docs/reference/check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:(note|warning) \| )?(.+) \|$", page, re.M)
    found = {rule: (kind, meaning) for rule, kind, meaning in rows}

    assert {rule: found.get(rule) for rule in rules.MISTAKES} == {
        rule: ("", meaning) for rule, meaning in rules.MISTAKES.items()
    }
    assert {rule: found.get(rule) for rule in rules.ADVICE} == {
        rule: ("note" if rule in rules.NOTES else "warning", meaning)
        for rule, meaning in rules.ADVICE.items()
    }


def test_the_site_that_ships_has_no_findings(site):
    """Nobody begins with the warnings of somebody else's posts."""
    for name in ("posts", "pages", "images"):
        if (ROOT / "content" / name).is_dir():
            shutil.copytree(ROOT / "content" / name, site.folder / "content" / name)

    assert site.run("check", "--strict") == 0, site.out
    assert "no mistakes, no warnings" in site.out
