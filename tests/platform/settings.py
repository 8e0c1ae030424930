"""Settings of the tests: a home of its own, the fictional city's pack, quick passwords, jobs run at once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="huancheng-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HUANCHENG_HOME"] = _home
(Path(_home) / "static").mkdir()
os.environ["HUANCHENG_PACK"] = "example-city"
os.environ["HUANCHENG_DEMO"] = "1"
os.environ["HUANCHENG_SECOND_FACTOR"] = "optional"
if url := os.environ.get("HUANCHENG_TEST_DATABASE_URL", ""):
    os.environ["HUANCHENG_DATABASE_URL"] = url
else:
    os.environ.pop("HUANCHENG_DATABASE_URL", None)

from huancheng.platform.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MIDDLEWARE = [
    name.replace("whitenoise.middleware.WhiteNoiseMiddleware", "tests.platform.listed_once.ListedOnce")
    for name in MIDDLEWARE  # noqa: F405 - of the settings above
]
if not os.environ.get("HUANCHENG_DATABASE_URL"):
    MIDDLEWARE = ["tests.platform.one_at_a_time.one_at_a_time", *MIDDLEWARE]
