"""Sends issues: from freezing what is sent to what became of each mail.

In the order in which it happens: ``preparing``, ``scheduling``, ``selecting``, ``sending`` with
``delivering``, ``pausing`` and ``noting``, ``finishing``; then ``correcting`` and ``resending``.
"""
