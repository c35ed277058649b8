"""What both systems publish: the words of an article are the same in both."""

import random

PARAGRAPHS = 6
WORDS = 60
"""In a paragraph."""
TAGS = ("apprenticeships", "mobility", "visits")
SUMMARY = "Learners of both schools worked together for three weeks, and tell what they made."
PARTNER = "Noorderpoort"
PICTURE = (1600, 1000)
"""In pixels."""

SYLLABLES = ["ba", "de", "fi", "go", "lu", "mar", "nes", "or", "pra", "stu", "ten", "vo"]


def body(link: int, article: int = 0) -> list[tuple[str, str]]:
    """Returns the body of an article: paragraphs, the first of which leads to the page ``link``.

    The words are made up, as many different ones as a text of this length has; each article has
    others.
    """
    chance = random.Random(article)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(150)]
    texts = [" ".join(chance.choices(vocabulary, k=WORDS)) for _number in range(PARAGRAPHS)]
    texts[0] += f' <a linktype="page" id="{link}">read on</a>'
    return [("paragraph", f"<p>{text}, <b>{PARTNER}</b>.</p>") for text in texts]
