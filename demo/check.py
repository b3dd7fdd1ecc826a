#!/usr/bin/env python3
"""Checks the demonstration: fields, references, clashes, lengths and languages. `demo/check.py [--counts]`; exit 1 when something is wrong."""
import datetime
import pathlib
import re
import sys
import tomllib
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
CHANGE_OVER = 5  # minutes; RuleSettings::change_over in src/programme/clashes.h
# src/programme/clashes.h
RULES = ("room_twice", "room_closed", "speaker_twice", "speaker_not_available", "change_over_too_short", "capacity", "unconfirmed", "no_track",
         "impossible_time", "outside_event", "not_placed")
problems = []
EVENTS = []  # (label, conference, parts) of every event with a timetable


def problem(place, text):
    problems.append(f"{place}: {text}")


# Field → type; a trailing * means that it must be there. "L": localised, "K": list of tables by the named schema.
WINDOW = {"day*": int, "from*": str, "to*": str}
SCHEMAS = {
    "series": {"slug*": str, "title*": "L", "description": "L"},
    "edition": {"years_ago*": int, "slug*": str, "talk_count*": int, "memory*": "L", "files": list, "inside": list, "acronym": str, "title": "L",
                "place": "L", "zone": str, "first_day": int, "last_day": int, "attendance": int, "capacity": int, "talks": list},
    "known talk": {"title*": str, "credits*": list},
    "person": {"name*": str, "biography*": str, "available": list},
    "window": WINDOW,
    "conference": {"slug*": str, "acronym*": str, "title*": "L", "subtitle": "L", "description": "L", "place": "L", "zone*": str, "first_day*": int,
                   "last_day*": int, "anchor": str, "day_start_hour": int, "color": str, "languages": list, "attendance": int, "capacity": int,
                   "release*": str, "rules": dict, "banner": "L", "shared_rooms": list},
    "rooms": {"code*": str, "name*": "L", "description": "L", "capacity": int, "accessibility": str, "hidden": bool, "stream_url": str,
              "captions_url": str, "open": list},
    "tracks": {"code*": str, "name*": "L", "description": "L", "color*": str},
    "types": {"code*": str, "name*": "L", "length*": int},
    "talks": {"slug*": str, "title*": str, "subtitle": str, "abstract": str, "description": str, "credits*": list, "track": str, "type": str,
              "language": str, "level": str, "tags": list, "do_not_record": bool, "do_not_stream": bool, "license": str, "links": list, "state": str},
    "credit": {"person": str, "name": str, "role": str},
    "link": {"url*": str, "title*": str, "kind": str},
    "slots": {"kind": str, "talk": str, "room": str, "day*": int, "start*": str, "length": int, "title": "L", "note": str, "state": str, "parts": list},
    "part": {"title*": str, "speakers*": list, "offset*": int, "length*": int},
    "pages": {"slug*": str, "title*": "L", "body*": "L", "in_navigation": bool},
}
ARRAYS = ("rooms", "tracks", "types", "talks", "slots", "pages")


def shape(place, kind, value, languages):
    """Every field known, of its type, and there when it must be."""
    schema = {name.rstrip("*"): (wanted, name.endswith("*")) for name, wanted in SCHEMAS[kind].items()}
    for name, item in value.items():
        if name not in schema:
            problem(place, f"unknown field {name}")
            continue
        wanted = schema[name][0]
        if wanted == "L":
            if not isinstance(item, dict) or not all(isinstance(t, str) and t.strip() for t in item.values()):
                problem(place, f"{name} is not a localised text")
            elif languages and set(item) != set(languages):
                problem(place, f"{name} is in {sorted(item)}, the event in {sorted(languages)}")
        elif type(item) is not wanted:
            problem(place, f"{name} is not of type {wanted.__name__}")
        elif wanted is str and not item.strip():
            problem(place, f"{name} is empty")
    for name, (_, must) in schema.items():
        if must and name not in value:
            problem(place, f"{name} is missing")


def clock(place, text):
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        problem(place, f"{text} is not a time HH:MM")
        return 0
    return int(text[:2]) * 60 + int(text[3:])


def windows(place, entries):
    found = []
    for entry in entries:
        shape(place, "window", entry, None)
        opens, closes = clock(place, entry["from"]), clock(place, entry["to"])
        start = entry["day"] * 1440 + opens
        found.append((start, entry["day"] * 1440 + closes + (1440 if closes <= opens else 0)))
    return found


