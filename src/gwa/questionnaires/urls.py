"""Addresses of questionnaires."""

from django.urls import path

from gwa.questionnaires.views import assignments, preview, versions

app_name = "questionnaires"
ONE = "versions/<int:version_id>/"
urlpatterns = [
    path("", versions.show_forms, name="forms"),
    path("propose/", versions.propose, name="propose"),
    path(ONE, versions.show_version, name="version"),
    path(f"{ONE}preview/", preview.show_preview, name="preview"),
    path(f"{ONE}media/<int:media_id>/", preview.show_media, name="media"),
    path(f"{ONE}workbook/", versions.download_workbook, name="workbook"),
    path(f"{ONE}remark/", versions.remark, name="remark"),
    path(f"{ONE}remarks/<int:remark_id>/settle/", versions.settle_remark, name="settle_remark"),
    path(f"{ONE}submit/", versions.submit, name="submit"),
    path(f"{ONE}send-back/", versions.send_back, name="send_back"),
    path(f"{ONE}validate/", versions.validate, name="validate"),
    path(f"{ONE}publish/", versions.publish, name="publish"),
    path(f"{ONE}retire/", versions.retire, name="retire"),
    path("assignments/", assignments.show_assignments, name="assignments"),
    path("assignments/new/", assignments.choose_form, name="choose_form"),
    path("assignments/new/<int:form_id>/", assignments.assign, name="assign"),
    path("assignments/<int:number>/end/", assignments.end, name="end_assignment"),
]
