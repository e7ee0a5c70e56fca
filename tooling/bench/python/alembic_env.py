"""What Alembic runs on every command that asks a database: no more than a project needs."""
import os
import sys

import sqlalchemy as sa
from alembic import context

target_metadata = None
if "BENCH_TABLES" in os.environ:
    sys.path.append(os.environ["BENCH_TABLES"])
    from tables import metadata as target_metadata

engine = sa.create_engine(os.environ["BENCH_DATABASE_URL"], poolclass=sa.pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        compare_type=True,
        transaction_per_migration="BENCH_TRANSACTION_EACH" in os.environ,
    )
    with context.begin_transaction():
        context.run_migrations()