def contrast_on_white(color):
    """WCAG 2.2 relative luminance."""
    channels = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def load(place, files):
    """The files of one event, joined."""
    event = {name: [] for name in ARRAYS}
    for file in files:
        path = HERE / file
        if not path.exists():
            problem(place, f"there is no file {file}")
            continue
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, value in data.items():
            if name == "conference":
                if "conference" in event:
                    problem(file, "a second [conference]")
                event["conference"] = value
            elif name in ARRAYS:
                event[name] += value
            elif name == "series" and file == "pycon-us-2012.toml":
                shape(file, "series", value, None)
            else:
                problem(file, f"unknown table {name}")
    return event


def when(minute):
    return f"day {minute // 1440} {minute % 1440 // 60:02}:{minute % 60:02}"


def check_event(label, event, people, outer=None):
    conference = event.get("conference")
    if conference is None:
        problem(label, "has no [conference]")
        return
    languages = conference.get("languages", ["en"])
    shape(label, "conference", conference, languages)
    if not re.fullmatch(r"[a-z0-9_{}]{4,}", conference["acronym"]):
        problem(label, "acronym has other characters than [a-z0-9_]")
    zones(label, conference["zone"])
    for name in ARRAYS:
        seen = set()
        for item in event[name]:
            key = item.get("slug") or item.get("code") or item.get("talk") or item.get("title", {}).get(languages[0], "?")
            place = f"{label}, {name} {key}"
            shape(place, name, item, languages)
            if name != "slots":
                if key in seen:
                    problem(place, "is there twice")
                if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
                    problem(place, "is not kebab-case")
                seen.add(key)
    for rule, severity in conference.get("rules", {}).items():
        if rule not in RULES or severity not in ("ignore", "warn", "block_release", "block_placing"):
            problem(label, f"rules: {rule} = {severity} is not known")
    rooms = {r["code"]: r for r in event["rooms"]}
    for code in conference.get("shared_rooms", []):
        shared = {r["code"]: r for r in outer["rooms"]}.get(code)
        if shared is None:
            problem(label, f"shares the room {code}, which the outer event has not")
        else:
            rooms[code] = shared
    tracks = {t["code"]: t for t in event["tracks"]}
    types = {t["code"]: t for t in event["types"]}
    talks = {t["slug"]: t for t in event["talks"]}
    for track in event["tracks"]:
        if not re.fullmatch(r"#[0-9a-f]{6}", track["color"]) or contrast_on_white(track["color"]) < 4.5:
            problem(f"{label}, track {track['code']}", "colour is no #rrggbb of 4.5 : 1 on white")
    for talk in event["talks"]:
        if tracks and "track" not in talk and (conference.get("rules", {}).get("no_track") != "ignore" or talk.get("type") in ("talk", "workshop", "tutorial")):
            problem(f"{label}, talk {talk['slug']}", "has no track")
        check_talk(f"{label}, talk {talk['slug']}", talk, tracks, types, people)
    EVENTS.append((label, conference, check_slots(label, event, conference, rooms, types, talks, people)))


def check_talk(place, talk, tracks, types, people):
    for field, known in (("track", tracks), ("type", types)):
        if field in talk and talk[field] not in known:
            problem(place, f"{field} {talk[field]} is not there")
    if talk.get("state", "confirmed") not in ("confirmed", "accepted", "cancelled"):
        problem(place, f"unknown state {talk['state']}")
    if talk.get("level", "all") not in ("beginner", "intermediate", "advanced", "all"):
        problem(place, f"unknown level {talk['level']}")
    for credit in talk["credits"]:
        shape(place, "credit", credit, None)
        if ("person" in credit) == ("name" in credit):
            problem(place, "a credit has a person or a name, one of them")
        elif "person" in credit and credit["person"] not in people:
            problem(place, f"person {credit['person']} is not in people.toml")
        if credit.get("role", "speaker") not in ("speaker", "moderator", "panelist", "author", "host"):
            problem(place, f"unknown role {credit['role']}")
    for link in talk.get("links", []):
        shape(place, "link", link, None)
    for paragraph in talk.get("abstract", "").split("\n"):
        if paragraph != paragraph.strip():
            problem(place, "abstract has a line with blanks around it")


