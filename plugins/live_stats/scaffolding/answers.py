"""The questions of `init`: asked at a terminal, or answered by options."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..i18n.language_tags import LanguageError, checked
from ..model.settings_validation import CONTACT

_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_SCHEMELESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


class WrongAnswer(Exception):
    """An answer that cannot be used: what it is, and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `read` returns the answer as it is stored, or raises."""

    name: str
    text: str
    read: Callable[[str], str]


def _read_text(answer: str) -> str:
    text = " ".join(answer.split())
    if not text or not text.isprintable():
        raise WrongAnswer("is empty; write a name")
    return text


def _read_address(answer: str) -> str:
    address = answer.strip().rstrip("/")
    if _ADDRESS.fullmatch(address):
        return address
    guess = "https://blog.example.org"
    if _SCHEMELESS.fullmatch(address):
        guess = f"https://{address}"
    raise WrongAnswer(f'is "{answer}", which is no web address; write {guess}')


def _read_language(answer: str) -> str:
    try:
        return checked(answer.strip())
    except LanguageError as error:
        raise WrongAnswer(f'is "{answer}", and {error}') from error


def _read_contact(answer: str) -> str:
    contact = answer.strip()
    if not CONTACT.match(contact):
        raise WrongAnswer(f'is "{answer}"; write an e-mail address or a web address')
    return contact


QUESTIONS = (
    Question(name="name", text="Name of the site", read=_read_text),
    Question(name="address", text="Address where it will stand", read=_read_address),
    Question(name="lang", text="Language (en, de, pt-BR, …)", read=_read_language),
    Question(name="author", text="Author", read=_read_text),
    Question(
        name="contact",
        text="Contact for the platforms (e-mail or web address)",
        read=_read_contact,
    ),
)


def answers_of(
    options: argparse.Namespace, present: Mapping[str, str]
) -> dict[str, str] | None:
    """The answers by name; None, after words on stderr, if the options do not do.

    What no option answers is asked, if there is a terminal. `present` are the answers
    that the settings hold already: at a terminal, Enter keeps them.
    """
    given = {q.name: getattr(options, q.name) for q in QUESTIONS}
    answers, complaints, missing = {}, [], []
    for question in QUESTIONS:
        if given[question.name] is None:
            missing.append(question)
            continue
        try:
            answers[question.name] = question.read(given[question.name])
        except WrongAnswer as error:
            complaints.append(f"{question.name} {error}")
    if missing and not sys.stdin.isatty():
        names = [question.name for question in missing]
        write = " ".join(f"{name}=…" for name in names)
        complaints.append(f"missing: {', '.join(names)}; make init {write}")
    if complaints:
        for complaint in complaints:
            print(f"init: {complaint}", file=sys.stderr)
        return None
    for question in missing:
        usual = present.get(question.name) or _usual(question.name, answers)
        answers[question.name] = _ask(question, usual)
    return answers


def _usual(name: str, answers: Mapping[str, str]) -> str:
    return {"lang": "en", "author": answers.get("name", "")}.get(name, "")


def _ask(question: Question, usual: str) -> str:
    """Ask until there is an answer. Raises EOFError if nobody answers."""
    while True:
        answer = input(f"{question.text}{f' [{usual}]' if usual else ''}: ") or usual
        try:
            return question.read(answer)
        except WrongAnswer as error:
            print(f"this {error}")
