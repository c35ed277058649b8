"""What schemathesis thinks of requests from: the OpenAPI document, and what there is to ask."""

from typing import Any
from uuid import UUID

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from communication.syndication.key_format import write_key

Case = schemathesis.Case[Any]

ARTICLE = UUID("5f0c7a8e-0000-4000-8000-000000000001")
STORY = UUID("5f0c7a8e-0000-4000-8000-000000000002")
KEY = write_key("ForTests", "x" * 32)
"""Its site may not have all languages and types, so that some requests are refused."""

known = st.sampled_from([str(ARTICLE), str(STORY)])
schemathesis.openapi.format("uuid", known | st.uuids().map(str))
schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("token", st.just(""))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

many = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
fewest = settings(many, max_examples=2, derandomize=True, phases=[Phase.generate, Phase.shrink])
few = settings(many, max_examples=10, derandomize=True, phases=[Phase.generate, Phase.shrink])
