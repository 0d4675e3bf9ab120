"""What other plugins may listen to, beside Pelican's own signals.

`doubted`: (inputs) posts that were not read anew are what they were in the last build,
it seems; a receiver that knows of more says what: then every page is looked at.
`read`: (session, generators, edited) all posts are read and nothing is written yet.
`edited` are the posts that are not what they were in the last build, which stands; all
of them may be so if it is None. If texts are all that has changed, `tree.partial`
says so: then only pages that may show these are looked at.
`noted`: (name, notes) what a page that is not rendered here had noted.
`made`: (name, text) a page was rendered, maybe in another process. What a receiver
makes of its text, as plain values, comes back as `looked` of the page's claim, if the
text lies where nobody else can have changed it.
`ready`: (tree) all files are made and none is in place; a receiver that raises stops
the build and leaves the site as it was.
`committed`: (tree) the site is in place.
"""

from blinker import signal

from pelican.plugins import signals as pelican

__all__ = [
    "after_commit",
    "before_commit",
    "content_ready",
    "page_notes",
    "page_rendered",
    "pelican",
    "trust_check",
]

trust_check = signal("incremental_trust_check")
content_ready = signal("incremental_content_ready")
page_notes = signal("incremental_page_notes")
page_rendered = signal("incremental_page_rendered")
before_commit = signal("incremental_before_commit")
after_commit = signal("incremental_after_commit")
