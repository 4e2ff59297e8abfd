"""Who may deliver: whoever knows the account's path secret, or signs with its signing secret."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping

from chatwootai.bootstrap.webhook import Doors
from chatwootai.domain.errors import DeliveryRejected
from chatwootai.integrations.chatwoot.webhooks import verify_signature

SIGNATURE = "x-chatwoot-signature"
TIMESTAMP = "x-chatwoot-timestamp"


def authenticate(doors: Doors, secret: str, headers: Mapping[str, str], body: bytes) -> None:
    """Raise `DeliveryRejected(401)` unless a proof is given and every proof that is given is right.

    Chatwoot signs an agent bot's webhooks only since 4.13, so a path secret alone is enough; but a wrong
    signature is refused even behind the right path.
    """
    signature = headers.get(SIGNATURE)
    proofs: list[bool] = []
    if secret:
        proofs.append(_equal(secret, doors.path_secret))
    if signature and doors.signing_secret:
        timestamp = headers.get(TIMESTAMP, "")
        proofs.append(verify_signature(doors.signing_secret, timestamp, signature, body, time.time()))
    if not proofs or not all(proofs):
        raise DeliveryRejected(401, "wrong secret or signature")


def _equal(given: str, expected: str | None) -> bool:
    right = hmac.compare_digest(given.encode(), (expected or "").encode())
    return right and expected is not None
