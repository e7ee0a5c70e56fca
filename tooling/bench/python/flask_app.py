"""A Flask application with Freshmaker's tables and nothing else."""
import os

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from tables import metadata

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://")
database = SQLAlchemy(app, metadata=metadata)
Migrate(app, database, directory=os.environ.get("BENCH_MIGRATIONS", "migrations"), compare_type=True)
