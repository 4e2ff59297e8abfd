"""The caller's own profile, agents, teams."""

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.rest.answers import answer, not_found, unauthorized
from chatwootai.simulators.chatwoot.rest.caller import NOT_FOR_BOTS, identify, installation_of, owner_of_token
from chatwootai.simulators.chatwoot.rest.shapes import agent_shape, team_shape
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.people import (
    AgentBot,
    accounts_of,
    members_of,
    teams,
    token_of,
    users_of_account,
)

router = APIRouter()


@router.get("/profile")
async def profile(request: Request) -> Response:
    """Who the token belongs to, and the accounts it opens; for people only."""
    who = owner_of_token(request)
    if isinstance(who, AgentBot):
        raise unauthorized(NOT_FOR_BOTS)
    db = installation_of(request).db
    memberships = accounts_of(db, who.id)
    first_account, role = memberships[0] if memberships else (None, "agent")
    return answer(
        {
            "id": who.id,
            "uid": who.email,
            "name": who.name,
            "display_name": None,
            "available_name": who.name,
            "email": who.email,
            "account_id": first_account,
            "role": role,
            "access_token": token_of(db, "User", who.id),
            "avatar_url": "",
            "confirmed": True,
            "provider": "email",
            "type": None,
            "ui_settings": {},
            "accounts": [
                {
                    "id": account_id,
                    "name": accounts.require(db, account_id).name,
                    "status": "active",
                    "role": account_role,
                    "permissions": [account_role],
                    "availability": "online" if who.online else "offline",
                    "availability_status": "online" if who.online else "offline",
                    "auto_offline": True,
                }
                for account_id, account_role in memberships
            ],
        }
    )


@router.get("/accounts/{account_id}/agents")
async def agents(request: Request, account_id: int) -> Response:
    """Everybody who works in the account."""
    identify(request, account_id)
    db = installation_of(request).db
    return answer([agent_shape(db, user, account_id) for user in users_of_account(db, account_id)])


@router.get("/accounts/{account_id}/assignable_agents")
async def assignable_agents(request: Request, account_id: int) -> Response:
    """People a conversation can be given to: here, all of them."""
    identify(request, account_id)
    db = installation_of(request).db
    return answer(
        {"payload": [agent_shape(db, user, account_id) for user in users_of_account(db, account_id)]}
    )


@router.get("/accounts/{account_id}/teams")
async def list_teams(request: Request, account_id: int) -> Response:
    """Teams of the account."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    found = teams.all(db, "account_id = ? ORDER BY id", account_id)
    return answer([team_shape(db, team, caller.user) for team in found])


@router.get("/accounts/{account_id}/teams/{team_id}")
async def show_team(request: Request, account_id: int, team_id: int) -> Response:
    """One team."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    team = teams.first(db, "id = ? AND account_id = ?", team_id, account_id)
    if team is None:
        raise not_found()
    return answer(team_shape(db, team, caller.user))


@router.get("/accounts/{account_id}/teams/{team_id}/team_members")
async def team_members(request: Request, account_id: int, team_id: int) -> Response:
    """People of a team."""
    identify(request, account_id)
    db = installation_of(request).db
    team = teams.first(db, "id = ? AND account_id = ?", team_id, account_id)
    if team is None:
        raise not_found()
    return answer([agent_shape(db, user, account_id) for user in members_of(db, team.id)])
