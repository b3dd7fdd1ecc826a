#!/usr/bin/env python3
"""A day of four rooms: how long after its end a talk can be looked at, and is online: script/bench media day [TALKS] [MINUTES] [BACKEND].

The program's clock is moved (clock.c). While recorders write around the end of a talk, and while any job waits or runs, its hours are as long as the wall's; when
nothing is left to do, the clock goes on to a minute before the next talk's end. So all work takes the time it takes, and only waiting is left out."""
import datetime
import mmap
import os
import re
import shutil
import struct
import sys
import tempfile
import time

import tools
from installed import Installation, look, page_of, set_up

TALKS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
MINUTES = int(sys.argv[2]) if len(sys.argv) > 2 else 30
BACKEND = sys.argv[3] if len(sys.argv) > 3 else "sqlite"
ROOMS = ["Aula", "Loft", "Barn", "Yard"]
BREAK, SEGMENT, BEFORE_END, AFTER_END = 600, 300, 40, 150  # seconds
FIRST = datetime.datetime(2027, 3, 6, 10, tzinfo=datetime.timezone.utc).timestamp()
PARTS = (MINUTES * 60 + BREAK) // SEGMENT


class MovedClock:
    """The time as the program sees it."""

    def __init__(self, folder, begins):
        self.path = f"{folder}/clock"
        with open(self.path, "wb") as f:
            f.write(bytes(8))
        self.file = open(self.path, "r+b")
        self.memory = mmap.mmap(self.file.fileno(), 8)
        self.left_out = 0.0
        self.go_to(begins, counted=False)
        self.library = f"{folder}/clock.so"
        tools.ran("clang-19", "-shared", "-fPIC", "-O2", f"{tools.ROOT}/bench/media/clock.c", "-o", self.library)

    def now(self):
        return time.time() + struct.unpack("q", self.memory[:8])[0] / 1e9

    def go_to(self, when, counted=True):
        by = when - self.now()
        if counted:
            self.left_out += by
        self.memory[:8] = struct.pack("q", struct.unpack("q", self.memory[:8])[0] + int(by * 1e9))


class MovedInstallation(Installation):
    clock = None

    def start(self):
        os.environ.update(LD_PRELOAD=self.clock.library, CONFER_BENCH_CLOCK=self.clock.path)
        try:
            super().start()
        finally:
            del os.environ["LD_PRELOAD"]

    def run(self, words):
        os.environ.update(LD_PRELOAD=self.clock.library, CONFER_BENCH_CLOCK=self.clock.path)
        try:
            return super().run(words)
        finally:
            del os.environ["LD_PRELOAD"]


def ends_at(number):
    return FIRST + number * (MINUTES * 60 + BREAK) + MINUTES * 60


def record(folder):
    """What a recorder writes around one talk: 720p25, a key frame every two seconds, files of five minutes. People come in, somebody speaks, people clap and go."""
    picture, sound = f"{folder}/picture.mp4", f"{folder}/sound.m4a"
    tools.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=20", "-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-g", "50", "-bf", "2", picture)
    length, talk = MINUTES * 60 + BREAK, f"between(t\\,{BREAK / 2 + 8}\\,{BREAK / 2 + MINUTES * 60 - 5})"
    clap = f"between(t\\,{BREAK / 2 + MINUTES * 60 - 5}\\,{BREAK / 2 + MINUTES * 60 + 8})"
    tools.ffmpeg("-f", "lavfi", "-i", f"aevalsrc=0.2*({tools.SPEECH})*{talk}+0.2*(random(0)*2-1)*{clap}+0.0005*(random(1)*2-1):s=48000:d={length}", "-ac", "2", "-c:a",
                 "aac", "-b:a", "128k", sound)
    tools.ffmpeg("-stream_loop", "-1", "-i", picture, "-i", sound, "-t", str(length), "-c", "copy", "-f", "segment", "-segment_time", str(SEGMENT), "-segment_format",
                 "mpegts", "-reset_timestamps", "1", f"{folder}/part%02d.ts")
    parts = sorted(name for name in os.listdir(folder) if name.startswith("part"))
    if len(parts) < PARTS:  # a few packets of sound may make one more
        sys.exit(f"{len(parts)} files were recorded, not {PARTS}")
    return [f"{folder}/{name}" for name in parts[:PARTS]]


class Recorders:
    """One a room. Between talks they record too: part 0 begins five minutes before a talk does."""

    def __init__(self, here, parts):
        self.here, self.parts = here, parts
        self.sizes = [os.path.getsize(part) for part in parts]
        self.written = {}

    def path(self, room, talk, part):
        begins = ends_at(talk) - MINUTES * 60 - BREAK / 2 + part * SEGMENT
        name = datetime.datetime.fromtimestamp(begins, datetime.timezone.utc).strftime(f"{room.lower()}-%Y-%m-%d_%H-%M-%S.ts")
        return f"{self.here.data}/incoming/day/{room.lower()}/{name}", begins

    def write_until(self, talk, now):
        """What they have written of this talk's parts by now; files that have ended were last changed when they did."""
        for room in ROOMS:
            for part, source in enumerate(self.parts):
                path, begins = self.path(room, talk, part)
                wanted = int(min(1.0, max(0.0, (now - begins) / SEGMENT)) * self.sizes[part])
                have = self.written.get(path, 0)
                if wanted <= have:
                    continue
                with open(source, "rb") as read, open(path, "ab") as write:
                    read.seek(have)
                    left = wanted - have
                    while left > 0:
                        block = read.read(min(left, 1 << 22))
                        write.write(block)
                        left -= len(block)
                self.written[path] = wanted
                at = min(now, begins + SEGMENT)
                os.utime(path, (at, at))

    def forget(self, talk):
        """The disk of this machine is small."""
        for room in ROOMS:
            for part in range(PARTS):
                path, _ = self.path(room, talk, part)
                if os.path.exists(path):
                    os.truncate(path, 0)
                    os.remove(path)


