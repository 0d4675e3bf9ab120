"""What becomes of posts and pages: their markup, their pictures, where to read on."""
