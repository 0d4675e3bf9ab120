"""Parsed posts and pages, kept from build to build."""
