#!/usr/bin/env python3
"""A schedule.json of 1,000 talks in 4 days and 15 rooms, always the same: thousand_talks.py FILE [FIRST_DAY]."""
import datetime
import json
import random
import sys
import uuid

WORDS = ("open source pyramid squirrel camera maker track lightning sprint keynote hallway data science web async typing packaging testing deploy archive "
         "harbour engine garden letter mountain river signal thread window yard").split()
ROOMS, TALKS_A_DAY, LENGTH = 15, 250, 30


def main():
    first = datetime.date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else datetime.date(2027, 5, 4)
    rng = random.Random(2012)

    def words(low, high):
        return " ".join(rng.choice(WORDS) for _ in range(rng.randint(low, high)))

    people = [f"{words(1, 1).capitalize()} {words(1, 1).capitalize()}son {n}" for n in range(700)]
    days, number, free = [], 0, []
    for d in range(4):
        date = first + datetime.timedelta(days=d)
        rooms = {f"Room {chr(65 + r)}": [] for r in range(ROOMS)}
        for i in range(TALKS_A_DAY):
            number += 1
            room = f"Room {chr(65 + i % ROOMS)}"
            start = datetime.datetime.combine(date, datetime.time(9)) + datetime.timedelta(minutes=LENGTH * (i // ROOMS))
            guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://bench.example/{number}"))
            if i % ROOMS == 0:
                free = rng.sample(people, 2 * ROOMS)  # nobody speaks twice at once
            speakers = [free.pop() for _ in range(rng.choice((1, 1, 1, 2)))]
            rooms[room].append({
                "id": number, "guid": guid, "date": start.isoformat() + "+00:00", "start": start.strftime("%H:%M"), "duration": f"00:{LENGTH}", "room": room,
                "slug": f"bench-{number}", "title": words(4, 8).capitalize(), "subtitle": "", "track": f"Track {1 + number % 8}", "type": "Talk",
                "language": "en", "abstract": words(40, 70).capitalize() + ".", "description": words(80, 200).capitalize() + ".", "url": "",
                "persons": [{"guid": str(uuid.uuid5(uuid.NAMESPACE_URL, "https://bench.example/" + name)), "name": name, "public_name": name, "biography": words(20, 50)}
                            for name in speakers],
                "links": [], "attachments": [], "do_not_record": False, "recording_license": ""})
        days.append({"index": d + 1, "date": str(date), "day_start": f"{date}T04:00:00+00:00", "day_end": f"{date + datetime.timedelta(days=1)}T03:59:00+00:00",
                     "rooms": rooms})
    schedule = {"version": "1.0", "base_url": "https://bench.example/", "conference": {
        "acronym": "bench", "title": "A Thousand Talks", "start": str(first), "end": str(first + datetime.timedelta(days=3)), "daysCount": 4,
        "timeslot_duration": "00:05", "time_zone_name": "UTC", "rooms": [{"name": f"Room {chr(65 + r)}"} for r in range(ROOMS)],
        "tracks": [{"name": f"Track {t + 1}", "color": "#1f5f8b"} for t in range(8)], "days": days}}
    with open(sys.argv[1], "w", encoding="utf-8") as f:
        json.dump({"schedule": schedule}, f)


if __name__ == "__main__":
    main()
