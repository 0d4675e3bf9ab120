"""A plugin that leaves a file of its own, by the writer that it is given."""

from pelican.generators import Generator

from pelican import signals


class Leaves(Generator):
    def generate_output(self, writer):
        if posts := self.context["articles"]:
            writer.leave("made/note.txt", f"{len(posts)} posts")


def register():
    signals.get_generators.connect(get_generators)


def get_generators(pelican):
    return Leaves
