"""Pages of alternatives."""

from __future__ import annotations

from django.urls import URLPattern, path

from huancheng.platform.planning.views import alternatives, editing

urlpatterns: list[URLPattern] = [
    path("special/<int:plan>/alternatives/draw/", alternatives.draw, name="alternative-draw"),
    path("special/<int:plan>/alternatives/bring/", alternatives.bring, name="alternative-bring"),
    path("special/<int:plan>/alternatives/take/", alternatives.take, name="alternative-take"),
    path("alternatives/<int:alternative>/", alternatives.alternative, name="alternative"),
    path("alternatives/<int:alternative>/blocks/", alternatives.blocks, name="alternative-blocks"),
    path("alternatives/<int:alternative>/adopt/", alternatives.adopt, name="alternative-adopt"),
    path("alternatives/<int:alternative>/editing/", editing.editing, name="alternative-editing"),
    path("alternatives/<int:alternative>/edit/", editing.edit, name="alternative-edit"),
    path("alternatives/<int:alternative>/undo/", editing.undo, name="alternative-undo"),
    path("alternatives/<int:alternative>/redo/", editing.redo, name="alternative-redo"),
    path("alternatives/<int:alternative>/save/", editing.save, name="alternative-save"),
]
