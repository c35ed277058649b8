"""The least that a server needs for our answers: the same bytes and headers, and nothing else."""

import json
import os
from base64 import b64decode
from pathlib import Path

ADDRESSES = {
    address: (status, [(name, value) for name, value in headers], b64decode(body))
    for address, (status, headers, body) in json.loads(
        Path(os.environ["SERVING_ANSWERS"]).read_text()
    ).items()
}


def application(environ, start_response):
    status, headers, body = ADDRESSES[f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"]
    start_response(status, headers.copy())
    return [body]
