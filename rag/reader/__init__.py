"""A reader of our own: a small cross-encoder that reads the passages found and tells which answer, and where."""
