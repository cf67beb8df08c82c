"""One story for every promise, told in Chromium on real servers; docs/coverage.md lists them."""
