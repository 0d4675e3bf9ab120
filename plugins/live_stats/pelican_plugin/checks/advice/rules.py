"""The kinds of findings: their names, which other programs see, and what each means."""

MISTAKES = {
    "mistake": "It stops publishing",
    "broken-link": "A link leads to nothing",
    "same-address": "Two pages have one address, or two words have one page",
    "template": "A template cannot be rendered",
}

ADVICE = {
    "image-without-alt": "An image has no text for those who do not see it",
    "image-alt-is-file-name": "The text of an image is the name of its file",
    "second-title": "The text has a heading of the first level, which is the title's",
    "heading-jump": "A heading is more than one level below the one before it",
    "empty-heading": "A heading has no words",
    "empty-link": "A link has no words, so nobody can follow it",
    "vague-link": "A link says nothing without the sentence around it",
    "insecure-own-link": "A link to a page of this site has http:// in place of https://",
    "table-without-head": "The columns of a table have no names",
    "duplicate-id": "Two elements of a text have one id",
    "unread-list": "Lines that look like a list are part of a paragraph",
    "unread-table": "Lines that look like a table are part of a paragraph",
    "unread-link": "A link was not recognised and is shown as it is written",
    "unread-code": "A block of code was not recognised and is shown with its signs",
    "unread-nesting": "A part of a list has too few spaces to be inside of it",
    "other-markdown": "Signs of another program's Markdown are shown as written",
    "emoji-name": "The name of an emoji is shown as it is written",
    "conflict-marker": "A merge has left both sides in a text",
    "long-title": "A title is longer than lists, search engines and cards show",
    "hashtag-not-listed": "A hashtag of the text is not in the front matter",
    "claim-contradicted": "The latest reading contradicts a claim",
    "unknown-subject": "The platform does not know what a figure counts",
    "held-reading": "A reading looks implausible and waits for a decision",
    "stale-reading": "The last collection could not confirm a reading",
    "costly-window": "A window comes from an archive, which costs more than fewer days",
}

NOTES = {"vague-link", "long-title", "emoji-name", "costly-window"}
"""Those that are questions of style. The others are warnings."""
