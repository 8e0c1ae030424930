"""Pages load what they need to answer, and nothing of what only a few of them need."""

from __future__ import annotations

import json
import subprocess
import sys

from huancheng.platform.operations.collecting import THRESHOLDS

HEAVY = (
    "numba", "matplotlib", "geopandas", "pandas", "openpyxl", "docx", "typst", "pyogrio", "pyarrow", "rasterio",
    "scipy", "pikepdf", "PIL", "shapely", "numpy", "freestiler",
)  # fmt: skip
"""Together they take longer to load than the whole platform; what needs one of them loads it when it is asked."""
AHEAD = """
import json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
import django
django.setup()
from huancheng.platform.operations.loading_ahead import load_ahead
load_ahead(pause=0).join()
print(json.dumps(sorted(sys.modules)))
"""
FROZEN = "import gc; print(json.dumps({'frozen': gc.get_freeze_count(), 'thresholds': gc.get_threshold()}))"
PROGRAM = """
import json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
import django
django.setup()
from django.urls import get_resolver
patterns = len(get_resolver().url_patterns)
print(json.dumps({"patterns": patterns, "loaded": sorted(sys.modules)}))
"""


def told_by(program, home, monkeypatch):
    """What a program of its own prints."""
    monkeypatch.setenv("HUANCHENG_HOME", str(home))
    monkeypatch.setenv("HUANCHENG_PACK", "example-city")
    monkeypatch.delenv("HUANCHENG_DATABASE_URL", raising=False)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_the_pages_load_without_the_libraries_of_sheets_maps_and_papers(tmp_path, monkeypatch):
    told = told_by(PROGRAM, tmp_path, monkeypatch)
    assert told["patterns"] > 10
    assert {"huancheng.platform.atlas.views.data", "huancheng.platform.casework.views.documents"} <= set(told["loaded"])
    assert [name for name in HEAVY if name in told["loaded"]] == []


def test_the_server_loads_ahead_what_the_map_needs_and_nothing_heavier(tmp_path, monkeypatch):
    loaded = told_by(AHEAD, tmp_path, monkeypatch)
    assert {"pyproj", "shapely", "huancheng.platform.atlas.queries.cases"} <= set(loaded)
    assert not {"numba", "matplotlib", "geopandas", "pandas", "openpyxl", "docx", "typst"} & set(loaded)


def test_the_server_takes_what_it_loaded_out_of_the_collectors_sight(tmp_path, monkeypatch):
    told = told_by(AHEAD.replace("print(json.dumps(sorted(sys.modules)))", FROZEN), tmp_path, monkeypatch)
    assert told["frozen"] > 100_000
    assert told["thresholds"] == list(THRESHOLDS)
