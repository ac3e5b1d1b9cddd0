"""Forms: each label, help and error is tied to its field."""

from django import forms
from django.utils import translation

from gwa.common.gallery import SampleForm


def test_help_and_errors_are_tied_to_their_field():
    html = str(SampleForm({}))
    assert '<label class="form-label" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_refused_form_begins_with_the_list_of_what_to_mend():
    with translation.override("fr"):
        html = str(SampleForm({}))
    summary = html.index("data-error-summary")
    assert summary < html.index('name="name"')
    assert '<a href="#id_name">Nom de famille</a>' in html
    assert "À corriger avant de continuer" in html


def test_what_may_be_left_empty_is_marked():
    with translation.override("fr"):
        html = str(SampleForm())
    assert html.count("(facultatif)") == 2
    assert "data-error-summary" not in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = str(SampleForm())
    assert html.count("<fieldset") == html.count("<legend") == 2


def test_hidden_fields_carry_no_class_and_no_label():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="x")

    html = str(Hidden())
    assert "class" not in html
    assert "label" not in html


def test_a_class_given_by_the_form_is_added_to_ours():
    class Small(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "w-25"}))

    assert 'class="form-control w-25"' in str(Small())


def test_a_date_shows_how_it_is_written():
    with translation.override("fr"):
        assert 'placeholder="jj/mm/aaaa"' in str(SampleForm()["born_on"])
    with translation.override("en"):
        assert 'placeholder="dd/mm/yyyy"' in str(SampleForm()["born_on"])


def test_dates_are_read_as_malians_write_them():
    form = SampleForm(
        {"name": "Traoré", "sex": "f", "born_on": "22/11/1974", "level": "1", "reason": "vu"}
    )
    with translation.override("fr"):
        assert form.is_valid(), form.errors
    assert form.cleaned_data["born_on"].isoformat() == "1974-11-22"
