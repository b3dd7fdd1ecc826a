# What is odd in a file is read, counted and told with its place; who wants none of it says --strict, and nothing changes.
file odd.json
  {"schedule": {"version": "1", "base_url": "https://example.org/", "conference": {"acronym": "oddconf", "title": "Odd", "start": "2027-05-04",
   "end": "2027-05-04", "daysCount": 1, "timeslot_duration": "00:05", "time_zone_name": "Europe/Berlin", "days": [{"index": 1, "date": "2027-05-04",
   "day_start": "2027-05-04T09:00:00+02:00", "day_end": "2027-05-04T20:00:00+02:00", "rooms": {"Aula": [
    {"id": 7, "guid": "5f9b8a9e-0a4f-4a0c-8b7e-000000000001", "title": "One", "date": "2027-05-04T10:00:00+02:00", "start": "10:00", "duration": "00:30", "room": "Aula",
     "persons": []},
    {"id": 7, "guid": "5f9b8a9e-0a4f-4a0c-8b7e-000000000002", "title": "Two", "date": "2027-05-04T11:00:00+02:00", "start": "11:00", "duration": "00:30", "room": "Aula",
     "persons": []},
    {"id": 7, "guid": "5f9b8a9e-0a4f-4a0c-8b7e-000000000003", "title": "Three", "date": "2027-05-04T12:00:00+02:00", "start": "12:00", "duration": "00:30", "room": "Aula",
     "persons": []}]}}]}}}
$ confer import --event odd odd.json --strict
exit 2
prints The id 7 stands more than once. Nothing was imported, as no oddity is allowed. (schedule.conference.days[0].rooms.Aula[1].id)
sql SELECT COUNT(*) FROM events
  0
$ confer import --event odd odd.json
prints
  …
  …2 × duplicate id, the first at schedule.conference.days[0].rooms.Aula[1].id: The id 7 stands more than once.
  …
sql SELECT COUNT(*) FROM slots
  3
