"""The icons: drawn for this program on a grid of 16, one line thick, as the inside of an SVG."""
# ruff: noqa: E501 - a drawing is one line

from __future__ import annotations

ICONS = {
    # the rail
    "worklist": '<path d="M2.5 4l1 1 2-2M2.5 8.5l1 1 2-2M2.5 13l1 1 2-2M8 4.5h5.5M8 9h5.5M8 13.5h5.5"/>',
    "map": '<path d="M1.5 4l4-1.5 5 2 4-1.5v9l-4 1.5-5-2-4 1.5zM5.5 2.5v9M10.5 4.5v9"/>',
    "checkup": '<path d="M3 13.5V9M6.5 13.5v-9M10 13.5v-6M13.5 13.5v-11"/>',
    "planning": '<path d="M2.5 2.5h5v5h-5zM10 2.5h3.5v11H10M2.5 10h5v3.5h-5z"/>',
    "projects": '<path d="M2.5 13.5v-9l4-2v11M6.5 6.5l7 1.5v5.5M1 13.5h14M4.5 6v.01M4.5 9v.01M10 10.5v.01"/>',
    "funding": '<path d="M4 2.5l4 5 4-5M8 7.5v6M4.5 8h7M4.5 10.8h7"/>',
    "casework": '<path d="M5 2.5a3 3 0 1 1 4.4 2.6L9 9h3.5v2.5h-9V9H7l-.4-3.9A3 3 0 0 1 5 2.5zM2.5 14h11"/>',
    "supervision": '<path d="M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4z"/><circle cx="8" cy="8" r="1.8"/>',
    "public": '<circle cx="5.5" cy="5.5" r="2.2"/><path d="M1.5 13c.3-2.6 1.8-4 4-4s3.7 1.4 4 4M10 3.6a2 2 0 0 1 0 3.8M11.5 9.3c1.8.4 2.8 1.6 3 3.7"/>',
    "policy": '<path d="M8 4.2C6.5 3 4.5 2.7 2 2.8v9.4c2.5-.1 4.5.2 6 1.4 1.5-1.2 3.5-1.5 6-1.4V2.8c-2.5-.1-4.5.2-6 1.4zM8 4.2v9.4"/>',
    "settings": '<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"/><circle cx="10" cy="4.5" r="1.8"/><circle cx="6" cy="11.5" r="1.8"/>',
    "more": '<path d="M3 8h.01M8 8h.01M13 8h.01" stroke-width="2.5"/>',
    # the top bar
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "bell": '<path d="M3 11.5c1-1 1-2.5 1-4.5a4 4 0 0 1 8 0c0 2 0 3.5 1 4.5zM6.5 13.5a1.6 1.6 0 0 0 3 0"/>',
    "person": '<circle cx="8" cy="5" r="2.7"/><path d="M2.5 14c.4-3.3 2.4-5 5.5-5s5.1 1.7 5.5 5"/>',
    "language": '<path d="M2 4h7M5.5 2.5V4M8 4c-.6 2.7-2.6 4.8-5.5 6M3.5 6c1 2 2.5 3.3 4.5 4M8 14l3-7 3 7M9 11.8h4"/>',
    "theme": '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
    "calendar": '<path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"/>',
    "sign-out": '<path d="M6.5 2.5h-4v11h4M9.5 5l3 3-3 3M12.5 8h-7"/>',
    # what is done
    "add": '<path d="M8 3v10M3 8h10"/>',
    "edit": '<path d="M2.5 13.5l.7-3L10.5 3.2l2.3 2.3-7.3 7.3z"/>',
    "delete": '<path d="M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9"/>',
    "download": '<path d="M8 2.5v7M5 7l3 3 3-3M2.5 13.5h11"/>',
    "upload": '<path d="M8 10.5v-7M5 6l3-3 3 3M2.5 13.5h11"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>',
    "filter": '<path d="M2 3.5h12L9.5 8.5v4l-3 1.5V8.5z"/>',
    "columns": '<path d="M2.5 2.5h11v11h-11zM6.2 2.5v11M9.8 2.5v11"/>',
    "rows": '<path d="M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h11"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "back": '<path d="M9.5 3.5L5 8l4.5 4.5"/>',
    "next": '<path d="M6.5 3.5L11 8l-4.5 4.5"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "open": '<path d="M7 3H3v10h10V9M9.5 2.5h4v4M13.5 2.5L8 8"/>',
    "info": '<circle cx="8" cy="8" r="5.7"/><path d="M8 7.3v3.7M8 5v.01"/>',
    "warning": '<path d="M8 2.5l6 11H2zM8 6.5v3.5M8 11.8v.01"/>',
    "done": '<path d="M3 8.5l3.2 3.2L13 5"/>',
    "clock": '<circle cx="8" cy="8" r="5.7"/><path d="M8 4.5V8l2.5 1.5"/>',
    "file": '<path d="M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13"/>',
    "image": '<path d="M2.5 3h11v10h-11zM2.5 11l3.5-3.5 2.5 2.5 1.5-1.5 3.5 3.5"/><path d="M10.5 5.5v.01"/>',
    "table": '<path d="M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10"/>',
    "folder": '<path d="M1.8 3.5h4.5l1.5 2h6.4v7.5H1.8z"/>',
    "seal": '<path d="M3 3h10v10H3zM5.5 6h5M8 6v4.5M5.5 10.5h5"/>',
    "attach": '<path d="M13 7.5l-5.3 5.3a3 3 0 0 1-4.3-4.3l5.6-5.5a2 2 0 0 1 2.8 2.8l-5.3 5.3a1 1 0 0 1-1.4-1.4l4.6-4.6"/>',
    "link": '<path d="M6.5 9.5l3-3M7 4.5l1.3-1.3a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.3 1.3a3 3 0 0 1-4.5-4.5L4.5 7"/>',
    "lock": '<path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>',
    "comment": '<path d="M2.5 3h11v8h-6l-3 2.5V11h-2z"/>',
    "hand-over": '<path d="M2.5 5.5h9M9 3l2.5 2.5L9 8M13.5 10.5h-9M7 8l-2.5 2.5L7 13"/>',
    "up-down": '<path d="M5 6.5L8 3l3 3.5M5 9.5L8 13l3-3.5"/>',
    "up": '<path d="M3.5 10L8 4.5 12.5 10z" fill="currentColor"/>',
    "downwards": '<path d="M3.5 6L8 11.5 12.5 6z" fill="currentColor"/>',
}
"""Name → the inside of its SVG."""

