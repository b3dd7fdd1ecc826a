#!/usr/bin/env python3
"""Writes pycon-us-2012.toml from PyVideo's folder of PyCon US 2012: `demo/reconstruct_pycon_2012.py FOLDER > demo/pycon-us-2012.toml`.

Facts are the titles, the speakers and the recorded days (PyVideo, CC0). The data name no rooms and no times: those are laid out here, the same way at
every run, so that nobody speaks twice at once. Abstracts are not taken over.
"""
import datetime
import json
import pathlib
import re
import sys

ANCHOR = datetime.date(2012, 3, 9)
ROOMS = 6
NOTE = "Room and time are our reconstruction; the day is as recorded."
GRIDS = {  # day → starts of the parallel slots, their length, and of which type
    -2: (("09:00", "13:20"), 180, "tutorial"),
    -1: (("09:00", "13:20"), 180, "tutorial"),
    0: (("11:05", "11:45", "12:25", "14:15", "14:55", "15:45", "16:25"), 30, "talk"),
    1: (("10:50", "11:30", "12:10", "14:00", "14:40", "15:30", "16:10"), 30, "talk"),
    2: (("12:10", "14:00", "14:40"), 30, "talk"),
}
POSTERS = (("10:30", "10:45", "11:00", "11:15", "11:30", "11:45"), 10, "poster")
PLENARY = {  # slug → day's hour, length, type; all in the main room
    "introduction-and-welcome": ("09:00", 20, "plenary"),
    "keynote-stormy-peters-mozilla-corporation": ("09:25", 40, "keynote"),
    "keynote-paul-graham-ycombinator": ("10:10", 40, "keynote"),
    "saturday-morning-lightning-talks": ("08:30", 30, "lightning"),
    "keynote-david-beazley": ("09:05", 45, "keynote"),
    "python-software-foundation-chairmans-address": ("09:55", 30, "plenary"),
    "saturday-evening-lightning-talks-60-minutes": ("17:10", 60, "lightning"),
    "sunday-morning-lightning-talks": ("08:30", 30, "lightning"),
    "keynote-guido-van-rossum": ("09:05", 45, "keynote"),
    "sunday-afternoon-lightning-talks-90-minutes": ("15:25", 90, "lightning"),
}
BREAKS = [
    (-2, "08:00", 60, "Registration"), (-2, "12:00", 75, "Lunch"), (-1, "08:00", 60, "Registration"), (-1, "12:00", 75, "Lunch"),
    (0, "12:55", 75, "Lunch"), (1, "12:40", 75, "Lunch"), (2, "12:40", 75, "Lunch"),
]
HEADER = '''# PyCon US 2012. Titles, speakers and days: facts from PyVideo (CC0). Rooms and times: reconstructed. Written by reconstruct_pycon_2012.py; edit that.

[series]
slug = "pycon-us"
title = { en = "PyCon US" }
description = { en = "The conference of the Python community in North America. Its edition of 2012 is here as real data to try things on." }

[conference]
slug = "pycon-us-2012"
acronym = "pyconus2012"
anchor = "2012-03-09"
title = { en = "PyCon US 2012" }
subtitle = { en = "Real talks, reconstructed timetable" }
description.en = """
The talks, tutorials and posters of PyCon US 2012 in Santa Clara, with their true titles, speakers and days, from the public PyVideo data (CC0).

**Rooms and times are our reconstruction**: the data name neither. Tutorials were recorded on 7 and 8 March, talks from 9 to 11 March, the posters on the 11th; \
within a day, everything was laid into six rooms so that nobody speaks twice at once. The posters stood side by side; here each has ten minutes of its own."""
place = { en = "Santa Clara, California" }
zone = "America/Los_Angeles"
first_day = -2
last_day = 2
day_start_hour = 4
color = "#306998"
languages = ["en"]
attendance = 2200
release = "reconstruction-1"
banner = { en = "Real talks of 2012; rooms and times are our reconstruction." }
'''
TYPES = (("talk", "Talk", 30), ("keynote", "Keynote", 45), ("tutorial", "Tutorial", 180), ("poster", "Poster", 10), ("lightning", "Lightning talks", 60),
         ("plenary", "Plenary", 30))


