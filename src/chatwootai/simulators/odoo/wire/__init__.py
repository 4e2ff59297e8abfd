"""Odoo's HTTP face: JSON-RPC, XML-RPC, JSON-2 and the routes of the web client."""

from __future__ import annotations

from chatwootai.simulators.odoo.wire import images, json2, jsonrpc, session, versions, xmlrpc

ROUTERS = (
    jsonrpc.router,
    xmlrpc.router,
    json2.router,
    session.router,
    images.router,
    versions.router,
    versions.living,
)
