-- One text for SQLite and PostgreSQL; the placeholders name the types that differ.
-- Instants are microseconds since the epoch. Every key outside the directory begins with the workspace.

CREATE TABLE heads (
  workspace_id ${uuid} NOT NULL PRIMARY KEY,
  position     BIGINT  NOT NULL CHECK (position >= 0)
) ${heads_options};

CREATE TABLE roots (
  workspace_id ${uuid}  NOT NULL,
  root_id      ${uuid}  NOT NULL,
  version      INTEGER  NOT NULL CHECK (version >= 1),
  is_open      SMALLINT NOT NULL CHECK (is_open IN (0, 1)),
  PRIMARY KEY (workspace_id, root_id)
) ${keyed};

CREATE TABLE log (
  workspace_id ${uuid} NOT NULL,
  root_id      ${uuid} NOT NULL,
  append_no    INTEGER NOT NULL CHECK (append_no >= 1),
  position     BIGINT  NOT NULL CHECK (position >= 1),
  at           BIGINT  NOT NULL,
  author       TEXT    NOT NULL,
  events       TEXT    NOT NULL,
  PRIMARY KEY (workspace_id, root_id, append_no),
  UNIQUE (workspace_id, position)
);

CREATE TABLE payloads (
  workspace_id ${uuid}  NOT NULL,
  root_id      ${uuid}  NOT NULL,
  digest       TEXT     NOT NULL,
  body         ${bytes} NOT NULL,
  PRIMARY KEY (workspace_id, root_id, digest)
);

CREATE TABLE intents (
  workspace_id   ${uuid} NOT NULL,
  intent_id      ${uuid} NOT NULL,
  root_id        ${uuid} NOT NULL,
  parent_id      ${uuid},
  status         TEXT    NOT NULL,
  is_open        SMALLINT NOT NULL CHECK (is_open IN (0, 1)),
  intent_type    TEXT    NOT NULL,
  from_agent     TEXT    NOT NULL,
  to_agent       TEXT    NOT NULL,
  correlation_id ${uuid} NOT NULL,
  created_at     BIGINT  NOT NULL,
  updated_at     BIGINT  NOT NULL,
  PRIMARY KEY (workspace_id, intent_id)
) ${keyed};
CREATE INDEX intents_open ON intents (workspace_id, intent_id) WHERE is_open = 1;
CREATE INDEX intents_correlation ON intents (workspace_id, correlation_id, intent_id);

CREATE TABLE tasks (
  workspace_id ${uuid}  NOT NULL,
  intent_id    ${uuid}  NOT NULL,
  task_id      ${uuid}  NOT NULL,
  is_open      SMALLINT NOT NULL CHECK (is_open IN (0, 1)),
  intent_type  TEXT     NOT NULL,
  from_agent   TEXT     NOT NULL,
  title        TEXT     NOT NULL,
  assignees    TEXT     NOT NULL,
  asked_at     BIGINT   NOT NULL,
  due_at       BIGINT,
  status       TEXT     NOT NULL,
  outcome      TEXT,
  decided_by   TEXT,
  updated_at   BIGINT   NOT NULL,
  PRIMARY KEY (workspace_id, intent_id, task_id)
) ${keyed};
CREATE INDEX tasks_open ON tasks (workspace_id, task_id) WHERE is_open = 1;
CREATE INDEX tasks_ended ON tasks (workspace_id, updated_at, task_id) WHERE is_open = 0;

CREATE TABLE deliveries (
  workspace_id ${uuid}  NOT NULL,
  address      TEXT     NOT NULL,
  position     BIGINT   NOT NULL,
  intent_id    ${uuid}  NOT NULL,
  home_id      ${uuid}  NOT NULL,
  root_id      ${uuid}  NOT NULL,
  mail         TEXT     NOT NULL CHECK (mail IN ('WORK', 'THREAD', 'COMPLETION')),
  is_open      SMALLINT NOT NULL CHECK (is_open IN (0, 1)),
  PRIMARY KEY (workspace_id, address, position)
) ${keyed};
CREATE INDEX deliveries_feed ON deliveries (workspace_id, position) WHERE mail = 'WORK';
CREATE INDEX deliveries_intent ON deliveries (workspace_id, intent_id, position) WHERE mail <> 'THREAD';
CREATE INDEX deliveries_open ON deliveries (workspace_id, address, position) WHERE is_open = 1;

-- What people and agents did to inbox threads; what came to an inbox is read from intents.
-- A thread as a whole lies in its home: the intent's workspace, or that of whoever began it.
CREATE TABLE threads (
  workspace_id ${uuid} NOT NULL,
  thread_id    ${uuid} NOT NULL,
  founder      TEXT    NOT NULL,
  mark         TEXT    CHECK (mark IN ('active', 'done')),
  marked_at    BIGINT  NOT NULL,
  entries      INTEGER NOT NULL CHECK (entries >= 0),
  hidden       TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  updated_at   BIGINT  NOT NULL,
  PRIMARY KEY (workspace_id, thread_id)
) ${keyed};

