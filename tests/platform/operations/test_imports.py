"""Pages load what they need to answer, and nothing of what only a few of them need."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = (
    "numba", "matplotlib", "geopandas", "pandas", "openpyxl", "docx", "typst", "pyogrio", "pyarrow", "rasterio",
    "scipy", "pikepdf", "PIL", "shapely", "numpy", "freestiler",
)  # fmt: skip
"""Together they take longer to load than the whole platform; what needs one of them loads it when it is asked."""
PROGRAM = """
import json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
import django
django.setup()
from django.urls import get_resolver
patterns = len(get_resolver().url_patterns)
print(json.dumps({"patterns": patterns, "loaded": sorted(sys.modules)}))
"""


def test_the_pages_load_without_the_libraries_of_sheets_maps_and_papers(tmp_path, monkeypatch):
    monkeypatch.setenv("HUANCHENG_HOME", str(tmp_path))
    monkeypatch.setenv("HUANCHENG_PACK", "example-city")
    monkeypatch.delenv("HUANCHENG_DATABASE_URL", raising=False)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", check=True)
    told = json.loads(done.stdout)
    assert told["patterns"] > 10
    assert {"huancheng.platform.atlas.views.data", "huancheng.platform.casework.views.documents"} <= set(told["loaded"])
    assert [name for name in HEAVY if name in told["loaded"]] == []
