"""Which of the programs and libraries are there: prints their versions as JSON, null for what is missing."""
import json
import platform
from importlib import import_module, metadata

versions = {"python": platform.python_version()}
for module, package in {
    "alembic": "alembic",
    "flask_migrate": "Flask-Migrate",
    "sqlalchemy": "SQLAlchemy",
    "psycopg2": "psycopg2",
}.items():
    try:
        import_module(module)
        versions[module] = metadata.version(package)
    except (ImportError, metadata.PackageNotFoundError):
        versions[module] = None
print(json.dumps(versions))
