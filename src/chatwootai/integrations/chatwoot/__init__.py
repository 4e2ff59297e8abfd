"""Chatwoot: the REST client behind `domain.helpdesk`, and the reading of its webhooks."""

from chatwootai.integrations.chatwoot.client import ChatwootHelpdesk
from chatwootai.integrations.chatwoot.transport import ChatwootAccess

__all__ = ["ChatwootAccess", "ChatwootHelpdesk"]
