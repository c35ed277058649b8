"""The headless content API, an app of its own: ``cms.api`` here, ``v2v_api`` in the wheel."""
