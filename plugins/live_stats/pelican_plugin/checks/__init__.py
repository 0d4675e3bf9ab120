"""Finds the mistakes that stop a build before anything is published.

Each is a `Mistake`, with the line to correct; `BuildContext.stop_on_mistakes` raises
all of them at once. They come from

    error_report             errors that Pelican logs, templates and other plugins raise
    collisions               two things with one address, two words with one page
    broken_links             links that lead to nothing, with `authored_links`
    unread_files             posts in a file or folder that nobody reads
    output_checks            slots that a template has cut
    unknown_templates        templates that a post names and the theme does not have
    outside_files            files that are not in the content folder
    content.source_checks    characters and links that cannot be in a source
    content.front_matter     keys and values that authors may get wrong
    content.figures          figures that cannot be resolved
    content.content_files    symbolic links that lead out of the content folder

and `draft_mistakes` drops those of drafts. What stops no build is in `advice`.
"""