SHAPES = {
    "green": '<circle cx="5" cy="5" r="4.5" fill="currentColor"/>',
    "amber": '<path d="M5 .5l4.8 8.8H.2z" fill="currentColor"/>',
    "red": '<path d="M5 0l5 5-5 5-5-5z" fill="currentColor"/>',
    "grey": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "teal": '<path d="M.8.8h8.4v8.4H.8z" fill="currentColor"/>',
}
"""Tone → the shape of its light, on a grid of 10."""

STATIONS = {
    "done": '<circle cx="10" cy="10" r="8" fill="currentColor"/><path d="M6.5 10.3l2.4 2.4 4.6-5" class="cut"/>',
    "current": '<circle cx="10" cy="10" r="7" class="ring"/><circle cx="10" cy="10" r="3.5" fill="currentColor"/>',
    "waiting": '<circle cx="10" cy="10" r="7" class="ring"/>',
    "stopped": '<circle cx="10" cy="10" r="7" class="ring"/><path d="M8 7v6M12 7v6" class="ring"/>',
    "late": '<circle cx="10" cy="10" r="7" class="ring"/><path d="M10 6v5M10 13.5v.01" class="ring"/>',
    "refused": '<circle cx="10" cy="10" r="8" fill="currentColor"/><path d="M7 7l6 6M13 7l-6 6" class="cut"/>',
    "skipped": '<circle cx="10" cy="10" r="5" class="ring"/><path d="M6 14l8-8" class="ring"/>',
}
"""State → the mark of its station, on a grid of 20."""
