"""Files behind `data_url`: one silent voice note and one dot, whatever is asked for."""

import base64
import io
import wave
from functools import cache

from fastapi import APIRouter, Response

router = APIRouter()

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
RATE = 8000


@router.get("/rails/active_storage/blobs/redirect/{token}/{name}")
async def blob(token: str, name: str) -> Response:
    """A file of the kind that the name promises."""
    if name.endswith(".wav"):
        return Response(_silence(), media_type="audio/wav")
    return Response(DOT, media_type="image/png")


@cache
def _silence() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"\0\0" * RATE)
    return written.getvalue()
