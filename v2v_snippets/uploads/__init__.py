"""What comes into the house as a file: checked, and freed of what it must not tell.

Every way in ends here: forms check through ``forms``, and whatever is stored without a form passes
``fields``. Nothing is decoded before its size is known from the header.
"""
