"""An installation with an event whose rooms have recorders, told as the stories are; and somebody who looks at its cuts by a speaker's link."""
import re
import sys

import tools  # noqa: F401: finds the stories' modules
import run as stories
from installation import Installation
from pages import Broken

SET_UP = """$ confer user add olga@example.org "Olga Organiser"
$ confer user grant olga@example.org "organise programme site people operate"
serve
olga signs in as olga@example.org
olga fills /organise/series "Add the series"
  Title = Days
  Address = days
olga fills /organise/series/days/new "Add the event"
  Title = A Day
  Address = day
  Time zone of the venue = UTC
  First day = {first}
  Last day = {last}
  Public = yes
→ 303 *
file day.csv
  guid,title,speakers,room,start,duration,abstract
{talks}
$ confer import --event day day.csv
$ confer release 1.0 --event day
"""
RECORDER = """olga GET /organise/day/footage/recorders/new
→ 200
keep room = <option value="(\\d+)"[^>]*>{room}<
olga POST /organise/day/footage/recorders/new
  name = {room}
  room = ${{room}}
  stream = main
  folder = day/{folder}
→ 303 *
"""


def steps_of(text):
    steps = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("  ") and steps:
            steps[-1].below.append(line[2:])
        elif line:
            steps.append(stories.Step(number, line))
    return steps


def set_up(here, rooms, talks):
    """`talks`: (title, room, begins as "2027-03-06 10:00", minutes)."""
    days = sorted(begins[:10] for _, _, begins, _ in talks)
    lines = "\n".join(f"  talk-{number},{title},Ada of {title},{room},{begins},{minutes},About {title}."
                      for number, (title, room, begins, minutes) in enumerate(talks))
    teller = stories.Teller(here)
    try:
        teller.tell(steps_of(SET_UP.format(first=days[0], last=days[-1], talks=lines)))
        for room in rooms:
            teller.tell(steps_of(RECORDER.format(room=room, folder=room.lower())))
    except Broken as broken:
        sys.exit(f"the event was not set up: {broken}")


def page_of(here, title):
    code = here.sql(f"SELECT code FROM talks WHERE title = '{title}'")[0]
    return f"/day/talks/{code}-{title.lower().replace(' ', '-')}"


def look(here, slot):
    """As a speaker behind a link: sees both ends and finds it good. True when that was acknowledged."""
    path = f"/organise/day/cuts/{slot}"
    page = here.ask("olga", "GET", path)
    if page.status != 200:
        return False
    link = here.ask("olga", "POST", path, [("do", "link"), ("is_speaker", "1")])
    found = re.search(r"review\?token=([A-Za-z0-9_-]{43})", link.body)
    if not found:
        return False
    shown = here.ask("speaker", "GET", f"/review?token={found[1]}")
    version = re.search(r'name="version" value="(\d+)"', shown.body)
    if shown.status != 200 or not version:
        return False
    told = here.ask("speaker", "POST", "/review", [("token", found[1]), ("version", version[1]), ("do", "good"), ("saw_beginning", "1"), ("saw_end", "1")])
    return told.status == 303


__all__ = ["Broken", "Installation", "look", "page_of", "set_up"]
