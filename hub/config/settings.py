"""Settings. Embedded by default (SQLite, in-memory layer, DATA_DIR); several machines by environment alone.

DATABASE_URL, REDIS_URL, DATA_DIR, DEMO, PORT, ALLOWED_HOSTS, PUBLIC_URL, DEBUG: see docs/running.md.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hub.config.keys import load_keys

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve()
DEBUG = os.environ.get("DEBUG") == "1"
DEMO = os.environ.get("DEMO", "1") == "1"
PORT = int(os.environ.get("PORT") or 8000)
PUBLIC_URL = os.environ.get("PUBLIC_URL") or f"http://localhost:{PORT}"
REDIS_URL = os.environ.get("REDIS_URL", "")

_keys = load_keys(DATA_DIR)
SECRET_KEY = _keys["secret_key"]
LOOKUP_KEY = _keys["lookup_key"]
FIELD_KEYS = _keys["field_keys"]
CERTIFICATE_KEYS = _keys["certificate_keys"]

# The embedded default answers to any name, so that a phone on the same network can open it; an installation with a name
# of its own answers to that.
_name = urlsplit(PUBLIC_URL).hostname or ""
_local = ["localhost", "127.0.0.1", "[::1]"]
_answers_to = "*" if _name in _local else ",".join([_name, *_local])
ALLOWED_HOSTS = (os.environ.get("ALLOWED_HOSTS") or _answers_to).split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
_secure = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_ENGINE = "hub.people.session_store"
SESSION_SERIALIZER = "hub.people.session_data.SealedSerializer"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        # The UI kit sets style attributes and injects style elements.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", "ws:", "wss:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

INSTALLED_APPS = [
    "hub.access",
    "hub.journal",
    "hub.live",
    "hub.notify",
    "hub.workbook",
    "hub.operations",
    "hub.places",
    "hub.people",
    "programs",
    "programs.reading",
    "programs.lending",
    "programs.community",
    "programs.canteen",
    "programs.demo",
    "volunteers",
    "volunteers.hours",
    "volunteers.certificates",
    "volunteers.rounds",
    "scheduling.sessions",
    "scheduling.signups",
    "scheduling.bookings",
    "scheduling.callouts",
    "scheduling.cutoffs",
    "scheduling.closures",
    "scheduling.attendance",
    "scheduling.incidents",
    "scheduling.series",
    "scheduling.planning",
    "scheduling.board",
    "scheduling.rescues",
    "scheduling.calendars",
    "scheduling.residency",
    "scheduling.files",
    "programs.lending.circulation",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hub.config.urls"
WSGI_APPLICATION = "hub.config.wsgi.application"
ASGI_APPLICATION = "hub.config.asgi.application"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


def _database(url: str) -> dict[str, Any]:
    """A Django database from `postgresql://user:password@host:port/name?option=value`; embedded SQLite when empty."""
    suffix = os.environ.get("TEST_DB_SUFFIX", "")
    if not url or url.startswith("sqlite"):
        name = url.removeprefix("sqlite:///") or str(DATA_DIR / "renqi.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            # Kept open: the pragmas below run when a connection opens, not for every request.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                    " PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
            # A file, not memory: races need several connections.
            "TEST": {"NAME": str(DATA_DIR / f"test{suffix}.sqlite3")},
        }
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    database: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        # Compiling a query takes longer than running any of ours: the ledger's took four times as long.
        "OPTIONS": query | {"options": f"-c jit=off {query.get('options', '')}".strip()},
        "TEST": {"NAME": f"test_renqi{suffix}"},
    }
    return database


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "renqi"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
# Counts attempts to sign in. In memory it counts for one web process, which is what the embedded default has.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "renqi"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# Redis buys latency, not correctness: sockets also read the event table this often (seconds).
LIVE_POLL_SECONDS = 20.0 if REDIS_URL else 1.0

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "solver"]},
}

# Ways for messages to travel, in order of preference: modules of hub.notify.channels. The demo's keeps them here.
NOTIFY_CHANNELS = os.environ.get("NOTIFY_CHANNELS", "demo" if DEMO else "wechat,sms,email,robot,group").split(",")
# Local time in which only what is urgent goes out; empty for none. The demo rings nowhere.
# After the end of a session: when the family of a child that nobody fetched is told, and when staff are.
LATE_PICKUP_MINUTES = [int(part) for part in os.environ.get("LATE_PICKUP_MINUTES", "15,30").split(",")]
QUIET_HOURS = os.environ.get("QUIET_HOURS", "" if DEMO else "21:00-08:00")
_mail = urlsplit(os.environ.get("EMAIL_URL", ""))
EMAIL_HOST = _mail.hostname or ""
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "renqi@localhost"
NOTIFY_GROUP_URLS = os.environ.get("NOTIFY_GROUP_URLS", "").split()
# What the address of a hub's group robot begins with: nothing else that somebody types in is ever called.
ROBOT_ADDRESS = os.environ.get("ROBOT_ADDRESS") or "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
SMS = {
    "URL": os.environ.get("SMS_URL", ""),
    "TOKEN": os.environ.get("SMS_TOKEN", ""),
    "TEMPLATES": json.loads(os.environ.get("SMS_TEMPLATES") or "{}"),
    "DEDUPES": os.environ.get("SMS_DEDUPES") == "1",
    # What people text back comes with this secret; the provider's names of the fields we read.
    "REPLY_SECRET": os.environ.get("SMS_REPLY_SECRET", ""),
    "REPLY_FIELDS": {"id": "id", "phone": "phone", "text": "text"}
    | json.loads(os.environ.get("SMS_REPLY_FIELDS") or "{}"),
}

WECHAT = {
    "APP_ID": os.environ.get("WECHAT_APP_ID", ""),
    "APP_SECRET": os.environ.get("WECHAT_APP_SECRET", ""),
    # Ours -> {"id": theirs, "data": {their field: our variable}}.
    "TEMPLATES": json.loads(os.environ.get("WECHAT_TEMPLATES") or "{}"),
    "API": os.environ.get("WECHAT_API") or "https://api.weixin.qq.com",
    "OAUTH": os.environ.get("WECHAT_OAUTH") or "https://open.weixin.qq.com/connect/oauth2/authorize",
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "django_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
# Served from where the build left them, with their .gz beside them. A web server in front needs a folder.
STATIC_ROOT = os.environ.get("STATIC_ROOT") or None
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# Vite puts a content hash into every file name below assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+$"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Sign-in by phone and code only; the code goes through the outbox (hub.people.sign_in).
ACCOUNT_ADAPTER = "hub.people.sign_in.PhoneAdapter"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# Per number, against guessing and flooding somebody's phone; per address only against machines, since a whole hub signs
# in from behind one. TRUSTED_PROXIES: how many proxies in front may say what the address is.
ACCOUNT_RATE_LIMITS = {"request_login_code": "120/m/ip,1000/d/ip,4/5m/key,12/h/key,40/d/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or 0)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
HEADLESS_FRONTEND_URLS: dict[str, str] = {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_tokens": {"()": "hub.operations.logs.NoTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_tokens"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    # A refusal is an answer like any other: of a crowd before twenty seats most get one.
    "loggers": {"django.request": {"level": "ERROR"}},
}