def quoted(text):
    """A JSON string is a TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


def kebab(slug):
    return re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")


def read(folder):
    """(day, slug, title, speakers), by day and slug."""
    withheld = folder.parent / "NO_PUBLISH.json"
    hidden = set(json.loads(withheld.read_text())) if withheld.exists() else set()
    talks = []
    for path in sorted((folder / "videos").glob("*.json")):
        video = json.loads(path.read_text(encoding="utf-8"))
        if video["id"] in hidden:
            continue
        day = (datetime.date.fromisoformat(video["recorded"]) - ANCHOR).days
        talks.append((day, kebab(video["slug"]), " ".join(video["title"].split()), video["speakers"]))
    return sorted(talks)


def lay_out(talks):
    """First fit: each talk takes the earliest time, then the first room, at which its speakers are free. {slug: (type, room, start, length)}"""
    placed = {slug: (kind, 0, start, length) for slug, (start, length, kind) in PLENARY.items()}
    taken, busy = set(), set()
    # Who speaks most often goes first: first fit has the least room for them later.
    often = {}
    for day, slug, _, speakers in talks:
        for speaker in speakers:
            often[day, speaker] = often.get((day, speaker), 0) + 1
    for day, slug, title, speakers in sorted(talks, key=lambda t: (t[0], -max([often[t[0], s] for s in t[3]], default=0), t[1])):
        if slug in placed:
            continue
        starts, length, kind = POSTERS if re.match(r"\d+\. ", title) else GRIDS[day]
        for start, room in ((start, room) for start in starts for room in range(ROOMS)):
            if (day, start, room) in taken or any((day, start, s) in busy for s in speakers):
                continue
            taken.add((day, start, room))
            busy.update((day, start, s) for s in speakers)
            placed[slug] = (kind, room, start, length)
            break
        else:
            sys.exit(f"no place for {title} on {ANCHOR + datetime.timedelta(day)}")
    return placed


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    talks = read(pathlib.Path(sys.argv[1]))
    placed = lay_out(talks)
    unknown = set(PLENARY) - {slug for _, slug, _, _ in talks}
    if unknown:
        sys.exit(f"the folder lacks {sorted(unknown)}")
    lines = [HEADER]
    for room in range(ROOMS):
        name = "Main hall" if room == 0 else f"Room {room + 1}"
        lines += ["[[rooms]]", f'code = "room-{room + 1}"', f"name = {{ en = {quoted(name)} }}",
                  'description = { en = "Reconstructed: the data name no rooms." }', ""]
    for code, name, length in TYPES:
        lines += ["[[types]]", f'code = "{code}"', f"name = {{ en = {quoted(name)} }}", f"length = {length}", ""]
    for _, slug, title, speakers in talks:
        # "Various speakers" is nobody's name.
        credits = ", ".join(f"{{ name = {quoted(s)} }}" for s in speakers if s != "Various speakers")
        lines += ["[[talks]]", f'slug = "{slug}"', f"title = {quoted(title)}", f'type = "{placed[slug][0]}"', 'language = "en"', f"credits = [{credits}]", ""]
    for day, slug, _, _ in sorted(talks, key=lambda t: (t[0], placed[t[1]][2], placed[t[1]][1], t[1])):
        _, room, start, length = placed[slug]
        lines += ["[[slots]]", f'talk = "{slug}"', f'room = "room-{room + 1}"', f"day = {day}", f'start = "{start}"', f"length = {length}",
                  f"note = {quoted(NOTE)}", ""]
    for day, start, length, name in BREAKS:
        lines += ["[[slots]]", 'kind = "break"', f"day = {day}", f'start = "{start}"', f"length = {length}", f"title = {{ en = {quoted(name)} }}",
                  f"note = {quoted(NOTE)}", ""]
    print("\n".join(lines).rstrip())


if __name__ == "__main__":
    main()
