"""The search index: which texts it has, and how Pagefind makes it of them."""
