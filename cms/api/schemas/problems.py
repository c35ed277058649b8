"""Errors, after RFC 9457."""

from pydantic import BaseModel, Field


class MistakeSchema(BaseModel):
    """One thing that is wrong with a request."""

    parameter: str
    message: str
    allowed: list[str] = Field(default=[], description="What would have been right.")


class ProblemSchema(BaseModel):
    """Why there is no answer, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[MistakeSchema] = []
