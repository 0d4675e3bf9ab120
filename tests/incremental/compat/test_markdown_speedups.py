"""Patterns that are not tried would not have matched."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, Pattern

from pelican.plugins.incremental.compat.markdown_speedups import (
    HANDLE,
    inline_patterns_filtered,
    needed,
)

PIECES = [
    *"abcXYZ019 \n\t\"'*_`~^=|:;,.!?-+#<>[](){}\\/&@$%éß漢🙂",
    "  \n", "\n\n", "    ", "---", "...", "''", "**", "***", "__", "``", "```\n",
    "[a](b)", "[a]", "[a]: http://b.example 'T'\n", "![i](j.png)", "[^1]", "[^1]: n\n",
    "<b>", "</b>", "<!-- c -->", "<http://c.example>", "<d@e.example>",
    "&amp;", "&#65;",
    "\n# H\n", "\n> q\n", "\n* i\n", "\n1. i\n", "\n| a | b |\n|---|---|\n| c | d |\n",
    "*[HTML]: Hyper\n", "HTML", "Term\n: Means\n", "{: #id .k }", "'80s", '"q"',
    "\x02", "\x03", "STX", "klzzwxh:0001", "~~s~~", "==m==", "[[Wiki]]",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


class Loud(InlineProcessor):
    """Answers for an odd letter, in another case too, and refuses some matches."""

    def handleMatch(self, match, data):  # noqa: N802 (Markdown's name)
        if match.start() % 2:
            return None, None, None
        return "!" + match[0], match.start(), match.end()


class Old(Pattern):
    """The kind of pattern that looks at the whole of a text."""

    def handleMatch(self, match):  # noqa: N802
        return "(" + match.group(2) + ")"


class Changing(InlineProcessor):
    """Looks for another thing each time: nothing can be known of it."""

    def getCompiledRegExp(self):  # noqa: N802
        self.turn = getattr(self, "turn", 0) + 1
        return re.compile("[ab]" if self.turn % 2 else "[XY]")

    def handleMatch(self, match, data):  # noqa: N802
        return "%", match.start(), match.end()


class Growing(InlineProcessor):
    """Adds a pattern while a text is being worked on."""

    def handleMatch(self, match, data):  # noqa: N802
        late = Loud("c", self.md)
        self.md.inlinePatterns.register(late, f"late {len(self.md.inlinePatterns)}", 1)
        return ":", match.start(), match.end()


class Odd(Extension):
    def extendMarkdown(self, md):  # noqa: N802
        md.inlinePatterns.register(Loud("(?i)x(?=y)"), "loud", 185)
        md.inlinePatterns.register(Old("(==)"), "old", 75)
        md.inlinePatterns.register(Changing("a"), "changing", 15)
        md.inlinePatterns.register(Growing(";", md), "growing", 12)


NAMES = ["extra", "smarty", "toc", "nl2br", "wikilinks", "legacy_em", "sane_lists"]
EXTENSIONS = st.lists(st.sampled_from([*NAMES, "admonition", Odd()]), unique=True)


def converted(texts, extensions):
    names = [
        f"markdown.extensions.{one}" if isinstance(one, str) else one
        for one in extensions
    ]
    parser = Markdown(extensions=names)
    return [parser.reset().convert(text) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=3), EXTENSIONS)
@example(["*xy* z*xy*"], [Odd()])
@example([";\n\nc c", "c"], [Odd()])
@example(['a `b\\`c` *d* _e_ \\* <f> &g; [h][i] ![j](k) "l" --m... n\'o'], NAMES)
def test_every_text_becomes_what_it_always_became(texts, extensions):
    """With Markdown's own extensions and strange ones, one parser for several posts."""
    usual = converted(texts, extensions)

    with inline_patterns_filtered():
        assert converted(texts, extensions) == usual


EXPRESSIONS = st.recursive(
    st.sampled_from(
        list("ab_<'") + [r"\*", r"\[", r"\.", "[ab]", "[^a]", r"\w", r"\s", "."]
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda ways: f"(?:{'|'.join(ways)})"
        ),
        inner.map("({})".format),
        inner.map("(?:{})?".format),
        inner.map("(?:{})+".format),
        inner.map("(?:{}){{0,2}}".format),
        inner.map("(?={})".format),
        inner.map("(?<!a)(?i:{})".format),
        inner.map("(?>{})".format),
    ),
    max_leaves=8,
)


@given(
    EXPRESSIONS, st.sampled_from([0, re.I, re.S]), st.text("abAB*_<'[. ", max_size=12)
)
def test_what_matches_has_what_is_needed(expression, flags, text):
    """No expression matches a text without one of the characters it needs."""
    compiled = re.compile(expression, flags)
    needs = needed(compiled)

    if needs is not None and needs.isdisjoint(text):
        assert compiled.search(text) is None


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        (r"(?<!\!)\[", "["),
        (r"(?<!\\)(`+)(.+?)(?<!`)\1(?!`)", "`"),
        (r"a\.b", "."),
        (r"(\*{1,3}|_{1,3})(?=\s|$)", "*_"),
        (r"x*", None),
        (r"(?i)k", None),
        (r"\d+", None),
    ],
)
def test_the_rarest_of_what_is_needed_is_known(expression, needs):
    """Marks before letters; None where every text may match."""
    assert needed(re.compile(expression)) == (needs and frozenset(needs))


def test_patterns_are_skipped_and_all_is_as_before_afterwards():
    """A text without marks asks no pattern but those of which nothing is known."""
    from markdown.treeprocessors import InlineProcessor as Inline

    before, asked = vars(Inline)[HANDLE], []
    parser = Markdown(extensions=["markdown.extensions.extra"])
    for pattern in parser.inlinePatterns:
        regex = pattern.compiled_re

        class Watched:
            finditer = staticmethod(
                lambda *a, regex=regex: asked.append(regex) or regex.finditer(*a)
            )
            pattern, flags = regex.pattern, regex.flags

            def __hash__(self):
                return id(self)

        pattern.compiled_re = Watched()
    with inline_patterns_filtered():
        parser.convert("Plain words, one after another.")

    assert asked == [] and vars(Inline)[HANDLE] is before