def cpu_seconds(pid):
    """Of the server and of everything it started and waited for."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def round_of(here, clock, recorders, talk, seen):
    """The four talks that end at once: from a minute before until nothing is left to do."""
    end = ends_at(talk)
    recorders.write_until(talk, clock.now())
    waiting = {f"{room} {talk + 1}" for room in ROOMS}
    while waiting or clock.now() < end + AFTER_END:
        now = clock.now()
        recorders.write_until(talk, now)
        for slot, title, stage in (row.split(" | ") for row in here.sql("SELECT c.slot_number, t.title, c.stage FROM cuts c JOIN talks t ON t.id = c.talk_id")):
            if title not in waiting:
                continue
            if stage == "2":
                seen[title].setdefault("ready", clock.now() - end)
                look(here, slot)
            elif stage == "5" and "/videos/" in here.ask("visitor", "GET", page_of(here, title)).body:
                seen[title]["online"] = clock.now() - end
                waiting.remove(title)
            elif stage in ("3", "6"):
                sys.exit(f"{title}: {here.sql('SELECT stage, problem FROM cuts')}")
        if now > end + 4 * 3600:
            sys.exit(f"not online four hours later: {waiting}; {here.sql('SELECT kind, state, attempts, problem FROM jobs WHERE state <> 2')}")
        time.sleep(max(0, 0.5 - (clock.now() - now)))


def measure(here, clock, parts):
    talks = [(f"{room} {talk + 1}", room, datetime.datetime.fromtimestamp(ends_at(talk) - MINUTES * 60, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M"), MINUTES)
             for room in ROOMS for talk in range(TALKS)]
    set_up(here, ROOMS, talks)
    for room in ROOMS:
        os.makedirs(f"{here.data}/incoming/day/{room.lower()}")
    recorders, seen = Recorders(here, parts), {title: {} for title, _, _, _ in talks}
    began, cpu, clock.left_out = clock.now(), cpu_seconds(here.server.pid), 0.0
    wall = time.monotonic()
    for talk in range(TALKS):
        if talk > 0:
            recorders.write_until(talk - 1, ends_at(talk) - BEFORE_END)
        clock.go_to(ends_at(talk) - BEFORE_END)
        round_of(here, clock, recorders, talk, seen)
        if talk > 0:
            recorders.forget(talk - 1)
        said = [seen[f"{room} {talk + 1}"] for room in ROOMS]
        print(f"  talks {talk + 1:2} of the rooms: can be looked at after {', '.join(format(one['ready'], '.0f') for one in said)} s, "
              f"online after {', '.join(format(one['online'], '.0f') for one in said)} s", flush=True)
    wall, cpu, day = time.monotonic() - wall, cpu_seconds(here.server.pid) - cpu, clock.now() - began
    count = len(talks)
    for title in seen:
        address = re.search(r"/day/talks/[^\"]*/videos/\d+", here.ask("visitor", "GET", page_of(here, title)).body)
        if not address or here.ask("visitor", "GET", address[0], more=[("Range", "bytes=0-99")]).status != 206:
            sys.exit(f"{title}: the video is not sent")
    lengths = [float(row) for row in here.sql("SELECT length_seconds FROM videos")]
    print(f"{count} talks of {MINUTES} minutes in {len(ROOMS)} rooms, 720p25, files of {SEGMENT // 60} minutes that grow; {BACKEND}, 2 jobs at once; "
          f"{day / 3600:.1f} h by the program's clock, of which {clock.left_out / 3600:.1f} h left out; {wall / 60:.1f} min of this machine")
    for what, name in (("ready", "can be looked at"), ("online", "online, when somebody looks at once")):
        values = [one[what] for one in seen.values()]
        print(f"  from a talk's end until it {'is ' if what == 'online' else ''}{name}: p50 {tools.share(values, 0.5):.0f} s, p95 {tools.share(values, 0.95):.0f} s, "
              f"slowest {max(values):.0f} s")
    print(f"  CPU of the server and all that it starts: {cpu / count:.1f} s a talk, 1/{sum(lengths) / cpu:.0f} of what was recorded; videos of {min(lengths):.0f} to {max(lengths):.0f} s; "
          f"facts: {', '.join(here.sql('SELECT name, COUNT(*) FROM journal_facts WHERE name LIKE ' + repr('cut.%') + ' GROUP BY name ORDER BY name'))}")
    code, said = here.run(["check"])
    if code != 0:
        sys.exit(f"confer check: {said}")


def main():
    print(tools.machine())
    print(f"command: script/bench media day {TALKS} {MINUTES} {BACKEND}")
    root = tempfile.mkdtemp(dir=f"{tools.ROOT}/build")
    here = None
    try:
        parts = record(root)
        MovedInstallation.clock = clock = MovedClock(root, FIRST - 600)
        here = MovedInstallation(tools.CONFER, BACKEND, root)
        measure(here, clock, parts)
    finally:
        if here is not None:
            here.close()
        shutil.rmtree(root, ignore_errors=True)


main()
