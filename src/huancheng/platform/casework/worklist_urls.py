"""Pages of the worklist, the lists of cases, search, notices and bulk back-entry."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.casework.views import back_entry, case_list, messages, saved_answers, search, worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("worklist/bulk/", worklist.bulk, name="worklist-bulk"),
    path("worklist/beside/<int:case>/", worklist.beside, name="worklist-beside"),
    path("cases/", case_list.cases, name="cases"),
    path("cases/xlsx/", case_list.cases_xlsx, name="cases-xlsx"),
    path("back-entry/", back_entry.back_entry, name="back-entry"),
    path("back-entry/one/<str:instrument>/", back_entry.one, name="back-entry-one"),
    path("back-entry/template/<str:instrument>/", back_entry.blank, name="back-entry-template"),
    path("back-entry/<int:number>/", back_entry.source, name="back-entry-import"),
    path("back-entry/<int:number>/rows/<int:row>/", back_entry.row, name="back-entry-row"),
    path("back-entry/<int:number>/enter/", back_entry.enter, name="back-entry-enter"),
    path("back-entry/<int:number>/leave/", back_entry.leave, name="back-entry-leave"),
    path("saved-answers/", saved_answers.saved_answers, name="saved-answers"),
    path("saved-answers/save/", saved_answers.save, name="save-answer"),
    path("saved-answers/<int:number>/drop/", saved_answers.drop, name="drop-answer"),
    path("search/", search.find, name="search"),
    path("messages/", messages.messages, name="messages"),
    path("messages/read/", messages.read, name="messages-read"),
    path("messages/wishes/", messages.wishes, name="messages-wishes"),
]
