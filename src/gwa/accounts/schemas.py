"""What the token endpoint takes and gives (RFC 6749)."""

from typing import Literal

from pydantic import BaseModel, Field


class TokenRequest(BaseModel):
    """The form by which a machine asks for a token; `Authorization: Basic` may hold the secret."""

    grant_type: Literal["client_credentials"] = Field(description="`client_credentials`.")
    client_id: str = Field(default="", max_length=100)
    client_secret: str = Field(default="", max_length=200)
    scope: str = Field(
        default="", max_length=2000, description="Rights parted by spaces; none: all of yours."
    )


class TokenOut(BaseModel):
    """A token: send it as `Authorization: Bearer …`."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="Seconds.")
    scope: str


class TokenRefused(BaseModel):
    """Why no token was given, in the words of RFC 6749 §5.2."""

    error: str
    error_description: str = ""
