#!/usr/bin/env python
"""Runs Django's management commands; without further settings, on the embedded SQLite site."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
