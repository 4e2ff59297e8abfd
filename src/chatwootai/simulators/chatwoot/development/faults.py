"""Faults on demand, and health."""

from fastapi import APIRouter, Depends, Request, Response

from chatwootai.simulators.chatwoot.development.gate import require_loopback
from chatwootai.simulators.chatwoot.faults import FaultPlan
from chatwootai.simulators.chatwoot.rest.answers import answer, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import installation_of
from chatwootai.simulators.chatwoot.rest.params import read_params

router = APIRouter(prefix="/simulator", dependencies=[Depends(require_loopback)])


@router.get("/faults")
async def show(request: Request) -> Response:
    """The plan in force."""
    return answer(installation_of(request).faults.plan.as_json())


@router.put("/faults")
async def replace(request: Request) -> Response:
    """A new plan; what it leaves out does not happen."""
    faults = installation_of(request).faults
    try:
        faults.set(FaultPlan.parse((await read_params(request)).values))
    except ValueError as error:
        raise unprocessable(str(error)) from error
    return answer(faults.plan.as_json())


@router.delete("/faults")
async def clear(request: Request) -> Response:
    """No more faults."""
    faults = installation_of(request).faults
    faults.set(FaultPlan())
    faults.go_down(0)
    return answer(faults.plan.as_json())


@router.put("/down")
async def down(request: Request) -> Response:
    """Answer 503 to every REST call for some seconds."""
    seconds = (await read_params(request)).values.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise unprocessable("seconds must be a number that is not negative")
    installation_of(request).faults.go_down(seconds)
    return answer({"seconds": seconds})


@router.get("/health")
async def health(request: Request) -> Response:
    """Version and size; `waiting` counts webhooks that have not been tried."""
    installation = installation_of(request)
    sql = (
        "SELECT (SELECT count(*) FROM accounts), (SELECT coalesce(max(id), 0) FROM messages), "
        "(SELECT count(*) FROM webhook_jobs)"
    )
    accounts, messages, waiting = installation.db.execute(sql).fetchone()
    return answer(
        {
            "version": installation.features.version,
            "accounts": accounts,
            "messages": messages,
            "waiting": waiting,
        }
    )
