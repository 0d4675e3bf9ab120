"""What a template reads, as lines."""

from jinja2 import DictLoader, Environment

from pelican.plugins.incremental.template_analysis.analyzer import analyze_template

SIGNS = {
    "attr": ".{}",
    "item": "[{!r}]",
    "each": "*",
    "items": ".items()",
    "called": "(…)",
}


def lines(uses):
    """The tree as lines, such as `posts*.title shown`."""
    found = set()

    def walk(path, use):
        if use.ways:
            found.add(f"{path} {' '.join(sorted(use.ways - {'decided'}))}".strip())
        for step, part in use.parts.items():
            name, *rest = step
            if name == "slice":
                sign = f"[{':'.join('' if end is None else str(end) for end in rest)}]"
            elif name == "call":
                sign = f"({', '.join(map(repr, rest[0]))})"
            else:
                sign = SIGNS.get(name, f"<{name}>").format(*rest)
            walk(path + sign, part)

    for name, use in uses.items():
        walk(name, use)
    return found


def reads(source, /, settings=None, excluded=(), true=(), **others):
    env = Environment(loader=DictLoader({"page": source, **others}))
    return analyze_template(
        env,
        "page",
        lambda name, function: name == "pure",
        settings or {},
        excluded,
        true,
    )
