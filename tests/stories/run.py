#!/usr/bin/env python3
"""Runs the stories (*.story, README.md) against the program, each on SQLite and on PostgreSQL: run.py PROGRAM [FILE…] [--backend sqlite|postgres].

Prints TAP: one line a story and backend. PostgreSQL is the server of CONFER_TEST_POSTGRES; each story has a database there of its own.
"""
import concurrent.futures
import fnmatch
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "../support"))

from bucket import Bucket
from host import Host, Stream
from installation import Installation
from pages import Broken, fill, readable

# A folder for each story, and for each beginning.
STORIES = tempfile.mkdtemp(prefix="confer-stories-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
# Pages are rendered after the change is stored: how long a `soon` may wait. Generous, for sanitizers on a busy machine.
SOON_SECONDS = int(os.environ.get("CONFER_STORY_SECONDS", "120"))


class Step:
    """One line of a story with the indented lines below it."""

    def __init__(self, number, words):
        self.number, self.words, self.below = number, words, []


def read_story(path):
    title, steps = "", []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip()
            if line.startswith("#"):
                title = title or line.lstrip("# ")
            elif line.startswith("  ") and steps:
                steps[-1].below.append(line[2:])
            elif line:
                steps.append(Step(number, line))
    return title, steps


def same_lines(wanted, got):
    """Line by line, with … for any words in a line and … alone for any number of lines."""
    if not wanted:
        return not got
    if wanted[0] == "…":
        return any(same_lines(wanted[1:], got[i:]) for i in range(len(got) + 1))
    if not got:
        return False
    pattern = re.escape(wanted[0]).replace("…", ".*")
    return re.fullmatch(pattern, got[0]) is not None and same_lines(wanted[1:], got[1:])


TONE = "0.1*sin(2*PI*440*t)"
# Somebody speaks, never twice in the same rhythm; T is the time of the room.
ROOM = "0.3*sin(2*PI*220*t)*(0.01+gt(mod(abs(sin(floor(T*2)*12.9898)*43758.5453),1),0.45))"


class Teller:
    """Goes through a story; `kept` are the names that it gave to what it saw."""

    def __init__(self, installation):
        self.here, self.kept, self.host, self.stream, self.store = installation, {}, None, None, None
        self.answer, self.code, self.output = None, 0, ""

    def filled(self, text):
        self.kept.setdefault("address", self.here.address())
        self.kept.setdefault("folder", self.here.folder)
        self.kept.setdefault("today", time.strftime("%Y-%m-%d", time.gmtime()))
        self.kept.setdefault("year", self.kept["today"][:4])
        return re.sub(r"\$\{(\w+)\}", lambda m: self.kept[m[1]] if m[1] in self.kept else "${" + m[1] + "}", text)

    def tell(self, steps):
        i = 0
        while i < len(steps):
            # Everything until the next deed is what is expected of this one.
            after = i + 1
            while after < len(steps) and self.is_expectation(steps[after].words):
                after += 1
            self.deed(steps[i], steps[i + 1:after])
            i = after

    @staticmethod
    def is_expectation(words):
        return re.match(r"(exit|prints|shows|hides|has|lacks|keep|is|header) |→|prints$|body$", words) is not None

    def deed(self, step, expectations):
        words = self.filled(step.words)
        soon = words.startswith("soon ")
        words = words.removeprefix("soon ")
        deadline, pause = time.monotonic() + (SOON_SECONDS if soon else 0), 0.1
        while True:
            at = step
            try:
                self.do(words, step)
                if words.startswith("$ ") and not any(e.words.startswith("exit ") for e in expectations) and self.code != 0:
                    raise Broken(f"ended with {self.code}:\n{self.output}")
                for at in expectations:
                    self.expect(at)
                return
            except (Broken, OSError, LookupError, ValueError, sqlite3.Error) as broken:
                if time.monotonic() > deadline:
                    raise Broken(f"line {at.number}: {at.words}\n{broken}") from None
                # Who asks too often takes the time from what it waits for.
                time.sleep(pause)
                pause = min(1.0, 1.3 * pause)

    def do(self, words, step):
        below = [self.filled(line) for line in step.below]
        if words.startswith("$ confer "):
            self.answer = None
            self.code, self.output = self.here.run(split(words[len("$ confer "):]))
        elif words.startswith("begin confer "):
            self.here.begin(split(words[len("begin confer "):]))
        elif words == "said":
            self.answer, self.output = None, self.here.said()
        elif words in ("end", "end -9"):
            self.code = self.here.end(signal.SIGKILL if words == "end -9" else signal.SIGTERM)
            self.answer, self.output = None, self.here.said()
        elif words == "stream":
            self.stream = Stream()
            self.kept["stream"] = self.stream.address
        elif words == "stream breaks off":
            self.stream.break_off()
        elif words.startswith("file "):
            name, _, encoding = words[5:].partition(" in ")
            path = os.path.join(self.here.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding=encoding or "utf-8") as f:
                f.write("\n".join(below) + "\n")
        elif found := re.fullmatch(r"recording (\S+|\"[^\"]+\") of (\d+) s(?: (with sound)| hearing the room from (\d+) s)?( cut off)?", words):
            sound = TONE if found[3] else ROOM.replace("T", f"(t+{found[4]})") if found[4] else ""
            self.here.record(found[1].strip('"'), int(found[2]), sound, bool(found[5]))
        elif words.startswith("first "):
            self.kept.update(BEGINNINGS.give(words[6:], self.here))
        elif words == "serve":
            self.here.start()
        elif words == "stop":
            self.here.stop(signal.SIGTERM)
        elif words == "kill -9":
            self.here.stop(signal.SIGKILL)
        elif words == "host":
            self.host = self.host or Host()
            self.kept["host"] = self.host.address
        elif words == "host asked":
            got = self.host.asked()
            if not same_lines(below, got):
                raise Broken("the host was asked for:\n" + "\n".join(got))
        elif words == "store":
            self.store = self.store or Bucket()
            self.kept["store"] = self.store.address
        elif found := re.fullmatch(r"store (away|back|corrupt|corrupt no)", words):
            self.store.tell(found[1])
        elif found := re.fullmatch(r"store holds (\d+) files?", words):
            got = self.store.tell("list")
            if len(got.split()) != int(found[1]):
                raise Broken(f"the store holds: {got}")
        elif found := re.fullmatch(r"worker (\S+)( ends)?", words):
            if found[2]:
                self.here.end_worker(found[1])
            else:
                self.here.start_worker(found[1])
        elif found := re.fullmatch(r"worker (\S+) refuses", words):
            self.answer = None
            self.code, self.output = self.here.run_worker(found[1])
        elif found := re.fullmatch(r"moved (\S+) to (\S+)", words):
            os.rename(os.path.join(self.here.folder, found[1]), os.path.join(self.here.folder, found[2]))
        elif words == "copies go":
            self.here.lose_files()
        elif words == "leases end":
            self.here.end_leases()
        elif words.startswith("sql "):
            got = [line.rstrip() for line in self.here.sql(words[4:])]
            if not same_lines(below, got):
                raise Broken("the database says:\n" + "\n".join(got))
        elif words.startswith("nowhere "):
            needle, _, but = words[8:].partition(" but in ")
            places = [place for place in self.here.places_of(needle) if place != but]
            if places:
                raise Broken("found in " + ", ".join(places))
        elif words.startswith("somewhere "):
            if not self.here.places_of(words[10:]):
                raise Broken("found in no file, log or dump")
        elif words == "other database":
            self.other_database()
        elif found := re.fullmatch(r"(\S+) signs in as (\S+)", words):
            self.here.sign_in(found[1], found[2])
        elif found := re.fullmatch(r"(\S+) fills (\S+)(?: \"(.*)\")?", words):
            page = self.here.ask(found[1], "GET", found[2])
            if page.status != 200:
                raise Broken(f"{page.status} {readable(page)[:600]}")
            typed = [tuple(part.strip().replace("\\n", "\n") for part in line.split("=", 1)) for line in below]
            method, action, pairs = fill(page.body, typed, found[3] or "")
            action = urllib.parse.urljoin(found[2], action)
            if method == "GET":
                action, pairs = action.split("?")[0] + "?" + urllib.parse.urlencode(pairs), None
            self.answer = self.here.ask(found[1], method, action, pairs)
        elif found := re.fullmatch(r"(\S+) (GET|POST|PUT|DELETE) (\S+)", words):
            form, more = None, []
            if found[2] == "GET":
                more = [tuple(part.strip() for part in line.split(":", 1)) for line in below]
            else:
                form = [(line,) if line.startswith("{") else tuple(part.strip() for part in line.split("=", 1)) for line in below]
            self.answer = self.here.ask(found[1], found[2], found[3], form, more)
        else:
            raise Broken("not a sentence of a story (README.md)")

    def other_database(self):
        """From here on the story is told on the other backend, with an empty data folder."""
        here = self.here
        here.stop(signal.SIGTERM)
        os.rename(here.data, here.data + "-before")
        os.makedirs(here.data)
        shutil.copy(here.data + "-before/confer.toml", here.data)
        if here.backend == "sqlite":
            here.backend, here.database = "postgres", here.new_database()
            here.options = ["--data", here.data, "--database", here.database]
        else:
            here.drop_database()
            here.backend, here.database, here.options = "sqlite", None, ["--data", here.data]

    def expect(self, step):
        verb, _, rest = self.filled(step.words).partition(" ")
        below = [self.filled(line) for line in step.below]
        if verb == "exit":
            if self.code != int(rest):
                raise Broken(f"ended with {self.code}:\n{self.output}")
        elif verb == "prints":
            if rest and rest not in self.output:
                raise Broken(f"printed:\n{self.output}")
            if below and not same_lines(below, self.output.splitlines()):
                raise Broken(f"printed:\n{self.output}")
        elif verb == "→":
            status, _, location = rest.partition(" ")
            if self.answer.status != int(status) or (location and not fnmatch.fnmatchcase(self.answer.location, location)):
                raise Broken(f"{self.answer.status} {self.answer.location}\n{readable(self.answer)[:1500]}")
        elif verb in ("has", "lacks"):
            if (rest in self.answer.body) != (verb == "has"):
                raise Broken(f"the answer as it is sent {'lacks' if verb == 'has' else 'has'} this")
        elif verb in ("shows", "hides"):
            if (rest in readable(self.answer)) != (verb == "shows"):
                raise Broken(readable(self.answer)[:3000])
        elif verb == "body":
            if not same_lines(below, self.answer.body.splitlines()):
                raise Broken(self.answer.body[:3000])
        elif verb == "header":
            name, _, value = rest.partition(": ")
            if not fnmatch.fnmatchcase(self.answer.headers.get(name.lower(), ""), value):
                raise Broken(f"{name}: {self.answer.headers.get(name.lower(), '(none)')}")
        elif verb == "is":
            path, _, value = rest.partition(" = ")
            got = json.loads(self.answer.body)
            for part in path.split("."):
                got = got[int(part)] if part.isdigit() else got[part]
            if json.dumps(got, ensure_ascii=False) != value:
                raise Broken(json.dumps(got, ensure_ascii=False))
        elif verb == "keep":
            name, _, pattern = rest.partition(" = ")
            text = self.output if self.answer is None else self.answer.body + "\n" + self.answer.location
            found = re.search(pattern, text)
            if not found:
                raise Broken(f"nothing fits {pattern}")
            self.kept[name] = found[1]


class Beginnings:
    """Each told once on each backend, in an installation of its own; stories go on from copies of it."""

    def __init__(self):
        self.lock, self.locks, self.told = threading.Lock(), {}, {}

    def give(self, name, here):
        """Makes the fresh installation `here` what it is after the beginning, and answers with what that kept."""
        key = (name, here.backend)
        with self.lock:
            lock = self.locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self.told:
                self.told[key] = self.tell(name, here)
            teller = self.told[key]
            here.go_on_from(teller.here)
        here.start()
        return {name: value for name, value in teller.kept.items() if name not in ("address", "folder")}

    @staticmethod
    def tell(name, here):
        teller = Teller(Installation(here.program, here.backend, tempfile.mkdtemp(prefix="beginning-", dir=STORIES)))
        teller.tell(read_story(os.path.join(HERE, name + ".beginning"))[1])
        teller.here.stop(signal.SIGTERM)
        return teller

    def close(self):
        for teller in self.told.values():
            teller.here.close()


BEGINNINGS = Beginnings()


def split(words):
    """Like a shell, for words and "quotes"."""
    return [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', words)]


def run_story(program, path, backend):
    name = os.path.basename(path).removesuffix(".story")
    folder = tempfile.mkdtemp(prefix=name + "-", dir=STORIES)
    here, teller, trouble, started = None, None, None, time.monotonic()
    try:
        title, steps = read_story(path)
        here = Installation(program, backend, folder)
        teller = Teller(here)
        teller.tell(steps)
        here.validate_exports()
        here.stop(signal.SIGTERM)
    except Broken as broken:
        trouble = str(broken)
        if here is not None and os.path.exists(here.server_log):
            with open(here.server_log, encoding="utf-8", errors="replace") as f:
                trouble += "\nserver's last lines:\n" + "".join(f.readlines()[-12:])
    finally:
        if here is not None:
            here.close()
        for beside in () if teller is None else (teller.host, teller.stream, teller.store):
            if beside is not None:
                beside.close()
        shutil.rmtree(folder, ignore_errors=True)
    return f"{name} on {backend}: {title}", trouble, time.monotonic() - started


def needs_postgres(path):
    """Several processes on one database: its title says so."""
    with open(path, encoding="utf-8") as f:
        return f.readline().rstrip().endswith("(PostgreSQL)")


def waits(path):
    """How often a story waits for something."""
    with open(path, encoding="utf-8") as f:
        return sum(line.startswith(("soon ", "begin ")) for line in f)


def main():
    arguments = sys.argv[1:]
    backends = ["sqlite", "postgres"]
    if "--backend" in arguments:
        at = arguments.index("--backend")
        backends = [arguments[at + 1]]
        del arguments[at:at + 2]
    if not arguments:
        sys.exit(__doc__)
    program = os.path.abspath(arguments[0])
    stories = [os.path.abspath(a) for a in arguments[1:]] or sorted(glob.glob(os.path.join(HERE, "*.story")))
    if "postgres" in backends and not os.environ.get("CONFER_TEST_POSTGRES"):
        sys.exit("run.py: CONFER_TEST_POSTGRES names no server; script/test starts one, or give --backend sqlite.")
    failed = 0
    # Three for each core: a story waits for jobs and pages most of its time. Those that wait most begin first, so that none of them is left to the end.
    stories.sort(key=waits, reverse=True)
    with concurrent.futures.ThreadPoolExecutor(3 * (os.cpu_count() or 2)) as pool:
        told = [pool.submit(run_story, program, path, backend) for path in stories for backend in backends if backend == "postgres" or not needs_postgres(path)]
        for number, each in enumerate(told, 1):
            title, trouble, seconds = each.result()
            failed += trouble is not None
            print(f"{'not ok' if trouble else 'ok'} {number} - {title}", flush=True)
            print(f"  # {seconds:.1f} s")
            for line in (trouble or "").splitlines():
                print(f"  # {line}")
    BEGINNINGS.close()
    shutil.rmtree(STORIES, ignore_errors=True)
    print(f"1..{len(told)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
