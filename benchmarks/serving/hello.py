"""The least that an application of the server can do."""


def application(environ, start_response):
    del environ
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [b"Hello, world!"]
