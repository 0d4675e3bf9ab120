"""What themes do by settings is known, for another setting builds everything anew."""

import sys

import pytest

from support.blog import differences
from support.paths import THIRD_PARTY
from support.template_reads import lines, reads

sys.path.insert(0, str(THIRD_PARTY))

AFTER = "{{ article.content }}"


@pytest.mark.parametrize(
    "source, read",
    [
        ("{% if ON %}{{ a }}{% else %}{{ b }}{% endif %}", "ON? a"),
        ("{% if OFF %}{{ a }}{% else %}{{ b }}{% endif %}", "OFF? b"),
        ("{% if NONE %}{{ a }}{% endif %}", "NONE?"),
        ("{% if not NONE %}{{ a }}{% endif %}", "NONE? a"),
        ("{% if c and NONE %}{{ a }}{% endif %}", "NONE? c?"),
        ("{% if c or ON %}{{ a }}{% else %}{{ b }}{% endif %}", "ON? a c?"),
        ("{% if c or NONE %}{{ a }}{% else %}{{ b }}{% endif %}", "NONE? a b c?"),
        ("{% if OFF %}{% elif ON %}{{ a }}{% else %}{{ b }}{% endif %}", "OFF? ON? a"),
        ("{% if c %}{% elif ON %}{{ a }}{% else %}{{ b }}{% endif %}", "ON? a c?"),
        ("{{ a if ON else b }}{{ c if NONE }}", "NONE? ON? a"),
        ("{% for p in a | sort(attribute=BY) %}{% endfor %}", "BY a*.x.y"),
        ("{% for g in a | groupby(BY) %}{% endfor %}", "BY a*.x.y"),
        ("{% include FOOT %}", "inside"),
        # What is not as the settings say, or may not be:
        ("{% if on %}{{ a }}{% else %}{{ b }}{% endif %}", "a b on?"),
        (
            "{% set ON = c %}{% if ON %}{{ a }}{% else %}{{ b }}{% endif %}",
            "ON? a b c?",
        ),
        (
            "{% if ON %}{{ a }}{% else %}{{ b }}{% endif %}{% set ON = c %}",
            "ON? a b c?",
        ),
        (
            "{% for ON in c %}{% if ON %}{% else %}{{ b }}{% endif %}{% endfor %}",
            "b c*?",
        ),
        ("{% if SITEURL %}{{ a }}{% else %}{{ b }}{% endif %}", "SITEURL? a b"),
        ("{% if LIST %}{{ a }}{% else %}{{ b }}{% endif %}", "LIST? a b"),
        ("{% if APART %}{{ a }}{% else %}{{ b }}{% endif %}", "APART? a b"),
        ("{% import 'module' as m %}{{ m.say() }}", "ON? b"),
    ],
)
def test_a_branch_that_the_settings_rule_out_is_not_read(source, read):
    """And what names an attribute or a template by a setting names that one."""
    settings = {"ON": True, "OFF": False, "BY": "x.y", "FOOT": "foot", "LIST": ["one"]}
    settings |= {"SITEURL": "https://blog.example", "APART": "yes"}
    found = reads(
        source,
        settings=settings,
        excluded={"APART"},
        foot="{{ inside }}",
        module="{% macro say() %}{% if ON %}{% else %}{{ b }}{% endif %}{% endmacro %}",
    )
    assert found.unknown == ""
    all_lines = lines(found.names) | lines(found.globals)
    signs = {one.replace(" shown", "").replace(" truth", "?") for one in all_lines}
    assert signs == set(read.split())


@pytest.mark.parametrize(
    "source, read",
    [
        ("{{ (now.a if now else all).b }}", "now? now.a.b"),
        ("{% if now %}{{ now.a }}{% else %}{{ all }}{% endif %}", "now? now.a"),
        ("{% if c or now %}{% else %}{{ all }}{% endif %}", "now? c?"),
        ("{% set now = c %}{% if now %}{% else %}{{ all }}{% endif %}", "now? all c?"),
        ("{% from 'one' import say %}{{ say(now) }}", "now? now.a all"),
        ("{% import 'two' as m %}{{ m.say() }}", "now? b"),
    ],
)
def test_a_branch_for_pages_of_no_list_is_not_read_of_one(source, read):
    """Where the name is the page's own, which is given one, and not the template's."""
    found = reads(
        source,
        true={"now"},
        one="{% macro say(now) %}{{ now.a if now }}{% endmacro %}{{ all }}",
        two="{% macro say() %}{% if now %}{% else %}{{ b }}{% endif %}{% endmacro %}",
    )
    assert found.unknown == ""
    all_lines = lines(found.names) | lines(found.globals)
    signs = {one.replace(" shown", "").replace(" truth", "?") for one in all_lines}
    assert signs == set(read.split())


