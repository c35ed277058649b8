"""What stands in an issue for values that each recipient has alone.

They are addresses of a host that cannot exist (RFC 6761, 6.4), so that they pass through MJML,
css-inline and the escaping of HTML as they are, and a mail in which one was left over leads nowhere
rather than to a stranger's settings. ``rendering.compiling`` puts the values in.
"""

from typing import Final

UNSUBSCRIBE_URL: Final = "https://recipient.invalid/unsubscribe"
"""Where one click ends the subscription; in HTML and text alike."""

PREFERENCES_URL: Final = "https://recipient.invalid/preferences"
"""Where lists and language can be changed."""

PLACEHOLDERS: Final = (UNSUBSCRIBE_URL, PREFERENCES_URL)
