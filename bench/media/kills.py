#!/usr/bin/env python3
"""kill -9 of server or worker at random moments, on SQLite and PostgreSQL: every talk arrives, no step is repeated, no half file is seen (needs PostgreSQL):
script/bench media kills [KILLS] [SECONDS] [SEED]."""
import glob
import hashlib
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import tools
from installed import Broken, Installation, look, page_of, set_up

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
LONGEST = float(sys.argv[2]) if len(sys.argv) > 2 else 6  # seconds between two
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 2012
ROOMS, TALKS, KILLS_A_ROUND = ["Aula", "Loft"], 4, 10
TICKS = os.sysconf("SC_CLK_TCK")


def record(folder):
    """Footage of one talk of a minute, so small that a cut takes a second."""
    path = f"{folder}/footage.ts"
    tools.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x96:r=5:d=150", "-f", "lavfi", "-i", f"aevalsrc=0.2*({tools.SPEECH})*between(t\\,60\\,120):s=48000:c=stereo:d=150",
                 "-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-c:a", "aac", "-ac", "2", path)
    return path



class Witness:
    """Sees which cuts and encodings the program starts, and when."""

    def __init__(self, folder):
        self.folder, self.begun, self.stop = folder, {}, False
        # What a process's start is counted from, to some ten milliseconds.
        self.zero_ms = (time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)) * 1000
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        while not self.stop:
            for entry in os.scandir("/proc"):
                if not entry.name.isdigit() or int(entry.name) in self.begun:
                    continue
                try:
                    with open(f"/proc/{entry.name}/cmdline", "rb") as f:
                        words = f.read().decode("utf-8", "replace").split("\0")
                    if len(words) < 2 or words[1] != "cut" or not any(word.startswith(self.folder) for word in words):
                        continue
                    with open(f"/proc/{entry.name}/stat", encoding="utf-8") as f:
                        began = self.zero_ms + int(f.read().rsplit(")", 1)[1].split()[19]) * 1000 / TICKS
                    out = words[words.index("--out") + 1]
                    self.begun[int(entry.name)] = (os.path.basename(out), began)
                except (OSError, ValueError):
                    continue
            time.sleep(0.02)

    def end(self):
        self.stop = True
        self.thread.join()


class Visitor:
    """Somebody who looks at the talks' pages all the time, and takes every video that they see to the last byte."""

    def __init__(self, here, titles):
        self.here, self.titles, self.stop = here, titles, False
        self.pages = self.videos = 0
        self.wrong = []
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.here.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def watch(self):
        known = {}
        while not self.stop:
            for title in self.titles:
                time.sleep(0.1)
                try:
                    known.setdefault(title, page_of(self.here, title))
                    status, body = self.get(known[title])
                    self.pages += status == 200
                    found = re.search(rb"/day/talks/[^\"]*/videos/\d+", body)
                    if status != 200 or not found:
                        continue
                    status, body = self.get(found[0].decode())
                    if status == 404:  # another has taken its place since
                        continue
                    hashes = self.here.sql(f"SELECT c.published_hash FROM cuts c JOIN talks t ON t.id = c.talk_id WHERE t.title = '{title}'")
                    self.videos += 1
                    if status != 200 or hashlib.sha256(body).hexdigest() not in hashes:
                        self.wrong.append(f"{title}: {status}, {len(body)} bytes that are not what was published")
                except (OSError, http.client.HTTPException, IndexError, Broken):
                    pass  # it was killed meanwhile: what came is not whole by its own length
                except Exception as thrown:  # noqa: BLE001: SQLite's lock while the program starts
                    if "lock" not in str(thrown) and "unable to open" not in str(thrown):
                        self.wrong.append(f"{title}: {thrown}")

    def end(self):
        self.stop = True
        self.thread.join()


