"""A plugin that leaves a file of its own, by the writer that it is given."""

from pelican import signals
from pelican.generators import Generator


class Leaves(Generator):
    def generate_output(self, writer):
        if self.settings["NOTE"]:
            writer.leave("made/note.txt", self.settings["NOTE"])


def register():
    signals.get_generators.connect(get_generators)


def get_generators(pelican):
    return Leaves
