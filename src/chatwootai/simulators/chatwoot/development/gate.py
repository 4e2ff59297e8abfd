"""Who may use `/simulator`: it needs no token, so it only answers to this machine and its own pages."""

import ipaddress

from fastapi import Request

from chatwootai.simulators.chatwoot.rest.answers import RestError
from chatwootai.simulators.chatwoot.rest.caller import installation_of


async def require_loopback(request: Request) -> None:
    """Refuse other host names (DNS rebinding) and calls that another site's page makes.

    Raises:
        RestError: 403.
    """
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise RestError(403, {"error": "Cross-site calls are refused"})
    if not installation_of(request).settings.allow_any_host and not _is_loopback(request.url.hostname or ""):
        raise RestError(403, {"error": "/simulator only answers on loopback"})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
