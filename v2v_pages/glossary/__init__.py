"""The glossary as visitors read it: A to Z, search, concepts; and its permanent URIs.

Terms stand in the language of the reader, although the page around them may have no translation: a
glossary of thirteen languages must not wait for thirteen introductions.
"""
