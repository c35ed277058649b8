"""What is public, in which language a reader gets it, and under which address.

Code on Wagtail's ``Page`` alone, without models, so that every plugin can rely on it.
"""
