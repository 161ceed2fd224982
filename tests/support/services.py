"""What this machine offers to tests: PostgreSQL, Redis, a browser with a Chinese font."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator

POSTGRES_DEFAULTS = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres?host=/var/run/postgresql")
REDIS_DEFAULT = "redis://127.0.0.1:6379/9"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Unreachable(Exception):
    """A service that was named by the environment does not answer."""


def find_postgres() -> str:
    """The address of a server on which we may create databases; empty when there is none."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    for url in [named] if named else POSTGRES_DEFAULTS:
        if may_create_databases(url):
            return url
    if named:
        raise Unreachable("TEST_DATABASE_URL is set, but no PostgreSQL that lets us create databases answers there.")
    return ""


def may_create_databases(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


@contextlib.contextmanager
def fresh_database(root: str, what: str) -> Iterator[str]:
    """The address of an empty database beside the one at `root`, dropped afterwards; `what` begins its name."""
    import psycopg

    name = f"{what}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(root, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        base, mark, query = root.partition("?")
        try:
            yield f"{base.rsplit('/', 1)[0]}/{name}{mark}{query}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def find_redis() -> str:
    from redis import Redis, RedisError

    named = os.environ.get("TEST_REDIS_URL", "")
    try:
        with Redis.from_url(named or REDIS_DEFAULT, socket_connect_timeout=3) as redis:
            redis.ping()
    except (RedisError, OSError):
        if named:
            raise Unreachable("TEST_REDIS_URL is set, but no Redis answers there.") from None
        return ""
    return named or REDIS_DEFAULT


def find_browser() -> str:
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), "")


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def missing_for_browser() -> Iterator[str]:
    if not find_browser():
        yield "chromium"
    if not has_chinese_font():
        yield "fonts-noto-cjk"


def install_browser() -> str:
    """Install what the browser journeys lack, where that is ours to do; returns what is still missing, in words."""
    wanted = list(missing_for_browser())
    if not wanted:
        return ""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *wanted, "fontconfig"]):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        wanted = list(missing_for_browser())
    if not wanted:
        return ""
    return f"missing: {', '.join(wanted)} (on Debian, as root: apt-get install {' '.join(wanted)})"
