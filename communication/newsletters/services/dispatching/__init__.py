"""Sends issues: from freezing what is sent to what became of each mail.

In the order in which it happens: ``preparing`` with ``languages``, ``scheduling`` with
``rechecking``, ``selecting``, ``sending`` with ``delivering`` and ``breaking``, ``pausing``,
``finishing``; then ``correcting`` and ``resending``.
"""
