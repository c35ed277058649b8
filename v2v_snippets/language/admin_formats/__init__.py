"""How Django writes dates and numbers, in the languages that it lacks or writes badly.

The setting ``FORMAT_MODULE_PATH`` names this package: one module a language, as Django wants it.
Readers get their dates from the Unicode CLDR (``formats.py``); these are those of the admin.
"""