CREATE TABLE thread_entries (
  workspace_id ${uuid} NOT NULL,
  thread_id    ${uuid} NOT NULL,
  position     BIGINT  NOT NULL,
  entry_id     ${uuid} NOT NULL,
  kind         TEXT    NOT NULL,
  actor        TEXT    NOT NULL,
  author       TEXT    NOT NULL,
  at           BIGINT  NOT NULL,
  about        TEXT,
  text         TEXT,
  PRIMARY KEY (workspace_id, thread_id, position)
) ${keyed};

-- A thread in the inbox of one owner; a copy that changes moves to the workspace's new position.
CREATE TABLE thread_copies (
  workspace_id ${uuid}  NOT NULL,
  owner        TEXT     NOT NULL,
  thread_id    ${uuid}  NOT NULL,
  home_id      ${uuid}  NOT NULL,
  position     BIGINT   NOT NULL,
  read_to      BIGINT   NOT NULL,
  is_whole     SMALLINT NOT NULL CHECK (is_whole IN (0, 1)),
  hidden       TEXT     NOT NULL,
  PRIMARY KEY (workspace_id, owner, thread_id)
) ${keyed};
CREATE INDEX thread_copies_changed ON thread_copies (workspace_id, owner, position);
CREATE INDEX thread_copies_thread ON thread_copies (workspace_id, thread_id);

-- Decisions about what is no intent.
CREATE TABLE approvals (
  workspace_id ${uuid} NOT NULL,
  approval_id  ${uuid} NOT NULL,
  decision     TEXT    NOT NULL CHECK (decision IN ('approve', 'reject')),
  comment      TEXT,
  decided_by   TEXT    NOT NULL,
  decided_at   BIGINT  NOT NULL,
  PRIMARY KEY (workspace_id, approval_id)
) ${keyed};

CREATE TABLE timers (
  workspace_id ${uuid} NOT NULL,
  root_id      ${uuid} NOT NULL,
  intent_id    ${uuid} NOT NULL,
  kind         TEXT    NOT NULL,
  due_at       BIGINT  NOT NULL,
  not_before   BIGINT  NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, root_id, intent_id, kind)
) ${keyed};
CREATE INDEX timers_due ON timers (due_at);

-- What leaves the server: written with the event that caused it, sent afterwards.
CREATE TABLE outbox (
  workspace_id ${uuid} NOT NULL,
  id           ${uuid} NOT NULL,
  channel      TEXT    NOT NULL,
  destination  TEXT    NOT NULL,
  subject_id   ${uuid} NOT NULL,
  position     BIGINT  NOT NULL,
  body         TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('PENDING', 'SENT', 'DEAD')),
  tries        INTEGER NOT NULL DEFAULT 0,
  created_at   BIGINT  NOT NULL,
  due_at       BIGINT  NOT NULL,
  leased_until BIGINT  NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) ${keyed};
CREATE INDEX outbox_due ON outbox (channel, due_at, position) WHERE state = 'PENDING';
CREATE INDEX outbox_subject ON outbox (workspace_id, subject_id);
CREATE INDEX outbox_lane ON outbox (workspace_id, channel, destination, due_at)
  WHERE state = 'PENDING';
CREATE INDEX outbox_over ON outbox (created_at) WHERE state <> 'PENDING';

CREATE TABLE attempts (
  workspace_id ${uuid} NOT NULL,
  outbox_id    ${uuid} NOT NULL,
  number       INTEGER NOT NULL,
  at           BIGINT  NOT NULL,
  result       TEXT    NOT NULL,
  status       INTEGER NOT NULL,
  millis       BIGINT  NOT NULL,
  answer       TEXT    NOT NULL,
  PRIMARY KEY (workspace_id, outbox_id, number)
) ${keyed};

CREATE TABLE webhooks (
  workspace_id    ${uuid}  NOT NULL,
  subscription_id ${uuid}  NOT NULL,
  owner           TEXT     NOT NULL,
  callback_url    TEXT     NOT NULL,
  event_types     TEXT     NOT NULL,
  secret          TEXT,
  retired_secret  TEXT,
  retired_until   BIGINT,
  is_active       SMALLINT NOT NULL CHECK (is_active IN (0, 1)),
  disabled        TEXT,
  description     TEXT,
  maker           TEXT     NOT NULL,
  sees_everything SMALLINT NOT NULL CHECK (sees_everything IN (0, 1)),
  request         TEXT     NOT NULL,
  created_at      BIGINT   NOT NULL,
  updated_at      BIGINT   NOT NULL,
  revoked_at      BIGINT,
  PRIMARY KEY (workspace_id, subscription_id),
  UNIQUE (workspace_id, owner, callback_url)
);

-- Events that clients published; all others follow from the log.
CREATE TABLE webhook_events (
  workspace_id ${uuid} NOT NULL,
  event_id     ${uuid} NOT NULL,
  owner        TEXT    NOT NULL,
  event_type   TEXT    NOT NULL,
  source       TEXT    NOT NULL,
  payload      TEXT    NOT NULL,
  request_hash TEXT    NOT NULL,
  queued       INTEGER NOT NULL,
  at           BIGINT  NOT NULL,
  PRIMARY KEY (workspace_id, event_id)
) ${keyed};
CREATE INDEX webhook_events_old ON webhook_events (at);

