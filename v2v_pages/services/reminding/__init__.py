"""Reminds editors by mail of what only they can do, once for each occasion.

The claim is committed before the mail is handed over. A crash in between loses a reminder, which
reports and the start page of the admin still show; the other order would send it again.
"""
