"""How long an interview is thought to last: the questions really asked, times seconds by kind.

An estimate and no measure: the seconds (`parameters/interview_pace.yaml`) are assumptions until
a field test. The mobile app's engine asks a household of twelve; a module is what it adds to the
core.
"""

from pathlib import Path

from django.conf import settings
from pyxform.xls2xform import convert

from benchmarks import Figure
from gwa.questionnaires.authoring.reading import read_form
from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import Interview, estimate_minutes, hold_interview

NAME = "interview"
SIZE = 12
_TARGET_MINUTES = 30


def run(size: int) -> list[Figure]:
    """Estimate the core, then what each module adds to it."""
    form = read_form(Path(settings.BASE_DIR) / "questionnaires" / "rsu-menage")
    xform = convert(form.workbook.read_bytes(), form_name="data").xform
    core = hold_interview(xform, read_scene("twelve"))
    figures = [_figure("interview_core", core, target=_TARGET_MINUTES)]
    for module in form.modules:
        longer = hold_interview(xform, read_scene("twelve", modules=module))
        figures.append(_figure(f"interview_{module}", longer, beside=core))
    return figures


def _figure(
    name: str, held: Interview, *, beside: Interview | None = None, target: float | None = None
) -> Figure:
    before = (estimate_minutes(beside), len(beside.asked)) if beside else (0.0, 0)
    questions = len(held.asked) - before[1]
    data = f"estimate: {questions} questions asked, household of twelve, assumed seconds"
    return Figure(name, estimate_minutes(held) - before[0], "min", data, target=target)
