"""Search of the public site and of the API: an index of our own, one row per item and language.

``words`` folds texts and reads queries, ``tables`` and ``dialects`` know the two databases,
``sources`` says what is indexed, ``finding`` answers, ``highlights`` marks what was found.
"""
