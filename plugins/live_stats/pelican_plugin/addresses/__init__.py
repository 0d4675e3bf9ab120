"""The addresses of posts, pages and files: how they are written, found and kept."""
