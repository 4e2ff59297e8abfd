"""Tables of the stand-in; times are Unix seconds (REAL), JSON is text."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, locale TEXT NOT NULL, settings TEXT NOT NULL DEFAULT '{}',
  last_display_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS inboxes (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  identifier TEXT NOT NULL UNIQUE, phone_number TEXT, webhook_url TEXT, secret TEXT NOT NULL,
  greeting_enabled INTEGER NOT NULL DEFAULT 0, greeting_message TEXT,
  lock_to_single_conversation INTEGER NOT NULL DEFAULT 0, enable_auto_assignment INTEGER NOT NULL DEFAULT 0,
  agent_reply_time_window INTEGER, agent_bot_id INTEGER);
CREATE INDEX IF NOT EXISTS inboxes_of_account ON inboxes (account_id, id);
CREATE TABLE IF NOT EXISTS users (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, online INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS account_users (
  account_id INTEGER NOT NULL, user_id INTEGER NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (account_id, user_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbox_members (
  inbox_id INTEGER NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (inbox_id, user_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS teams (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, name TEXT NOT NULL, description TEXT,
  allow_auto_assign INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS team_members (
  team_id INTEGER NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (team_id, user_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agent_bots (
  id INTEGER PRIMARY KEY, account_id INTEGER, name TEXT NOT NULL, description TEXT, outgoing_url TEXT,
  secret TEXT NOT NULL, bot_config TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS access_tokens (
  token TEXT PRIMARY KEY, owner_type TEXT NOT NULL, owner_id INTEGER NOT NULL, UNIQUE (owner_type, owner_id)
  ) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, name TEXT NOT NULL, email TEXT,
  phone_number TEXT, identifier TEXT, blocked INTEGER NOT NULL DEFAULT 0,
  custom_attributes TEXT NOT NULL DEFAULT '{}', additional_attributes TEXT NOT NULL DEFAULT '{}',
  labels TEXT NOT NULL DEFAULT '[]', last_activity_at REAL, created_at REAL NOT NULL,
  updated_at REAL NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS contact_email ON contacts (account_id, email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS contact_phone ON contacts (account_id, phone_number)
  WHERE phone_number IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS contact_identifier ON contacts (account_id, identifier)
  WHERE identifier IS NOT NULL;
CREATE INDEX IF NOT EXISTS contacts_by_name ON contacts (account_id, name COLLATE NOCASE);
CREATE TABLE IF NOT EXISTS notes (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, user_id INTEGER,
  content TEXT NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS notes_of_contact ON notes (contact_id, id);
CREATE TABLE IF NOT EXISTS contact_inboxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, contact_id INTEGER NOT NULL,
  inbox_id INTEGER NOT NULL, source_id TEXT NOT NULL, pubsub_token TEXT NOT NULL UNIQUE,
  hmac_verified INTEGER NOT NULL DEFAULT 0, last_message_id INTEGER,
  customer_seen_id INTEGER NOT NULL DEFAULT 0,
  created_at REAL NOT NULL, updated_at REAL NOT NULL, UNIQUE (inbox_id, source_id));
CREATE INDEX IF NOT EXISTS contact_inboxes_of_contact ON contact_inboxes (contact_id, inbox_id);
CREATE INDEX IF NOT EXISTS threads_by_activity ON contact_inboxes (account_id, last_message_id);
CREATE TABLE IF NOT EXISTS conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, display_id INTEGER NOT NULL,
  inbox_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, contact_inbox_id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  status TEXT NOT NULL, priority TEXT, assignee_id INTEGER, assignee_agent_bot_id INTEGER, team_id INTEGER,
  custom_attributes TEXT NOT NULL DEFAULT '{}', additional_attributes TEXT NOT NULL DEFAULT '{}',
  labels TEXT NOT NULL DEFAULT '[]', snoozed_until REAL, waiting_since REAL, first_reply_created_at REAL,
  agent_last_seen_at REAL, contact_last_seen_at REAL, last_activity_at REAL NOT NULL,
  created_at REAL NOT NULL, updated_at REAL NOT NULL, UNIQUE (account_id, display_id));
CREATE INDEX IF NOT EXISTS conversations_by_activity ON conversations (account_id, last_activity_at);
CREATE INDEX IF NOT EXISTS conversations_by_status ON conversations (account_id, status, last_activity_at);
CREATE INDEX IF NOT EXISTS conversations_by_update ON conversations (account_id, updated_at);
CREATE INDEX IF NOT EXISTS conversations_by_assignee
  ON conversations (account_id, status, assignee_id, assignee_agent_bot_id, inbox_id);
CREATE INDEX IF NOT EXISTS conversations_of_thread ON conversations (contact_inbox_id, id);
CREATE INDEX IF NOT EXISTS conversations_of_contact ON conversations (contact_id, id);
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, conversation_id INTEGER NOT NULL,
  contact_inbox_id INTEGER NOT NULL, inbox_id INTEGER NOT NULL, content TEXT, message_type INTEGER NOT NULL,
  content_type TEXT NOT NULL, private INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL, source_id TEXT,
  unsent INTEGER NOT NULL DEFAULT 0, content_attributes TEXT NOT NULL DEFAULT '{}',
  additional_attributes TEXT NOT NULL DEFAULT '{}', attachments TEXT NOT NULL DEFAULT '[]', sender_type TEXT,
  sender_id INTEGER, created_at REAL NOT NULL, updated_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS messages_of_conversation ON messages (conversation_id, id);
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (conversation_id, created_at);
CREATE INDEX IF NOT EXISTS messages_by_type ON messages (conversation_id, message_type, created_at);
CREATE INDEX IF NOT EXISTS messages_of_thread ON messages (contact_inbox_id, id);
CREATE INDEX IF NOT EXISTS messages_by_source ON messages (conversation_id, source_id)
  WHERE source_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS webhooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, url TEXT NOT NULL, name TEXT,
  subscriptions TEXT NOT NULL, secret TEXT NOT NULL, UNIQUE (account_id, url));
CREATE TABLE IF NOT EXISTS dashboard_apps (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, title TEXT NOT NULL,
  content TEXT NOT NULL,
  user_id INTEGER, created_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS webhook_jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, target_kind TEXT NOT NULL,
  target_id INTEGER NOT NULL, event TEXT NOT NULL, account_id INTEGER NOT NULL, conversation_id INTEGER,
  record_type TEXT NOT NULL, record_id INTEGER NOT NULL, payload TEXT, extra TEXT NOT NULL DEFAULT '{}',
  delivery TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, disturbed INTEGER NOT NULL DEFAULT 0,
  due_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS webhook_jobs_due ON webhook_jobs (queue, id);
CREATE INDEX IF NOT EXISTS webhook_jobs_by_time ON webhook_jobs (due_at);
CREATE TABLE IF NOT EXISTS channel_jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER NOT NULL, step TEXT NOT NULL,
  due_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS channel_jobs_by_time ON channel_jobs (due_at);
CREATE TABLE IF NOT EXISTS simulator_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the stand-in's file, creating it and its tables if needed.

    WAL with NORMAL survives `kill -9` of the process; only a power cut may lose the last commits, which a
    development tool can bear for being able to commit thousands of times a second.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Opened by whoever builds the app, used by the one thread that runs the event loop.
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;")
    connection.executescript(TABLES)
    return connection
