"""How the adapter of the default model was made: it learns from its own renderings, the best of them over the worst."""
