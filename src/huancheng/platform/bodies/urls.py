"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.bodies.views import (
    account,
    acting,
    bodies,
    delegations,
    elevating,
    importing,
    keeping_bodies,
    keeping_people,
    people,
    second_factor,
    signing_in,
)

app_name = "bodies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", second_factor.verify, name="second-factor"),
    path("sign-out/", signing_in.SignOut.as_view(), name="sign-out"),
    path("acting/", acting.act_as, name="act-as"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", second_factor.enrol, name="enrol"),
    path("account/second-factor/codes/", second_factor.recovery_codes, name="recovery-codes"),
    path("account/sessions/end/", account.end_all, name="end-all"),
    path("account/sessions/<int:presence>/end/", account.end_presence, name="end-presence"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:delegation>/revoke/", delegations.revoke_delegation, name="revoke"),
    path("elevate/", elevating.elevate, name="elevate"),
    path("elevations/", elevating.elevations, name="elevations"),
    path("elevations/<int:elevation>/close/", elevating.close, name="close-elevation"),
    path("bodies/", bodies.tree, name="tree"),
    path("bodies/new/", keeping_bodies.new_body, name="new-body"),
    path("bodies/<int:body>/", bodies.body, name="body"),
    path("bodies/<int:body>/rename/", keeping_bodies.rename, name="rename"),
    path("bodies/<int:body>/move/", keeping_bodies.move, name="move"),
    path("bodies/<int:body>/retire/", keeping_bodies.retire, name="retire"),
    path("bodies/<int:body>/members/new/", keeping_bodies.new_member, name="new-member"),
    path("bodies/members/<int:membership>/end/", keeping_bodies.end_member, name="end-member"),
    path("people/", people.people, name="people"),
    path("people/new/", keeping_people.new_person, name="new-person"),
    path("people/export/", importing.export, name="export"),
    path("people/import/", importing.upload, name="import"),
    path("people/import/template/", importing.template, name="import-template"),
    path("people/import/<int:staged>/", importing.staged, name="staged"),
    path("people/import/<int:staged>/take/", importing.take, name="take"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/edit/", keeping_people.edit_person, name="edit-person"),
    path("people/<int:person>/posts/new/", keeping_people.new_post, name="new-post"),
    path("people/<int:person>/stop/", keeping_people.stop, name="stop"),
    path("people/<int:person>/restart/", keeping_people.restart, name="restart"),
    path("people/<int:person>/password/", keeping_people.new_password, name="new-password"),
    path("people/<int:person>/second-factor/", keeping_people.lose_second_factor, name="lose-second-factor"),
    path("people/<int:person>/erase/", keeping_people.erase, name="erase-person"),
    path("people/posts/<int:post>/end/", keeping_people.close_post, name="close-post"),
]