def check_slots(label, event, conference, rooms, types, talks, people):
    """The clash rules of src/programme/clashes.h, for the demonstration's slots. Returns (room, start, end, people, kind, name) of each."""
    placed, busy = set(), []
    for slot in event["slots"]:
        kind, talk = slot.get("kind", "talk"), talks.get(slot.get("talk"))
        name = slot.get("talk") or slot.get("title", {}).get("en", "?")
        place = f"{label}, slot {name}"
        if kind not in ("talk", "break", "blocker", "social"):
            problem(place, f"unknown kind {kind}")
        if "talk" in slot and talk is None:
            problem(place, "there is no such talk")
            continue
        if kind == "talk" and talk is None or talk is None and "title" not in slot:
            problem(place, "has neither a talk nor a title")
            continue
        if kind in ("talk", "social") and "room" not in slot:
            problem(place, "has no room")
        if "room" in slot and slot["room"] not in rooms:
            problem(place, f"room {slot['room']} is not there")
            continue
        state = slot.get("state", "planned")
        if state not in ("planned", "cancelled", "moved"):
            problem(place, f"unknown state {state}")
        if state == "moved" and "note" not in slot:
            problem(place, "is moved, and no note says from where")
        if (state == "cancelled") != (talk is not None and talk.get("state") == "cancelled"):
            problem(place, "slot and talk do not agree on being cancelled")
        usual = types[talk["type"]]["length"] if talk is not None and talk.get("type") in types else None
        length = slot.get("length", usual)
        if length is None:
            problem(place, "has no length")
            continue
        longest = {"talk": 180, "break": 120, "blocker": 1440, "social": 540}.get(kind, 1440)
        if not 5 <= length <= longest:
            problem(place, f"{length} minutes is not plausible")
        start = slot["day"] * 1440 + clock(place, slot["start"])
        end = start + length
        first = conference["first_day"] * 1440 + conference.get("day_start_hour", 4) * 60
        last = (conference["last_day"] + 1) * 1440 + conference.get("day_start_hour", 4) * 60
        if start < first or end > last:
            problem(place, "is outside the event's days")
        if "room" in slot and rooms[slot["room"]].get("open"):
            if not any(a <= start and end <= b for a, b in windows(place, rooms[slot["room"]]["open"])):
                problem(place, f"is in {slot['room']} while it is closed ({when(start)})")
        if "room" in slot and rooms[slot["room"]].get("hidden") and kind != "blocker":
            problem(place, "is public, in a hidden room")
        previous = 0
        for part in slot.get("parts", []):
            shape(place, "part", part, None)
            if part["offset"] < previous or part["offset"] + part["length"] > length or not part["speakers"]:
                problem(place, f"part {part['title']} overlaps, sticks out or has no speaker")
            previous = part["offset"] + part["length"]
        who = {c.get("person") or c["name"] for c in talk["credits"]} if talk is not None else set()
        names = {p["name"]: key for key, p in people.items()}
        who |= {names.get(s, s) for part in slot.get("parts", []) for s in part["speakers"]}
        who.discard("Various speakers")
        for key in who & set(people):
            limits = people[key].get("available")
            if limits and "anchor" not in conference and label.startswith("this-year"):
                if not any(a <= start and end <= b for a, b in windows(f"person {key}", limits)):
                    problem(place, f"{key} is not there ({when(start)})")
        if kind == "talk":
            placed.add(slot["talk"])
        if state != "cancelled":
            busy.append((slot.get("room"), start, end, who, kind, name))
    for slug in sorted(set(talks) - placed):
        problem(label, f"talk {slug} has no slot")
    find_clashes(label, busy)
    return busy


def find_clashes(label, busy, others=None):
    """Among `busy`, or between it and `others`."""
    for i, (room, start, end, who, kind, name) in enumerate(busy):
        for other_room, other_start, other_end, other_who, other_kind, other in (busy[i + 1:] if others is None else others):
            place = f"{label}, {name} and {other}"
            overlap = start < other_end and other_start < end
            # A break or blocker without a room is in every room.
            if overlap and (room == other_room or room is None or other_room is None):
                problem(place, f"are in one room at once ({room or other_room}, {when(max(start, other_start))})")
            if overlap and who & other_who:
                problem(place, f"have the same speaker at once: {sorted(who & other_who)} ({when(max(start, other_start))})")
            gap = max(start, other_start) - min(end, other_end)
            if not overlap and room == other_room and {kind, other_kind} <= {"talk", "social"} and gap < CHANGE_OVER:
                problem(place, f"have {gap} minutes between them in {room}")


def zones(place, name):
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        problem(place, f"{name} is no IANA zone")


def check_no_real_addresses():
    for path in sorted(HERE.rglob("*.toml")):
        if path.name == "pycon-us-2012.toml":  # real titles, one of them with an @
            continue
        text = path.read_text(encoding="utf-8")
        for host in re.findall(r"https?://([^/\s\"')]+)|[\w.]+@([\w.]+\w)", text):
            name = host[0] or host[1]
            if name != "example.org" and not name.endswith(".example.org"):
                problem(path.name, f"address of {name}: only example.org is nobody's")
        if re.search(r"lorem ipsum", text, re.I):
            problem(path.name, "filler text")


