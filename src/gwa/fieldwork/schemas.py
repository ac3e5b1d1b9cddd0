"""What telephones send to the door `/phone/v1/`."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

Word = Annotated[str, Field(min_length=1, max_length=100)]
Version = Annotated[str, Field(max_length=40)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Bytes = Annotated[int, Field(ge=0, le=2**53)]


class Hello(BaseModel):
    """The first word of a telephone that was enrolled."""

    client_device_id: Word
    app_version: Version = ""


class SignIn(Hello):
    """An account that signs in from its own telephone."""

    name: Word
    password: Annotated[str, Field(max_length=1000)]
    device_name: Annotated[str, Field(max_length=100)] = ""


class Held(BaseModel):
    """What is on the telephone and nowhere else."""

    drafts: Count = 0
    waiting: Count = 0
    oldest_at: AwareDatetime | None = None


class Storage(BaseModel):
    """How the browser keeps what the application stores."""

    persisted: bool | None = None
    used: Bytes | None = None
    quota: Bytes | None = None


class Pin(BaseModel):
    """How the vault stands."""

    misses: Annotated[int, Field(ge=0, le=1000)] = 0
    shut: bool = False


class Contact(BaseModel):
    """What a telephone says of itself each time it has network."""

    clock: AwareDatetime
    app_version: Version = ""
    held: Held = Held()
    storage: Storage = Storage()
    pin: Pin = Pin()


class Knock(BaseModel):
    """All that a locked telephone can say."""

    knock: Annotated[str, Field(max_length=64)]
