"""The program with a data folder and a database of its own, and a client that asks it."""
import glob
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.parse
import zlib

from pages import Broken, readable

HERE = os.path.dirname(os.path.abspath(__file__))
START_SECONDS = 300
# The program itself: what Debian has in the path is a script that looks for it, which takes twice as long as the statement.
PSQL = max(glob.glob("/usr/lib/postgresql/*/bin/psql"), default="psql")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.type = headers.get("content-type", "")
        self.location = headers.get("location", "")


class Installation:
    """A data folder, a database, and the program serving it on a port of its own."""

    def __init__(self, program, backend, folder):
        self.program, self.backend, self.folder = program, backend, folder
        self.data = os.path.join(folder, "data")
        os.makedirs(self.data)
        with open(os.path.join(self.data, "confer.toml"), "w", encoding="utf-8") as f:
            f.write("[outbound]\nprivate_networks = true\n[links]\npause_ms = 100\n")
        self.server, self.server_log = None, os.path.join(folder, "server.log")
        self.workers = {}
        self.beside, self.beside_log = None, os.path.join(folder, "beside.log")
        self.sessions, self.port, self.held = {}, None, None
        self.options = ["--data", self.data]
        self.database = None
        if backend == "postgres":
            self.database = self.new_database()
            self.options += ["--database", self.database]

    def new_database(self, template=None):
        name = f"story_{os.getpid()}_{os.urandom(4).hex()}"
        server = os.environ["CONFER_TEST_POSTGRES"]
        self.psql(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {name_of(template)}" if template else ""))
        return server.rsplit("/", 1)[0] + "/" + name

    def drop_database(self):
        self.psql(os.environ["CONFER_TEST_POSTGRES"], f"DROP DATABASE {name_of(self.database)} WITH (FORCE)")

    def go_on_from(self, other):
        """This installation has not been started, `other` has stopped: as if all that happened there had happened here. Files of its own stay."""
        own = {os.path.join(other.folder, os.path.relpath(os.path.join(folder, name), self.folder)) for folder, _, names in os.walk(self.folder) for name in names
               if folder != self.data or name == "confer.toml"}
        shutil.copytree(other.folder, self.folder, dirs_exist_ok=True, ignore=lambda folder, names: [name for name in names if os.path.join(folder, name) in own])
        self.sessions = dict(other.sessions)
        if self.backend == "postgres":
            self.drop_database()
            self.database = self.new_database(other.database)
            self.options[-1] = self.database

    @staticmethod
    def psql(url, statement):
        done = subprocess.run([PSQL, "-X", "-q", "-A", "-t", "-F", " | ", "-v", "ON_ERROR_STOP=1", url, "-c", statement], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise Broken(done.stderr.strip())
        return done.stdout.splitlines()

    def sql(self, statement):
        if self.backend == "postgres":
            return self.psql(self.database, statement)
        with sqlite3.connect(f"file:{self.data}/confer.sqlite?mode=ro", uri=True) as db:
            return [" | ".join("" if v is None else str(v) for v in row) for row in db.execute(statement)]

    def end_leases(self):
        """As if the minute were over after which another worker takes the jobs that a dead one held."""
        statement = "UPDATE jobs SET lease_until_ms = 0 WHERE lease_until_ms IS NOT NULL"
        if self.backend == "postgres":
            self.psql(self.database, statement)
            return
        with sqlite3.connect(f"{self.data}/confer.sqlite") as db:
            db.execute(statement)

    def worker_command(self, name):
        """A worker with a data folder of its own, on the same database."""
        data = os.path.join(self.folder, name)
        os.makedirs(data, exist_ok=True)
        return [self.program, "worker", "--data", data, "--database", self.database, "--base-url", self.address()]

    def start_worker(self, name):
        with open(os.path.join(self.folder, name + ".log"), "ab") as log:
            self.workers[name] = subprocess.Popen(self.worker_command(name), stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder)

    def run_worker(self, name):
        done = subprocess.run(self.worker_command(name), capture_output=True, text=True, check=False, cwd=self.folder, timeout=60)
        return done.returncode, done.stdout + done.stderr

    def end_worker(self, name):
        process = self.workers.pop(name)
        process.send_signal(signal.SIGTERM)
        if (code := process.wait(60)) != 0:
            raise Broken(f"confer worker {name} ended with {code}")

    def lose_files(self):
        """Every stored file of this machine."""
        for name in os.listdir(os.path.join(self.data, "files")):
            if re.fullmatch("[0-9a-f]{2}", name):
                shutil.rmtree(os.path.join(self.data, "files", name))

    def run(self, words):
        command = [self.program, *words, *self.options, *([] if "--base-url" in words else ["--base-url", self.address()])]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)
        return done.returncode, done.stdout + done.stderr

    def begin(self, words):
        """A command that goes on beside the story."""
        with open(self.beside_log, "w", encoding="utf-8") as log:
            self.beside = subprocess.Popen([self.program, *words, *self.options], stdout=log, stderr=log, cwd=self.folder)

    def said(self):
        with open(self.beside_log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def end(self, number):
        self.beside.send_signal(number)
        code, self.beside = self.beside.wait(timeout=60), None
        return code

    def record(self, name, seconds, sound="", is_cut_off=False):
        """A tiny picture of that length, last written to an hour ago; with that sound, or only its first half."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        tone = ["-f", "lavfi", "-i", f"aevalsrc='{sound}':s=48000:d={seconds}", "-c:a", "aac"] if sound else []
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", f"color=s=32x32:r=1:d={seconds}", *tone, "-c:v", "libx264", "-preset", "ultrafast", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Broken(done.stderr)
        if is_cut_off:
            os.truncate(path, os.path.getsize(path) // 2)
        hour_ago = time.time() - 3600
        os.utime(path, (hour_ago, hour_ago))

    def validate_exports(self):
        """Every event that the story released is exported and validated against c3voc's schemas, where they are."""
        schemas = os.path.join(os.environ.get("CONFER_SHARED_DATA", os.path.join(HERE, "../../../shared/data")), "schedules")
        if not os.path.isdir(schemas):
            return
        folder = os.path.join(self.folder, "exports")
        os.makedirs(folder)
        released = self.sql("SELECT slug FROM events WHERE id IN (SELECT event_id FROM releases)")
        for slug in released:
            for format in ("schedule.json", "schedule2.json", "schedule.xml"):
                # The file that visitors get; of an event that is not public, the one that an organiser writes.
                answer = self.ask("visitor", "GET", f"/{slug}/{format}") if self.server else None
                if answer is not None and answer.status == 200:
                    with open(os.path.join(folder, f"{slug}.{format}"), "w", encoding="utf-8") as f:
                        f.write(answer.body)
                    continue
                code, output = self.run(["export", "--event", slug, "--format", format, "--output", f"exports/{slug}.{format}"])
                if code != 0:
                    raise Broken(f"export of {slug} as {format}: {output}")
        if released:
            done = subprocess.run(["/usr/bin/python3", os.path.join(HERE, "../programme/validate_exports.py"), folder, schemas], capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                raise Broken(f"an export of the story's events is not valid:\n{done.stdout}{done.stderr}")

    def address(self):
        if self.port is None:
            # Bound for as long as the story lasts: a story beside this one must not be given the same port before the server listens.
            self.held = socket.socket()
            self.held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.held.bind(("127.0.0.1", 0))
            self.port = self.held.getsockname()[1]
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [self.program, "serve", *self.options, "--base-url", self.address(), "--port", str(self.port)]
        with open(self.server_log, "ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self.server.poll() is not None:
                raise Broken(f"confer serve ended with {self.server.returncode}")
            try:
                if self.ask("visitor", "GET", "/healthz").status == 200:
                    return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise Broken("confer serve does not answer")
            time.sleep(0.05)

    def stop(self, how):
        if self.server is None:
            return
        self.server.send_signal(how)
        code = self.server.wait(60)
        self.server = None
        if how == signal.SIGTERM and code != 0:
            raise Broken(f"confer serve ended with {code}")

    def ask(self, who, method, path, form=None, more=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "identity", **dict(more)}
        if method != "GET":
            headers["Origin"] = self.address()
        if self.sessions.get(who):
            headers["Cookie"] = self.sessions[who]
        body = None
        if form is not None and form and form[0][0].startswith("{"):
            body, headers["Content-Type"] = form[0][0], "application/json"
        elif form is not None:
            files = [(k, v) for k, v in form if v.startswith("@")]
            if files:
                body, headers["Content-Type"] = multipart(form, self.folder)
            else:
                body = urllib.parse.urlencode(form)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            received = {k.lower(): v for k, v in answer.getheaders()}
            raw = answer.read()
            if received.get("content-encoding") == "gzip":
                raw = zlib.decompress(raw, 31)
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and value.startswith("confer_session="):
                    self.sessions[who] = value.split(";")[0]
            return Answer(answer.status, received, raw.decode("utf-8", "replace"))
        finally:
            connection.close()

    def sign_in(self, who, email):
        code, words = self.run(["user", "link", email])
        found = re.search(r"/sign-in/link\?token=(\S+)", words)
        if code != 0 or not found:
            raise Broken(f"no link for {email}: {words}")
        answer = self.ask(who, "POST", "/sign-in/link", [("token", found[1])])
        if answer.status != 303 or who not in self.sessions:
            raise Broken(f"{email} was not signed in: {answer.status} {readable(answer)[:300]}")

    def places_of(self, needle):
        """Where the words are stored: files of the data folder (raw bytes, and unpacked when compressed), the server's log, a dump of the database."""
        found = []
        wanted = needle.encode()
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as f:
                    content = f.read()
                if wanted in content or wanted in unpacked(content):
                    found.append(os.path.relpath(path, self.folder))
        if self.backend == "postgres":
            dump = subprocess.run(["pg_dump", self.database], capture_output=True, check=True).stdout
            if wanted in dump:
                found.append("pg_dump")
        return sorted(found)

    def close(self):
        for process in (self.server, self.beside, *self.workers.values()):
            if process is not None:
                process.kill()
                process.wait()
        if self.held is not None:
            self.held.close()
        if self.database:
            try:
                self.drop_database()
            except Broken:
                pass


def name_of(database):
    return database.rsplit("/", 1)[1]


def unpacked(content):
    """The bytes inside gzip or zstd; none when it is neither."""
    if content[:2] == b"\x1f\x8b":
        try:
            return zlib.decompress(content, 31)
        except zlib.error:
            return b""
    if content[:4] == b"\x28\xb5\x2f\xfd":
        return subprocess.run(["zstd", "-dc"], input=content, capture_output=True, check=False).stdout
    return b""


def multipart(form, folder):
    boundary = "story" + os.urandom(8).hex()
    parts = []
    for name, value in form:
        if value.startswith("@"):
            with open(os.path.join(folder, value[1:]), "rb") as f:
                content = f.read()
            head = f'Content-Disposition: form-data; name="{name}"; filename="{os.path.basename(value[1:])}"\r\nContent-Type: application/octet-stream'
        else:
            content, head = value.encode(), f'Content-Disposition: form-data; name="{name}"'
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
