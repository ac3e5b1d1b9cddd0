"""How an interview went, by the log that came with it."""

from gwa.submissions.queries.course import read_course
from gwa.submissions.rules.audit import read_audit, tell_course

HEAD = "event,node,start,end\n"
MINUTE = 60_000


def course(*lines, parts=("/data/housing", "/data/members")):
    return tell_course(read_audit(HEAD + "\n".join(lines)), parts)


def test_time_belongs_to_the_part_that_is_answered_and_a_second_answer_is_a_change():
    told = course(
        "form start,,0,",
        f"question,/data/housing/rooms,{MINUTE},",
        f"question,/data/members[2]/age,{3 * MINUTE},",
        f"question,/data/members[2]/age,{4 * MINUTE},",
        f"question,/data/members[1]/age,{4 * MINUTE},",
    )
    assert told.active_ms == 4 * MINUTE
    members = told.chapters["/data/members"]
    assert (members.spent_ms, len(members.answered), members.changes) == (3 * MINUTE, 2, 1)


def test_the_background_and_a_long_silence_are_pauses_and_no_work():
    told = course(
        "form start,,0,",
        f"form exit,,{MINUTE},",
        f"form exit,,{MINUTE + 5},",
        f"form resume,,{6 * MINUTE},",
        f"question,/data/housing/rooms,{7 * MINUTE},",
        f"question,/data/housing/walls,{30 * MINUTE},",
    )
    assert told.pauses == ((MINUTE, 5 * MINUTE), (7 * MINUTE, 23 * MINUTE))
    assert told.active_ms == 2 * MINUTE


def test_collect_says_how_long_a_question_was_shown():
    told = course(f"question,/data/housing/rooms,0,{MINUTE}", f"question,/data/x,{MINUTE},")
    assert told.chapters["/data/housing"].spent_ms == MINUTE
    assert "" in told.chapters


def test_what_is_no_log_says_nothing():
    assert read_audit("\x00\xff,;\n,,,\nquestion,/data/a,soon,") == []
    assert course().chapters == {}


def test_the_log_that_comes_as_a_file_is_told_on_the_page_and_is_no_picture(telephone):
    log = (HEAD + f"form start,,0,\nquestion,/data/members[1]/sex,{2 * MINUTE},\n").encode()
    submission = telephone.enter(telephone.family(), ("audit.csv", log))
    assert submission.status == "accepted"
    told = read_course(submission, "fr")
    assert [(part.title, part.minutes) for part in told.parts] == [
        ("Hors des parties", 0.0), ("Membre", 2.0)
    ]  # fmt: skip
    assert read_course(telephone.enter(telephone.family()), "fr") is None
