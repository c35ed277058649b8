"""What an answer costs, here, in stock Wagtail, and at the least: ``python -m benchmarks.serving``.

Serves the same 1,000 articles by this project (with its byte cache and without) and by a project
that ``wagtail start`` makes, through its APIs v2 and v3; as limits, "hello, world" and our cached
answers from an application that does nothing else; each by one worker of the same server. Prints
a table and the goals, and draws both. On SQLite, and with ``DATABASE_URL`` (and ``CACHE_URL``) on
that PostgreSQL as well; ``--quick`` is a first look.
"""
