"""The project's dates: when and where they are, which lists hold them, and as what they go out."""
