"""What is remembered from build to build."""
