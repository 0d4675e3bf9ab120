"""What `init` and `new` write for an author: a site's settings, a draft of a post."""
