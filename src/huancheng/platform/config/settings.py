"""Django settings. Whatever differs between installations comes from the environment (`HUANCHENG_…`)."""

from __future__ import annotations

from csp.constants import NONE, SELF

from huancheng.platform.common.assets import never_changes
from huancheng.platform.config import environment as env

HOME = env.home()
SECRET_KEY = env.secret(HOME, "SECRET_KEY")
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
"""Whether the log-ins of 示例市 are listed; only ever together with a loopback address."""
PACK = env.text("PACK", "liaocheng-2023")
"""The pack under which new cases begin."""
PACK_ARCHIVE = HOME / "packs"
"""Every pack version a case began under, by digest."""
SNAPSHOTS = HOME / "snapshots"
CHECKUPS = HOME / "checkups"
"""Folders of the check-up runs that were taken in, by digest."""
UNITS = HOME / "units"
"""Folders of drawn renewal units, by digest."""
FILES = HOME / "files"
JOB_FOLDER = HOME / "jobs"

DAILY_HOUR = env.number("DAILY_HOUR", 2)
"""Hour of the city from which on daily work is done."""

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
HTTPS = env.flag("HTTPS")
"""Whether a proxy in front speaks HTTPS; then cookies are secure and browsers are told to stay with it."""
TRUSTED_PROXY = env.text("TRUSTED_PROXY", "127.0.0.1" if HTTPS else "")
"""Address of the proxy whose word is taken for where a request comes from; none is believed while empty."""

INSTALLED_APPS = [
    "huancheng.platform.common",
    "huancheng.platform.audit",
    "huancheng.platform.files",
    "huancheng.platform.bodies",
    "huancheng.platform.casework",
    "huancheng.platform.checkups",
    "huancheng.platform.planning",
    "huancheng.platform.atlas",
    "huancheng.platform.api",
    "huancheng.platform.operations",
    "huancheng.platform.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks_db",
]

MIDDLEWARE = [
    "huancheng.platform.common.request_number.RequestNumberMiddleware",
    "huancheng.platform.common.structured_log.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huancheng.platform.common.languages.ChosenLanguage",
    "huancheng.platform.common.drafts.ArrivedDrafts",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "huancheng.platform.bodies.middleware.ActingMiddleware",
    "huancheng.platform.bodies.middleware.PasswordFirstMiddleware",
    "huancheng.platform.bodies.middleware.ElevationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "huancheng.platform.common.errors.FaultPages",
]
CSRF_FAILURE_VIEW = "huancheng.platform.common.errors.csrf_failed"

ROOT_URLCONF = "huancheng.platform.config.urls"
WSGI_APPLICATION = "huancheng.platform.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huancheng.platform.common.context.frame",
            ],
            "builtins": ["huancheng.platform.common.templatetags.look"],
        },
    }
]

DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "bodies.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
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
LOGIN_URL = "bodies:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "bodies:sign-in"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS: list[str] = []
AXES_LOCKOUT_CALLABLE = "huancheng.platform.bodies.views.signing_in.locked_out"
SECOND_FACTOR = "optional" if DEMO and env.text("SECOND_FACTOR") == "optional" else "required"
"""Whether roles for which the pack asks a second factor need one; only a demonstration may waive it."""
ELEVATED_MINUTES = env.number("ELEVATED_MINUTES", 15)
"""How long an administrator's timed session lasts."""
OTP_TOTP_ISSUER = "Huancheng 焕城"
OIDC = env.text("OIDC_CLIENT_ID")
"""Client id at the organisation's identity provider; sign-in by it is off while empty."""
if OIDC:
    INSTALLED_APPS.append("mozilla_django_oidc")
    AUTHENTICATION_BACKENDS.append("huancheng.platform.bodies.oidc.KnownPersonBackend")
    OIDC_RP_CLIENT_ID = OIDC
    OIDC_RP_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
    OIDC_RP_SIGN_ALGO = env.text("OIDC_SIGN_ALGORITHM", "RS256")
    OIDC_RP_SCOPES = env.text("OIDC_SCOPES", "openid profile")
    OIDC_OP_AUTHORIZATION_ENDPOINT = env.text("OIDC_AUTHORIZATION_ENDPOINT")
    OIDC_OP_TOKEN_ENDPOINT = env.text("OIDC_TOKEN_ENDPOINT")
    OIDC_OP_USER_ENDPOINT = env.text("OIDC_USER_ENDPOINT")
    OIDC_OP_JWKS_ENDPOINT = env.text("OIDC_JWKS_ENDPOINT")
OIDC_USERNAME_CLAIM = env.text("OIDC_USERNAME_CLAIM", "preferred_username")
OIDC_CREATE_USER = False
"""The identity provider says who somebody is, never what they may: people and posts are entered here."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "huancheng.platform.files.storage.WholeFileStorage", "OPTIONS": {"location": str(FILES)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = never_changes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = env.number("UPLOAD_LIMIT_MB", 300) * 1024 * 1024
"""Bytes of the largest file taken in."""
UPLOAD_PIECE = 4 * 1024 * 1024
"""Bytes of a piece of a resumable upload; below what one request may hold."""
UPLOADS_PER_HOUR = env.number("UPLOADS_PER_HOUR", 300)
"""Uploads one person may begin within an hour."""
ARCHIVE_INLINE = 100 * 1024 * 1024
"""Bytes of papers up to which a case file is packed while one waits; what is larger becomes a job."""
CLAMD = env.text("CLAMD")
"""Address of a ClamAV daemon, host:port or the path of its socket; empty for none."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MAIL_MESSAGES = env.flag("MAIL_MESSAGES")
"""Whether messages may also go by mail, to those who wish it; off on an intranet without a mail server."""
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS")
"""Address by which people reach this installation, as mails name it; left out while empty."""
WEBHOOK_HOSTS = env.words("WEBHOOK_HOSTS")
"""Hosts (or host:port) that webhooks may reach; none unless the administrator names them."""

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "huancheng@localhost")

SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}")
"""To whom weaknesses are told: what /.well-known/security.txt says."""

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "huancheng.platform.common.structured_log.JsonLines"},
        "plain": {"format": "{levelname:<7} {name}: {message}", "style": "{"},
    },
    "filters": {"without_paths": {"()": "huancheng.platform.common.structured_log.WithoutPaths"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("LOG_FORMAT", ("json", "plain")),
            "filters": ["without_paths"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "huancheng": {"level": env.choice("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Names the accounts it locks; what happened stands in the log of the platform, by number.
        "axes": {"level": "ERROR"},
    },
}
