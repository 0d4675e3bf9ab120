"""Reads pages: the statements that they make about numbers, and what charts draw."""

import re
from datetime import date, timedelta

import html5lib

SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d%])(?![.,]\d)")

LONG = re.compile(r' (?:data-days|d)="[^"]*"')


def parsed(page):
    """The root element of a page, without the ways of its lines."""
    return html5lib.parse(LONG.sub("", page), namespaceHTMLElements=False)


def values(words):
    """The numbers with thousands in a text."""
    return [int(re.sub(r"\D", "", found)) for found in NUMBER.findall(words)]


def classes(element):
    return (element.get("class") or "").split()


def of_class(root, *names):
    for element in root.iter():
        if isinstance(element.tag, str) and set(names) & set(classes(element)):
            yield element


def words_of(element):
    """Its text with single spaces; drawings and hidden copies are left out."""
    parts = []

    def walk(one):
        if not isinstance(one.tag, str) or one.tag in ("script", "style", "svg"):
            return
        parts.append(one.text or "")
        for child in one:
            walk(child)
            parts.append(child.tail or "")

    walk(element)
    return " ".join("".join(parts).split())


def readings_in(element):
    """The values of its `<data>` elements that are no claims."""
    for one in element.iter("data"):
        if not {"figure__claim", "figures__claim"} & set(classes(one)):
            yield int(one.get("value")), words_of(one)


def statements(root):
    """Each smallest part of a page that says what a number is.

    Its kind, its element, and the words that belong to it and stand elsewhere.
    """
    for kind in ("panel__item", "headline", "lead"):
        yield from ((kind, one, "") for one in of_class(root, kind))
    for one in of_class(root, "figure"):
        # A number alone has its words in the author's sentence.
        if list(of_class(one, "figure__aside")):
            yield "figure", one, ""
    for table in root.iter("table"):
        if list(of_class(table, "reading")):
            yield from (("figures__row", row, "") for row in table.iter("tr"))
    for row in of_class(root, "card__row"):
        if list(of_class(row, "card__as-of")):
            yield "card__reading", row, ""
    yield from _compared(root)
    yield from _embedded(root)


def _compared(root):
    for table in of_class(root, "compare"):
        heads = [words_of(one) for one in table.find(".//thead/tr")]
        for row in table.findall(".//tbody/tr"):
            for head, cell in zip(heads, row, strict=True):
                yield "compare__row", cell, head


def _embedded(root):
    for about in of_class(root, "embed__about"):
        note = " ".join(words_of(one) for one in about.iter("p"))
        for one in about.iter("li"):
            yield "embed__count", one, note


def drawn_days(readout, lang="en"):
    """The points in the attribute `data-days`: by day, their values."""
    points, first = {}, None
    for part in readout.split("|"):
        _, words, numbers = part.split(";")
        month, year = re.match(r"# (\w+) (\d{4})", words).groups()
        start, next_ = date(int(year), SHORT.index(month) + 1, 1), 1
        for number in numbers.split():
            place, _, value = number.rpartition(":")
            day = int(place) if place else next_
            points[start + timedelta(day - 1)] = int(value.replace(",", ""))
            next_ = day + 1
        first = first or start
    return points


def spots(drawing):
    """The ends of the strokes in a chart's plot, as they are drawn."""
    found = set()
    for kind, way in re.findall(
        r'<path class="chart__(line|dot|bar)" d="([^"]*)"', drawing
    ):
        if kind == "bar":
            found |= {
                (int(x), int(y)) for x, y in re.findall(r"M(\d+) \d+V(-?\d+)", way)
            }
            continue
        for piece in re.findall(r"M[^M]*", way):
            numbers = list(map(int, re.findall(r"-?\d+", piece.split("h")[0])))
            x, y = numbers[:2]
            found.add((x, y))
            for right, down in zip(numbers[2::2], numbers[3::2], strict=True):
                x, y = x + right, y + down
                found.add((x, y))
    return found


def levels(drawing):
    """The numbers of the scale, with how far from the top of the plot each lies."""
    top = float(re.search(r'chart__plot" y="([\d.]+)em"', drawing)[1])
    tall = float(re.search(r'viewBox="0 0 1000 ([\d.]+)"', drawing)[1]) / 20
    labels = re.findall(
        r'<text x="0%" y="([\d.]+)em" dx="-0.6em" text-anchor="end">([\d.]+)([km]?)<',
        drawing,
    )
    sizes = {"": 1, "k": 1_000, "m": 1_000_000}
    lines = sorted(
        {float(y) for y in re.findall(r'x2="100%" y1="([\d.]+)em"', drawing)}
    )
    found = {}
    for y, digits, size in labels:
        line = min(lines, key=lambda one: abs(one - float(y) + 0.35))
        found[round(float(digits) * sizes[size])] = line - top
    return found, tall
