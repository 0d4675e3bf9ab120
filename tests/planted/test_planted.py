"""What authors may get wrong, planted: found at its line, and mended as it says."""

import importlib
import json
import pkgutil

import pytest

import planted

MODULES = [
    importlib.import_module(f"planted.{found.name}")
    for found in pkgutil.iter_modules(planted.__path__)
    if not found.name.startswith("test_")
]
CASES = [(module, case) for module in MODULES for case in module.CASES]
FINE = [(module, fine) for module in MODULES for fine in module.FINE]


def put(site, files):
    for path, text in files.items():
        file = site.folder / path
        if text is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)


def add_settings(site, lines):
    usual = (site.folder / "conf.py").read_text()
    site.write("conf.py", f"{usual}\n{lines}\n")
    return usual


def found(case, out):
    """The lines of a report that are about a case."""
    return [
        line
        for line in out.splitlines()
        if line.startswith(f"{case.at}: ") and all(text in line for text in case.says)
    ]


def correct(site):
    """A site that is correct, and was published."""
    site.post("correct", title="A correct post")
    assert site.publish("--offline") == 0, site.out


def together(module, *, advice=False):
    return [
        case
        for case in module.CASES
        if not (case.alone or case.settings) and case.advice == advice
    ]


def checked(site):
    """What `check` finds: the lines of mistakes, and those of advice."""
    site.run("check", "--format", "json")
    findings = json.loads(site.out[site.out.index("{") : site.out.rindex("}") + 1])
    mistakes, advice = [], []
    for one in findings["findings"]:
        place = f"{one['path']}:{one['line']}" if one["line"] else one["path"]
        mend = f"; {one['mend']}" if one["mend"] else ""
        if one["severity"] == "error":
            mistakes.append(f"{place}: {one['what']}{mend}")
        else:
            line = f"{place}: {one['severity']}: {one['what']}{mend} [{one['rule']}]"
            advice.append(line)
    return mistakes, advice


def finds_the_same(site):
    """`check` finds the mistakes that the last command has printed, in this order."""
    printed = site.out
    mistakes, _ = checked(site)
    lines = [line for line in printed.splitlines() if line in mistakes]
    assert lines == mistakes
    assert f"{len(mistakes)} mistake" in printed


@pytest.mark.parametrize(
    "module", [m for m in MODULES if together(m)], ids=lambda module: module.__name__
)
def test_all_mistakes_of_a_kind_are_listed_in_one_run(site, platforms, module):
    """One report has all, each at its line, and no other; mended, the site builds."""
    correct(site)
    cases = together(module)
    for case in cases:
        put(site, case.files)
    assert site.publish("--offline") == 1, site.out
    assert "Traceback" not in site.out
    missing = [case.name for case in cases if not found(case, site.out)]
    assert not missing, site.out
    ours = {line for case in cases for line in found(case, site.out)}
    others = [
        line
        for line in site.out.splitlines()
        if line.startswith("content/") and line not in ours
    ]
    assert not others
    finds_the_same(site)

    for case in cases:
        put(site, case.mended)
    assert site.publish("--offline") == 0, site.out


@pytest.mark.parametrize(
    "case",
    [case for _, case in CASES if (case.alone or case.settings) and not case.advice],
    ids=lambda case: case.name,
)
def test_a_mistake_that_needs_a_site_to_itself_is_found(site, platforms, case):
    """It is reported at its line; mended, the site builds."""
    correct(site)
    usual = add_settings(site, case.settings)
    put(site, case.files)
    assert site.publish("--offline") == 1, site.out
    assert found(case, site.out), site.out
    assert "Traceback" not in site.out
    finds_the_same(site)

    site.write("conf.py", f"{usual}\n{case.mended_settings}\n")
    put(site, case.mended)
    assert site.publish("--offline") == 0, site.out


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if together(m, advice=True)],
    ids=lambda module: module.__name__,
)
def test_advice_is_given_at_its_line_and_stops_nothing(site, platforms, module):
    """`check` lists all of it and no other; the site builds, and mended it is gone."""
    correct(site)
    before = site.bytes()
    cases = together(module, advice=True)
    for case in cases:
        put(site, case.files)
    assert site.run("check") == 4, site.out
    missing = [case.name for case in cases if not found(case, site.out)]
    assert not missing, site.out
    ours = {line for case in cases for line in found(case, site.out)}
    lines = [line for line in site.out.splitlines() if line.startswith("content/")]
    assert ours == set(lines)
    assert site.bytes() == before
    assert site.publish("--offline") == 0, site.out

    for case in cases:
        put(site, case.mended)
    assert site.run("check") == 0, site.out
    assert "no mistakes, no warnings" in site.out


@pytest.mark.parametrize(
    "case",
    [case for _, case in CASES if (case.alone or case.settings) and case.advice],
    ids=lambda case: case.name,
)
def test_advice_that_needs_a_site_to_itself_is_given(site, platforms, case):
    """It is given at its line, publishing goes on, and mended it is gone."""
    correct(site)
    usual = add_settings(site, case.settings)
    put(site, case.files)
    assert site.run("check") in (0, 4), site.out
    assert found(case, site.out), site.out
    assert site.publish("--offline") == 0, site.out

    site.write("conf.py", f"{usual}\n{case.mended_settings}\n")
    put(site, case.mended)
    site.run("check")
    assert not found(case, site.out), site.out


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_is_no_mistake_builds(site, platforms, module):
    """Everything that only looks like a mistake is published, with no word about it."""
    correct(site)
    for fine in module.FINE:
        if not (fine.alone or fine.settings):
            put(site, fine.files)
    assert site.publish("--offline") == 0, site.out
    assert "content/" not in site.out
    assert checked(site) == ([], [])


@pytest.mark.parametrize(
    "fine",
    [fine for _, fine in FINE if fine.alone or fine.settings],
    ids=lambda fine: fine.name,
)
def test_what_is_no_mistake_builds_in_a_site_to_itself(site, platforms, fine):
    """The same, for what needs settings of its own."""
    correct(site)
    add_settings(site, fine.settings)
    put(site, fine.files)
    assert site.publish("--offline") == 0, site.out
    assert "content/" not in site.out
    assert checked(site) == ([], [])


def test_names_are_unique():
    """A case is named once, so a failure says which it was."""
    names = [case.name for _, case in CASES] + [fine.name for _, fine in FINE]
    assert len(names) == len(set(names))
