"""What this app tells others, which Django's own signals do not."""

from typing import Final

from django.dispatch import Signal

concepts_written: Final = Signal()
"""Sent when concepts were written many at once, past ``save()``.

``keys`` are the primary keys of the concepts; the transaction is not done yet.
"""

rows_written: Final = Signal()
"""Sent when what readers see was changed past ``save()``, by a query that updates rows.

``sender`` is the model and ``keys`` are the primary keys of the rows; of what only some answers are
made of, such as an index, there may be none.
"""
