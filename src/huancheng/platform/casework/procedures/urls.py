"""Pages of the procedures inside steps."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.casework.procedures import act_pages
from huancheng.platform.casework.procedures.consultation import views as consultation
from huancheng.platform.casework.procedures.experts import views as experts
from huancheng.platform.casework.procedures.meetings import views as meetings
from huancheng.platform.casework.procedures.notices import public
from huancheng.platform.casework.procedures.notices import views as notices

STEP = "cases/<int:case>/steps/<str:step>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{STEP}conclude/", act_pages.conclude, name="conclude"),
    path(f"{STEP}consultation/", consultation.consultation, name="consultation"),
    path(f"{STEP}consultation.xlsx", consultation.consultation_xlsx, name="consultation-xlsx"),
    path(f"{STEP}finding/", consultation.finding, name="finding"),
    path("cases/<int:case>/answer/", consultation.answer, name="answer"),
    path("consultation/", consultation.opinion_requests, name="opinion-requests"),
    path("consultation/<int:number>/", consultation.answer_opinion, name="answer-opinion"),
    path(f"{STEP}experts/", experts.panel, name="panel"),
    path(f"{STEP}experts.docx", experts.panel_docx, name="panel-docx"),
    path("cases/<int:case>/opinion/", experts.give_opinion, name="give-opinion"),
    path("experts/", experts.pool, name="experts"),
    path("experts/mine/", experts.my_reviews, name="my-reviews"),
    path("experts/<int:number>/", experts.expert, name="expert"),
    path("experts/places/<int:number>/", experts.place, name="panel-place"),
    path(f"{STEP}meeting/", meetings.case_meeting, name="case-meeting"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.convene, name="convene"),
    path("meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("meetings/<int:number>/minutes.docx", meetings.minutes_docx, name="minutes-docx"),
    path("meetings/items/<int:number>/", meetings.item, name="agenda-item"),
    path(f"{STEP}notice/", notices.notice, name="notice"),
    path(f"{STEP}objections.xlsx", notices.objections_xlsx, name="objections-xlsx"),
    path("notices/", public.notices, name="public-notices"),
    path("notices/follow/", public.follow, name="follow-objection"),
    path("notices/<int:number>/", public.notice, name="public-notice"),
    path("notices/<int:number>/received/", public.received, name="objection-received"),
]