@pytest.fixture
def blog(blog):
    blog.settings["RELATIVE_URLS"] = False  # or summaries decide on all pages
    for number in (1, 2, 3):
        head = f"Title: A title {number}\nDate: 2024-01-{number:02}\nTags: Tea\n"
        blog.write(f"posts/p{number}.md", f"{head}\nSome words.\n")
        blog.write(
            f"pages/q{number}.md", f"Title: Q {number}\nOrder: {number}\n\nIts text.\n"
        )
    return blog


def add(blog, text):
    """Have each article's page show this too."""
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace(AFTER, f"{AFTER}{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "{% if SHOUT %}{{ shout(article) }}{% endif %}",
        "{% if SHOUT %}{% include SHOUT %}{% endif %}",
        "{% for p in pages | sort(attribute=BY) %}{{ p.title }}{% endfor %}",
        "{% include FOOT %}",
        "{% set seen = [] %}{% for p in pages %}{{ seen.append(p.title) or '' }}"
        "{% endfor %}{{ seen | join }}",
        "{% if 'cover' in article.metadata %}covered{% endif %}",
        "{% import 'macros.html' as one with context %}{{ one.posted(article, '') }}",
    ],
)
def test_pages_of_such_themes_are_kept(blog, rendered, text):
    """Nothing new renders nothing, one text its page, and edits are all seen."""
    (blog.templates / "footer.html").write_text("The foot.")
    blog.settings |= {"BY": "order", "FOOT": "footer.html"}
    add(blog, text)
    blog.build()
    blog.build()
    assert rendered[-1] == 0

    blog.write("posts/p1.md", "Title: A title 1\nDate: 2024-01-01\n\nOther words.\n")
    assert differences(blog.build(), blog.clean()) == []
    assert 0 < rendered[-1] < rendered[0]

    blog.write("pages/q1.md", "Title: Q 1\nOrder: 9\n\nIts text.\n")
    (blog.templates / "footer.html").write_text("Another foot.")
    for name in ("Cover", "Image"):
        head = f"Title: A title 2\nDate: 2024-01-02\nTags: Tea\n{name}: x.png\n"
        blog.write("posts/p2.md", f"{head}\nSome words.\n")
        assert differences(blog.build(), blog.clean()) == []


@pytest.mark.parametrize("edit", ["settings", "template"])
def test_another_setting_is_another_branch(blog, edit):
    """A branch that was ruled out is read as soon as it may be taken."""
    (blog.templates / "extra.html").write_text("{{ article.date.year }} extra")
    add(blog, "{% if EXTRA %}{% include EXTRA %}{% endif %}")
    blog.build()
    blog.settings["EXTRA"] = "extra.html"
    assert differences(blog.build(), blog.clean()) == []
    if edit == "settings":
        del blog.settings["EXTRA"]
    else:
        (blog.templates / "extra.html").write_text("{{ article.date.month }} extra")
    assert differences(blog.build(), blog.clean()) == []


@pytest.mark.parametrize(
    "source",
    ["{% include c or 'foot' %}", "{% include c or FOOT %}", "{% include c and OFF %}"],
)
def test_what_only_may_be_so_names_no_template(source):
    """That one side is true says what is decided, and not which side is taken."""
    settings = {"FOOT": "foot", "OFF": ""}
    assert reads(source, settings=settings, foot="{{ inside }}").unknown


def test_a_plugin_may_say_otherwise(blog, rendered):
    """A name that is no setting means what a plugin gives it, now and later."""
    blog.settings["PLUGINS"] = ["announcer"]
    add(blog, "{% if NOTICE %}{{ NOTICE.text }}{% endif %}")
    assert differences(blog.build(), blog.clean()) == []
    for notice in ("Closed.", "Open.", ""):
        blog.write("notice.txt", notice)
        assert differences(blog.build(), blog.clean()) == []
        blog.build()
        assert rendered[-1] == 0
    (blog.folder / "content/notice.txt").unlink()
    assert differences(blog.build(), blog.clean()) == []


def test_a_list_that_all_pages_share_may_not_be_changed_unseen(blog, rendered):
    """A page that changes one is rendered every time, as it always was."""
    add(blog, "{{ WORDS.append('two') or '' }}")
    blog.build(WORDS=["one"])
    blog.build(WORDS=["one"])
    assert rendered[-1] > 0
