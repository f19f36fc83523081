"""Safe for production by default; `dev`, `test` and `prod` change only what truly differs."""

from __future__ import annotations

import logging
from datetime import timedelta

from csp.constants import NONE, SELF

from config import env
from config.databases import connection
from config.logs import log_settings
from config.queue import EMBEDDED

BASE_DIR = env.BASE_DIR
DATA_DIR = env.DATA_DIR
STAGE = "base"

# --- What the house is made of -------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "accounts",
    "bids",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_countries",
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "config.middleware.keep_calls_together",
    # Headers first, so that every answer carries them, refusals and errors too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.private_answers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.refuse_oversized",
    "config.middleware.note_when_received",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.LogInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.middleware.refuse_impossible_addresses",
    "config.middleware.stay_in_one_thread",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
WORKER_MODULE = "config.worker"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
        },
    }
]

# --- Secrets and doors ---------------------------------------------------------------------------

SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
DEBUG = False
ALLOWED_HOSTS = env.ALLOWED_HOSTS
HOST = env.HOST
PORT = env.PORT
SITE_URL = env.SITE_URL
TRUSTED_PROXIES = env.TRUSTED_PROXIES
CONTACT_EMAIL = env.CONTACT_EMAIL
DEMO = env.DEMO
DEMO_PUBLIC = env.DEMO_PUBLIC
ALLOW_FAULTS = env.ALLOW_FAULTS
CLOCK_OFFSET = timedelta(seconds=env.CLOCK_OFFSET)

# --- Database ------------------------------------------------------------------------------------

DATABASES = {"default": connection(env.DATABASE_URL)}

# What is counted for throttling; shared between processes where there is more than one.
CACHES = {"default": env.cache(env.CACHE_URL)}

# --- People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:log-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:log-in"
PASSWORD_RESET_TIMEOUT = 3600
STEP_UP_MINUTES = 5
INVITATION_DAYS = 7

# Log-in is throttled per e-mail address and network address together: a stranger can't lock somebody out
# from elsewhere, and one address can't try many passwords.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.throttle.username"
AXES_CLIENT_IP_CALLABLE = "accounts.throttle.address"
AXES_LOCKOUT_CALLABLE = "accounts.throttle.locked_out"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.form_expired"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True

# --- Headers -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- How much one request may bring --------------------------------------------------------------

MAX_REQUEST_BYTES = 64 * 1024 * 1024
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024  # one letter or annex
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o440
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Languages and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- Letters, logs, jobs, health -----------------------------------------------------------------

vars().update(env.mail(env.EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL
SERVER_EMAIL = env.DEFAULT_FROM_EMAIL

DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = log_settings(env.LOG_LEVEL, as_json=env.LOG_JSON)

CELERY_BROKER_URL = env.CELERY_BROKER_URL

# A dossier is made by whoever holds the lease of its job; a lease that isn't renewed can be taken over.
JOB_LEASE_SECONDS = 90
JOB_WALL_SECONDS = 15 * 60
# What one section of a dossier may use while it is set in pages.
SECTION_CPU_SECONDS = 60
SECTION_WALL_SECONDS = 90
SECTION_MEMORY_BYTES = 1536 * 1024 * 1024
SECTION_FILE_BYTES = 100 * 1024 * 1024
# How many sections of one dossier are set at once; one where the pages are served on the same cores.
SECTIONS_AT_ONCE = 1 if env.CELERY_BROKER_URL == EMBEDDED else 2
PRESS_STAYS_WARM = True
# Sections that were set before. What lies beyond so many bytes, or was not used for as long as drafts live, is purged.
FRAGMENTS_ROOT = DATA_DIR / "fragments"
MOST_FRAGMENT_BYTES = 1024 * 1024 * 1024
DRAFT_DOSSIER_DAYS = 30
# How large a dossier should be at most: the portal of the Union takes no more. A larger one is made, and says so.
MOST_DOSSIER_BYTES = 10 * 1000 * 1000

# Who seals dossiers, and where that is; secrets stay in their file (docs/decisions/0086).
SEAL = env.SEAL
SEAL_FOLDER = DATA_DIR / "seal"
SEAL_TERMS = {
    "secret_file": env.SEAL_SECRET_FILE,
    "certificate_file": env.SEAL_CERTIFICATE_FILE,
    "module": env.SEAL_PKCS11_MODULE,
    "token": env.SEAL_PKCS11_TOKEN,
    "key": env.SEAL_PKCS11_KEY,
    "url": env.SEAL_REMOTE_URL,
    "credential": env.SEAL_REMOTE_CREDENTIAL,
    "stamp_url": env.SEAL_TSA_URL,
}
SEAL_PASSED_ON = env.SEAL_PASSED_ON
SEAL_TRUST_FILE = env.SEAL_TRUST_FILE

READINESS_PROBES = (
    "config.probes.database",
    "config.probes.disk",
    "config.probes.clock",
    "config.probes.jobs",
    "config.probes.audit",
)