CREATE TABLE idempotency (
  workspace_id ${uuid} NOT NULL,
  identity     TEXT    NOT NULL,
  route        TEXT    NOT NULL,
  request_key  TEXT    NOT NULL,
  request_hash TEXT    NOT NULL,
  outcome      TEXT    NOT NULL,
  intent_id    ${uuid},
  keep_until   BIGINT  NOT NULL,
  PRIMARY KEY (workspace_id, identity, route, request_key)
) ${keyed};
CREATE INDEX idempotency_old ON idempotency (keep_until);

-- The directory: who is who. Small, read often, changed seldom.

CREATE TABLE organizations (
  org_id         ${uuid} NOT NULL PRIMARY KEY,
  slug           TEXT    NOT NULL UNIQUE,
  name           TEXT    NOT NULL,
  legal_name     TEXT,
  primary_domain TEXT,
  status         TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'archived')),
  metadata       TEXT    NOT NULL,
  request_hash   TEXT    NOT NULL,
  created_at     BIGINT  NOT NULL,
  updated_at     BIGINT  NOT NULL
);

CREATE TABLE workspaces (
  workspace_id ${uuid} NOT NULL PRIMARY KEY,
  org_id       ${uuid} NOT NULL REFERENCES organizations,
  slug         TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  environment  TEXT    NOT NULL,
  status       TEXT    NOT NULL CHECK (status IN ('active', 'suspended', 'archived')),
  region       TEXT,
  request_hash TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  updated_at   BIGINT  NOT NULL,
  UNIQUE (org_id, slug)
);

CREATE TABLE people (
  person_id    ${uuid} NOT NULL PRIMARY KEY,
  workspace_id ${uuid} NOT NULL REFERENCES workspaces,
  email        TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  roles        TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  UNIQUE (workspace_id, email)
);

-- Roles beyond one's own workspace; without a workspace, in all of the organization.
CREATE TABLE members (
  member_id    ${uuid} NOT NULL PRIMARY KEY,
  org_id       ${uuid} NOT NULL REFERENCES organizations,
  workspace_id ${uuid} REFERENCES workspaces,
  actor_id     TEXT    NOT NULL,
  role         TEXT    NOT NULL,
  status       TEXT    NOT NULL CHECK (status IN ('active', 'invited', 'suspended', 'removed')),
  created_at   BIGINT  NOT NULL,
  updated_at   BIGINT  NOT NULL
);
CREATE UNIQUE INDEX members_organization ON members (org_id, actor_id) WHERE workspace_id IS NULL;
CREATE UNIQUE INDEX members_workspace ON members (workspace_id, actor_id)
  WHERE workspace_id IS NOT NULL;
CREATE INDEX members_actor ON members (actor_id);

CREATE TABLE accounts (
  account_id     TEXT    NOT NULL PRIMARY KEY,
  workspace_id   ${uuid} NOT NULL REFERENCES workspaces,
  person_id      ${uuid} REFERENCES people,
  name           TEXT    NOT NULL,
  address        TEXT    NOT NULL UNIQUE,
  display_name   TEXT,
  description    TEXT,
  delivery_mode  TEXT    NOT NULL,
  callback_url   TEXT,
  webhook_secret TEXT,
  status         TEXT    NOT NULL CHECK (status IN ('active', 'suspended', 'revoked')),
  created_by     TEXT    NOT NULL,
  created_at     BIGINT  NOT NULL,
  updated_at     BIGINT  NOT NULL,
  UNIQUE (workspace_id, name)
);
CREATE INDEX accounts_person ON accounts (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE keys (
  key_id      TEXT     NOT NULL PRIMARY KEY,
  account_id  TEXT     NOT NULL REFERENCES accounts,
  hash        TEXT     NOT NULL UNIQUE,
  hint        TEXT     NOT NULL,
  is_login    SMALLINT NOT NULL CHECK (is_login IN (0, 1)),
  name        TEXT,
  description TEXT,
  created_at  BIGINT   NOT NULL,
  expires_at  BIGINT,
  revoked_at  BIGINT
);
CREATE INDEX keys_account ON keys (account_id);

CREATE TABLE sessions (
  hash       TEXT    NOT NULL PRIMARY KEY,
  person_id  ${uuid} NOT NULL REFERENCES people,
  csrf       TEXT    NOT NULL,
  created_at BIGINT  NOT NULL,
  expires_at BIGINT  NOT NULL,
  revoked_at BIGINT
);

CREATE TABLE sign_in_links (
  hash       TEXT    NOT NULL PRIMARY KEY,
  person_id  ${uuid} NOT NULL REFERENCES people,
  expires_at BIGINT  NOT NULL,
  used_at    BIGINT
);

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE directory_version (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT  NOT NULL
);
INSERT INTO directory_version (id, version) VALUES (1, 1);
