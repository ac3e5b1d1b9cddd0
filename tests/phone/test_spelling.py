"""The telephone and the server hear the same names alike."""

import json
import subprocess

from django.conf import settings
from tests.phone.test_typescript import find_node

from gwa.registry.rules.spelling import sound_of, words_of

NAMES = (
    "Fatoumata Fatumata Cissé Sissé Diarra Djarra Coulibaly Kulibali Traoré Taraoré Trawore"
    " Cissokho Ouattara Watara Cheikh Tiécoura Tchiécoura Diénéba Djénéba Ouologuem Niakaté"
    " Gnakaté Haïdara N’Diaye N'Golo Thiam Maïga Kɔ̀nyɛ̀ba Ŋolo Sacko Keïta Koïta Alhousseini"
    " Souleymane Œdipe Aïssata"
)
SCRIPT = """
import { soundOf, wordsOf } from './web/shared/src/search/spelling.ts'
console.log(JSON.stringify(process.argv[1].split(' ').map((name) => wordsOf(name).map(soundOf))))
"""


def test_every_spelling_has_the_key_that_the_server_gives_it():
    done = subprocess.run(  # noqa: S603 - our own script
        [
            find_node(),
            "--import",
            "./web/shared/tests/typescript.mjs",
            "--input-type=module",
            "--eval",
            SCRIPT,
            NAMES,
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told = dict(zip(NAMES.split(" "), json.loads(done.stdout), strict=True))
    assert told == {name: [sound_of(word) for word in words_of(name)] for name in NAMES.split(" ")}
