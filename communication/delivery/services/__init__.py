"""The verbs of delivery: what the worker does, step by step."""