class Round:
    """One installation that is killed several times."""

    def __init__(self, backend, seed, footage):
        self.random = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="confer-kills-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.here = Installation(tools.CONFER, backend, self.folder)
        self.backend, self.footage, self.worker = backend, footage, None
        self.day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 2 * 86400))
        self.talks = [(f"{room} {n}", room, f"{self.day} {10 + n}:00", 1) for room in ROOMS for n in range(TALKS)]
        self.acknowledged, self.problems = set(), []
        self.kills = {"server": 0, "worker": 0}

    def begin_worker(self):
        if self.backend == "postgres":
            with open(f"{self.folder}/worker.log", "ab") as log:
                self.worker = subprocess.Popen([tools.CONFER, "worker", *self.here.options, "--base-url", self.here.address()], stdout=log, stderr=log, cwd=self.folder)

    def copy_some(self, waiting):
        """The next talk's footage comes into the watched folder, in pieces, as a recorder or a copy over the network writes."""
        room, hour = waiting.pop()
        path = f"{self.here.data}/incoming/day/{room.lower()}/{room.lower()}-{self.day}_{hour - 1:02}-59-00.ts"
        with open(self.footage, "rb") as f:
            content = f.read()
        middle = len(content) // 2
        with open(path, "wb") as f:
            f.write(content[:middle])
        time.sleep(self.random.uniform(0, 0.3))
        with open(path, "ab") as f:
            f.write(content[middle:])
        os.utime(path, (time.time() - 3600,) * 2)

    def look_at_all(self):
        for slot, title in (row.split(" | ") for row in self.here.sql("SELECT c.slot_number, t.title FROM cuts c JOIN talks t ON t.id = c.talk_id WHERE c.stage = 2")):
            if look(self.here, slot):
                self.acknowledged.add(title)

    def live(self, seconds, waiting):
        """So long it runs: files come, speakers look."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                if waiting and self.random.random() < 0.3:
                    self.copy_some(waiting)
                self.look_at_all()
            except (OSError, http.client.HTTPException, Broken):
                pass
            except Exception as thrown:  # noqa: BLE001
                if "lock" not in str(thrown):
                    raise
            time.sleep(0.1)

    def kill(self):
        which = self.random.choice(["server", "worker", "both"]) if self.worker else "server"
        if which != "worker":
            self.here.stop(signal.SIGKILL)
            self.kills["server"] += 1
        if which != "server":
            self.worker.kill()
            self.worker.wait()
            self.kills["worker"] += 1
        # As if the minute of the dead's leases were over. Where one of two lives its own would end too: there the minute is waited for.
        if which == "both" or self.backend == "sqlite":
            self.here.end_leases()
        if which != "server":
            self.begin_worker()
        if which != "worker":
            # Some moments are within the start.
            starter = threading.Thread(target=self.start_again)
            starter.start()
            starter.join()

    def start_again(self):
        if self.random.random() < 0.2:
            command = [tools.CONFER, "serve", *self.here.options, "--base-url", self.here.address(), "--port", str(self.here.port)]
            with open(self.here.server_log, "ab") as log:
                early = subprocess.Popen(command, stdout=log, stderr=log)
            time.sleep(self.random.uniform(0, 0.6))
            early.kill()
            early.wait()
            self.kills["server"] += 1
        self.here.start()

    def run(self, kills):
        set_up(self.here, ROOMS, self.talks)
        for room in ROOMS:
            os.makedirs(f"{self.here.data}/incoming/day/{room.lower()}")
        titles = [title for title, _, _, _ in self.talks]
        witness, visitor = Witness(self.folder), Visitor(self.here, titles)
        try:
            self.begin_worker()
            waiting = [(room, 10 + n) for room in ROOMS for n in range(TALKS)]
            self.random.shuffle(waiting)
            while sum(self.kills.values()) < kills:
                self.live(self.random.uniform(0.3, LONGEST), waiting)
                self.kill()
            while waiting:
                self.copy_some(waiting)
            deadline = time.monotonic() + 1200
            while self.here.sql("SELECT COUNT(*) FROM cuts WHERE stage = 5") != [str(len(titles))]:
                if time.monotonic() > deadline:
                    self.problems.append(f"not every talk arrived: {self.here.sql('SELECT slot_number, stage, problem FROM cuts')}, "
                                         f"{self.here.sql('SELECT kind, state, attempts, problem FROM jobs WHERE state <> 2')}")
                    break
                self.live(0.5, [])
            self.live(2, [])  # visitors see the last one too
            if self.here.server.poll() is None:
                self.here.stop(signal.SIGTERM)
        finally:
            witness.end()
            visitor.end()
            if self.worker is not None:
                self.worker.send_signal(signal.SIGTERM)
                self.worker.wait()
        self.judge(titles, witness, visitor)
        return witness, visitor

    def judge(self, titles, witness, visitor):
        here, say = self.here, self.problems.append
        for name in ("footage.added", "cut.ready", "cut.published"):
            count = len(titles)
            got = here.sql(f"SELECT COUNT(*) FROM journal_facts WHERE name = '{name}'")[0]
            if name == "footage.added":
                got = str(len(re.findall(r"\d+", " ".join(re.findall(r"\[(.*?)\]", " ".join(here.sql("SELECT data FROM journal_facts WHERE name = 'footage.added'")))))))
            if got != str(count):
                say(f"{name}: {got} times for {count} talks")
        if here.sql("SELECT COUNT(*) FROM videos") != [str(len(titles))]:
            say(f"videos: {here.sql('SELECT COUNT(*) FROM videos')}")
        looked = set(here.sql("SELECT t.title FROM cut_looks l JOIN cuts c ON c.id = l.cut_id JOIN talks t ON t.id = c.talk_id"))
        if not self.acknowledged <= looked:
            say(f"looks that were acknowledged and are not there: {self.acknowledged - looked}")
        # A cut that begins after its step was finished is one too many.
        facts = [row.split(" | ") for row in here.sql("SELECT f.name, f.at_ms, c.id FROM journal_facts f JOIN talks t ON f.subject = 'talk:' || t.code "
                                                      "JOIN cuts c ON c.talk_id = t.id WHERE f.name IN ('cut.ready', 'cut.published')")]
        ended = {("preview" if name == "cut.ready" else "cut", cut): int(at) for name, at, cut in facts}
        for out, began in witness.begun.values():
            what, cut, _ = out.split("-", 2)
            if began > ended.get((what, cut), 1e18) + 50:
                say(f"{out} was begun {began - ended[what, cut]:.0f} ms after it was finished")
        self.problems += visitor.wrong
        left = [path for path in glob.glob(f"{here.data}/unfinished/cuts/**", recursive=True) if os.path.isfile(path)]
        if left:
            say(f"left in the folder for unfinished cuts: {sorted(os.path.basename(path) for path in left)}")
        code, said = here.run(["check"])
        if code != 0:
            say(f"confer check: {said}")
        dead = here.sql("SELECT kind, attempts, problem FROM jobs WHERE state = 3")
        if dead:
            say(f"dead jobs: {dead}")


def main():
    print(tools.machine())
    print(f"command: script/bench media kills {KILLS} {LONGEST:g} {SEED}; kill -9 after 0.3 to {LONGEST:g} s each, and within starts; {len(ROOMS) * TALKS} talks an installation")
    problems = 0
    scratch = tempfile.mkdtemp()
    footage = record(scratch)
    for backend in ("sqlite", "postgres"):
        totals = {"server": 0, "worker": 0, "pages": 0, "videos": 0, "cuts": 0, "talks": 0}
        number = 0
        began = time.monotonic()
        while totals["server"] + totals["worker"] < KILLS:
            number += 1
            one = Round(backend, SEED * 1000 + number, footage)
            try:
                witness, visitor = one.run(min(KILLS_A_ROUND, KILLS - totals["server"] - totals["worker"]))
            except Broken as broken:
                sys.exit(f"{backend}, installation {number}: {broken}")
            finally:
                one.here.close()
            for key in ("server", "worker"):
                totals[key] += one.kills[key]
            totals["pages"] += visitor.pages
            totals["videos"] += visitor.videos
            totals["cuts"] += len(witness.begun)
            totals["talks"] += len(one.talks)
            for problem in one.problems:
                print(f"  {backend}, installation {number}: {problem}", flush=True)
            problems += len(one.problems)
            shutil.rmtree(one.folder, ignore_errors=True)
        print(f"{backend}: {totals['server']} kills of the server, {totals['worker']} of the worker, {number} installations: {totals['talks']} talks online, each once; "
              f"{totals['cuts']} cuts begun for {2 * totals['talks']} that were finished; {totals['pages']} pages and {totals['videos']} videos taken by a visitor, "
              f"all whole; {time.monotonic() - began:.0f} s", flush=True)
    shutil.rmtree(scratch, ignore_errors=True)
    print(f"{problems} wrong")
    sys.exit(1 if problems else 0)


main()
