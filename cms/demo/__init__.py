"""The demo: the article that announced the project, and all that it names.

Everything here is said by the article or by the project's list of partners. What is an example,
says so on its page.
"""
