"""Freshmaker's tables as its history leaves them, for Alembic and Flask-Migrate to compare with."""
import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("username", sa.String(200), nullable=False, unique=True),
)

sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.String, nullable=False),
    sa.Column("search_key", sa.String, nullable=False),
    sa.Column("event_type_id", sa.Integer, nullable=False),
    sa.Column("released", sa.Boolean),
    sa.Column("manual_triggered", sa.Boolean),
    sa.Column("state", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state_reason", sa.String),
    sa.Column("time_created", sa.DateTime),
    sa.Column("dry_run", sa.Boolean),
    sa.Column("requester", sa.String),
    sa.Column("requested_rebuilds", sa.String),
    sa.Column("requester_metadata", sa.String),
    sa.Column("time_done", sa.DateTime),
    sa.Index("idx_event_message_id", "message_id", unique=True),
)

sa.Table(
    "event_dependencies",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
    sa.Column("event_dependency_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
    sa.Index("idx_event_dependency_rel", "event_id", "event_dependency_id", unique=True),
)

sa.Table(
    "artifact_builds",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("type", sa.Integer),
    sa.Column("state", sa.Integer, nullable=False),
    sa.Column("time_submitted", sa.DateTime, nullable=False),
    sa.Column("time_completed", sa.DateTime),
    sa.Column("dep_on_id", sa.Integer, sa.ForeignKey("artifact_builds.id")),
    sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id")),
    sa.Column("build_id", sa.Integer),
    sa.Column("build_args", sa.String),
    sa.Column("state_reason", sa.String),
    sa.Column("original_nvr", sa.String),
    sa.Column("rebuilt_nvr", sa.String),
    sa.Column("rebuild_reason", sa.Integer),
    sa.Column("bundle_pullspec_overrides", sa.Text),
)

sa.Table(
    "composes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("odcs_compose_id", sa.Integer, nullable=False),
    sa.Index("idx_odcs_compose_id", "odcs_compose_id", unique=True),
)

sa.Table(
    "artifact_build_composes",
    metadata,
    sa.Column("build_id", sa.Integer, sa.ForeignKey("artifact_builds.id"), primary_key=True),
    sa.Column("compose_id", sa.Integer, sa.ForeignKey("composes.id"), primary_key=True),
)
