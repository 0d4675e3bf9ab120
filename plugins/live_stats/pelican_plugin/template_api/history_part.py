"""A part of the history that is given away as files, as templates see it."""

from dataclasses import dataclass

from ...rendering import specs
from ...rendering.exports.history_parts import file_name
from ...rendering.specs import Spec
from .rows import DerivedFile
from .slot_registry import Registry, SlotAttribute


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPart:
    """The history of the site, or what was read in one year, as files."""

    name: str
    """The year, and the number of its file if it has several: `2026`, `2026-2`. Empty
    if one file has all."""

    lang: str
    """The language of the page."""

    registry: Registry
    """The slots of this build; not for templates."""

    @SlotAttribute
    def rows(self) -> Spec:
        """A slot: how many observations there are."""
        return specs.RowCountSpec(part=self.name, lang=self.lang)

    @property
    def csv(self) -> DerivedFile:
        """A table: one row for each observation."""
        return self._file("csv")

    @property
    def json(self) -> DerivedFile:
        """The same rows as an array of objects."""
        return self._file("json")

    @property
    def sqlite3(self) -> DerivedFile:
        """The same as a database, with what each series means."""
        return self._file("sqlite3")

    @property
    def files(self) -> tuple[DerivedFile, ...]:
        """All of these."""
        return self.csv, self.json, self.sqlite3

    def _file(self, form: str) -> DerivedFile:
        spec = specs.ObservationsSpec(part=self.name, format=form, lang=self.lang)
        path = file_name(self.name, form)
        return DerivedFile(save_as=path, registry=self.registry, spec=spec)