def check_texts(label, event, least, most):
    """An abstract has a length that one can read on a phone, and no two are alike."""
    sentences = {}
    for talk in event["talks"]:
        words = len(re.findall(r"\w[\w'’\-]*", talk.get("abstract", "")))
        if not least <= words <= most:
            problem(f"{label}, talk {talk['slug']}", f"abstract of {words} words, wanted {least} to {most}")
        for sentence in re.split(r"(?<=[.?!])\s+", talk.get("abstract", "")):
            if len(sentence) > 50 and sentences.setdefault(sentence, talk["slug"]) != talk["slug"]:
                problem(f"{label}, talk {talk['slug']}", f"shares a sentence with {sentences[sentence]}")


def main():
    people = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))["people"]
    for key, person in people.items():
        shape(f"person {key}", "person", person, None)
    names = [p["name"] for p in people.values()]
    for name in sorted({n for n in names if names.count(n) > 1}):
        problem("people.toml", f"{name} is there twice")
    data = tomllib.loads((HERE / "series.toml").read_text(encoding="utf-8"))
    shape("series", "series", data["series"], ["en", "de"])
    counts, used = [], set()
    if [e["years_ago"] for e in data["editions"]] != list(range(9, -1, -1)):
        problem("series", "the ten editions are not 9 … 0 years ago")
    for edition in data["editions"]:
        label = edition["files"][0].split("/")[0] if "files" in edition else f"{edition['years_ago']} years ago"
        shape(label, "edition", edition, ["en", "de"])
        if "files" not in edition:
            for field in ("acronym", "title"):
                if field not in edition:
                    problem(label, f"{field} is missing")
            if "zone" in edition:
                zones(label, edition["zone"])
            for talk in edition.get("talks", []):
                shape(f"{label}, talk", "known talk", talk, None)
            if edition["talk_count"] < len(edition.get("talks", [])):
                problem(label, "has more talks than talk_count says")
            counts.append((label, len(edition.get("talks", [])), 0, edition["attendance"]))
            continue
        event = load(label, edition["files"])
        check_event(label, event, people)
        check_texts(label, event, *((20, 190) if label == "last-year" else (25, 200)))
        if event.get("conference", {}).get("slug") != edition["slug"]:
            problem(label, "slug differs between the edition and its [conference]")
        total = len(event["talks"])
        used |= {c.get("person") for t in event["talks"] for c in t["credits"]}
        counts.append((label, len(event["talks"]), len(event["slots"]), event["conference"].get("attendance", 0)))
        outer = EVENTS[-1][2]
        for inner in edition.get("inside", []):
            inside = load(label, inner["files"])
            check_event(f"{label}, {inner['files'][0]}", inside, people, event)
            check_texts(f"{label}, {inner['files'][0]}", inside, 25, 200)
            used |= {c.get("person") for t in inside["talks"] for c in t["credits"]}
            total += len(inside["talks"])
            # They share rooms and people with the outer event: what has a room must not clash across both either.
            find_clashes(f"{label} and inside it", [s for s in outer if s[0]], [s for s in EVENTS[-1][2] if s[0]])
            counts.append((inner["files"][0], len(inside["talks"]), len(inside["slots"]), inside["conference"].get("attendance", 0)))
        if edition["talk_count"] != total:
            problem(label, f"talk_count is {edition['talk_count']}, the files have {total}")
    for key in sorted(set(people) - used):
        problem("people.toml", f"{key} is credited nowhere")
    real = HERE / "pycon-us-2012.toml"
    if real.exists():
        event = load("pycon-us-2012", ["pycon-us-2012.toml"])
        check_event("pycon-us-2012", event, {})
        counts.append(("pycon-us-2012", len(event["talks"]), len(event["slots"]), 0))
        for talk in event["talks"]:
            if "abstract" in talk or "description" in talk:
                problem(f"pycon-us-2012, talk {talk['slug']}", "facts only, no abstracts")
        datetime.date.fromisoformat(event["conference"]["anchor"])
    check_no_real_addresses()
    if "--counts" in sys.argv:
        for label, talks, slots, attendance in counts:
            print(f"{label}: {talks} talks, {slots} slots, {attendance} people")
        print(f"{len(people)} people with a biography")
    for line in problems:
        print(line)
    print(f"demo: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
