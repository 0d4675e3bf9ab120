"""The forms of a list of findings: text, JSON, SARIF 2.1.0, annotations of GitHub.

Written by hand: each is a few lines, and the libraries for SARIF are large models of
the whole schema. docs/reference/check.md documents all of them.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...model.errors import Advice, Mistake, Severity
from ...model.messages import count_of
from ...pelican_plugin.checks.advice.rules import ADVICE, MISTAKES
from ...publishing.run import version

Findings = Sequence[Mistake | Advice]

JSON_VERSION = 1
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NOUNS = {
    Severity.ERROR: "mistake",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_MEANINGS = MISTAKES | ADVICE


def as_text(findings: Findings) -> str:
    """A line for each finding, as compilers write them, and one with the counts."""
    lines = [str(one) for one in findings]
    return "\n".join([*lines, _summary(findings)]) + "\n"


def _summary(findings: Findings) -> str:
    if not findings:
        return "no mistakes, no warnings"
    counts = Counter(one.severity for one in findings)
    parts = [count_of(counts[one], noun) for one, noun in _NOUNS.items() if counts[one]]
    files = count_of(len({one.path for one in findings}), "file")
    return f"{', '.join(parts)} in {files}"


def as_json(findings: Findings) -> str:
    """One object: the counts by severity, and the findings with all their parts."""
    counts = Counter(one.severity for one in findings)
    document = {
        "version": JSON_VERSION,
        **{f"{noun}s": counts[severity] for severity, noun in _NOUNS.items()},
        "findings": [
            {
                "path": one.path,
                "line": one.line,
                "severity": one.severity,
                "rule": one.rule,
                "what": one.what,
                "mend": one.mend,
            }
            for one in findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_sarif(findings: Findings) -> str:
    """A log of SARIF 2.1.0 with one run. Lines begin with 1; a file alone has none."""
    rules = sorted({one.rule for one in findings})
    driver = {
        "name": "live-stats",
        "semanticVersion": version(),
        "rules": [
            {"id": rule, "shortDescription": {"text": _MEANINGS.get(rule, rule)}}
            for rule in rules
        ],
    }
    if driver["semanticVersion"] == "unknown":
        del driver["semanticVersion"]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules.index(one.rule)) for one in findings],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(one: Mistake | Advice, index: int) -> dict[str, Any]:
    path = Path(one.path)
    artifact = {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
    place: dict[str, Any] = {"artifactLocation": artifact}
    if one.line:
        place["region"] = {"startLine": one.line}
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": one.message},
        "locations": [{"physicalLocation": place}],
    }


def as_github(findings: Findings) -> str:
    """A workflow command for each finding, which GitHub shows beside the line."""
    commands = {Severity.NOTE: "notice"}
    lines = []
    for one in findings:
        properties = {"file": one.path, "title": one.rule}
        if one.line:
            properties["line"] = str(one.line)
        named = ",".join(f"{k}={_property(v)}" for k, v in properties.items())
        command = commands.get(one.severity, one.severity)
        lines.append(f"::{command} {named}::{_data(one.message)}\n")
    return "".join(lines) + _summary(findings) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Findings], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
