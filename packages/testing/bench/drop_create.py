"""The way of Freshmaker's Python tests: before each test drop all tables, create them, add the user.

Usage: drop_create.py SCHEMA.db RUNS; prints the milliseconds of each run as JSON.
"""

import json
import sys
import time

import sqlalchemy
from sqlalchemy.pool import StaticPool

schema, runs = sys.argv[1], int(sys.argv[2])
metadata = sqlalchemy.MetaData()
metadata.reflect(sqlalchemy.create_engine(f"sqlite:///{schema}"))
engine = sqlalchemy.create_engine(
    "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
)
times = []
for _ in range(runs + 3):
    start = time.perf_counter()
    metadata.drop_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(metadata.tables["users"].insert().values(username="tester1"))
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps({"times": times[3:], "version": sqlalchemy.__version__}))
