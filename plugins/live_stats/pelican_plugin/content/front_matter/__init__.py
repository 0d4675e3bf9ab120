"""The front matter of a post: how it is read, and what may be wrong with it.

    decoding     from the bytes of a file to its text
    blocks       where the front matter is, in Pelican's own form or as YAML
    yaml_form    the values of a YAML block, each with its line
    migrated     the keys of other generators, as ours
    keys         the names that are known, and which one was probably meant
    dates        days that can be read in one way only
    slugs        addresses of long titles, and of C, C++ and C#
    values       all checks of one front matter, in either form

Nothing here reads a post that is not Markdown.
"""
