"""How is Django set up? One file for every installation; what differs comes from `env.py`."""

from pathlib import Path

import dj_database_url
import dj_email_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from handrail.config.env import read_environment

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
DEBUG = False
HANDRAIL_URL = ENV.url
ALLOWED_HOSTS = [ENV.hostname, "127.0.0.1", "localhost", "[::1]"]
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "handrail.config.urls"
WSGI_APPLICATION = "handrail.config.wsgi.application"
ASGI_APPLICATION = "handrail.config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Agent"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, which ours override
    "django_tasks",
    "django_tasks_db",
    "handrail.surfaces.console",  # its pages of sign-in come before allauth's own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_htmx",
    "handrail.base",
    "handrail.people",
    "handrail.engines.tasks",
    "handrail.engines.activity",
    "handrail.engines.notify",
    "handrail.engines.live",
    "handrail.engines.search",
    "handrail.engines.ai",
    "handrail.engines.conversations",
    "handrail.hub",
    "handrail.mediums.tickets",
    "handrail.mediums.docs",
    "handrail.mediums.chat",
    "handrail.surfaces.help",
    "handrail.config",
]

# Every middleware costs CPU on every request, so each one here says why it must stay.
MIDDLEWARE = [
    "handrail.config.requests.RequestMiddleware",  # request id, log line, metrics, 503 page
    "django.middleware.security.SecurityMiddleware",  # nosniff, HSTS, referrer policy
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",  # the console's session
    "django.middleware.csrf.CsrfViewMiddleware",  # the console's forms
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",  # allauth speaks through messages
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "handrail.surfaces.help.middleware.ViewerMiddleware",
    "handrail.surfaces.console.agents_sign_in.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "handrail.hub.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.parse(ENV.database_url)}
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if IS_SQLITE:
    # Django's own, in which the threads of a process queue for the lock instead of sleeping.
    # IMMEDIATE: a transaction that will write queues for the lock instead of failing half-way.
    # FULL: a committed message survives a power cut. See docs/adr/0003-sqlite-settings.md.
    DATABASES["default"] |= {
        "ENGINE": "handrail.base.sqlite",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **DATABASES["default"].get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": ENV.threads + 10, "timeout": 5},
        },
    }

# Processes tell each other what open pages must hear (engines/live); empty: there is one process.
REDIS_URL = ENV.redis_url

# Answers have a cache of their own: in memory one holds so many entries, and new ones push out old
# ones, which must never be the counts of `base.limits`.
if ENV.redis_url:
    REDIS = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV.redis_url,
    }
    CACHES = {"default": REDIS, "answers": REDIS | {"KEY_PREFIX": "answers"}}
else:
    MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CACHES = {"default": MEMORY, "answers": MEMORY | {"LOCATION": "answers"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STORAGES = {
    "default": {
        "BACKEND": "handrail.base.object_storage.ObjectStorage",
        "OPTIONS": ENV.bucket.options(),
    }
    if ENV.bucket
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": ENV.data / "attachments",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of form fields; files are counted by the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = ENV.most_files
MOST_FILE_MB = ENV.most_file_mb
MOST_FILES = ENV.most_files

HANDRAIL_ASK = ENV.asking
MEANING_MODEL = ENV.meaning_model

# --- Mail -----------------------------------------------------------------------------------

vars().update(dj_email_url.parse(ENV.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
EMAIL_TIMEOUT = 20

# --- Words and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ---------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"

# --- Agents' sign-in ------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator vouches for the agents' addresses
ACCOUNT_FORMS = {"login": "handrail.surfaces.console.forms.SignInForm"}
ACCOUNT_ADAPTER = "handrail.surfaces.console.agents_sign_in.AgentsSignIn"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Handrail"
MFA_ADAPTER = "handrail.surfaces.console.agents_sign_in.EncryptedSecrets"
REQUIRE_SECOND_FACTOR = ENV.require_second_factor and not ENV.demo

DEMO_SIGN_IN = ("dora@larkspan.example", "handrail-demo-only") if ENV.demo else None
"""Address and password that the demo's sign-in page is filled in with."""

# --- Cookies: names differ everywhere, since cookies do not know ports ------------------------

SESSION_COOKIE_NAME = "handrail-console"
SESSION_COOKIE_PATH = "/console"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "handrail-console-csrf"
CSRF_COOKIE_PATH = "/console"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = ENV.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "handrail.config.errors.csrf_failure"

# --- What a browser may do with our pages -----------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # would cut the full page off from the host that opened it
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],  # opened for the panel by surfaces.help
        "object-src": [NONE],
    }
}

# --- What the server writes down --------------------------------------------------------------

LOGGING_CONFIG = "handrail.config.logs.configure"
LOGGING = {"format": ENV.log_format}
SILENCED_SYSTEM_CHECKS: list[str] = []
