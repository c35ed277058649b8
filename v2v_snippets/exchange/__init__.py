"""The termbase as files: SKOS, TBX-Basic, CSV and XLSX.

Pure functions over frozen dataclasses. Every reader gives rows with their places, and one builder
makes concepts of them, so that all formats refuse the same faults in the same words. Models stay
out; ``services/glossary_export.py`` brings both together.
"""
