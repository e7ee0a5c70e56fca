"""The same comparison by Alembic: python3 alembic_autogenerate.py URL TABLES COLUMNS RUNS. Prints the median, in seconds."""
import statistics
import sys
import time

try:
    import sqlalchemy as sa
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
except ImportError:
    sys.exit(3)

url, tables, columns, runs = sys.argv[1], *map(int, sys.argv[2:5])
sys.setrecursionlimit(100_000)

metadata = sa.MetaData()
for at in range(tables):
    parent = [sa.ForeignKey(f"table_{at - 1}.id")] if at > 0 else []
    table = sa.Table(
        f"table_{at}",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        *[
            sa.Column(f"column_{n}", sa.String(100) if n % 2 == 0 else sa.Integer, nullable=n % 3 == 0)
            for n in range(columns - 4)
        ],
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("at", sa.DateTime),
        sa.Column("parent_id", sa.Integer, *parent),
    )
    sa.Index(f"ix_table_{at}_at", table.c.at)

engine = sa.create_engine(url)
times = []
for _ in range(runs):
    with engine.connect() as connection:
        start = time.perf_counter()
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
        elapsed = time.perf_counter() - start
    if differences:
        sys.exit(f"Alembic finds differences: {differences[:2]}")
    times.append(elapsed)
print(statistics.median(times))
