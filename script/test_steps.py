#!/usr/bin/env python3
"""The steps of script/test: each runs, is timed and counted; the last line is the sum. Run by script/test, which provides PostgreSQL."""
import concurrent.futures
import glob
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JOBS = int(os.environ.get("CONFER_JOBS") or os.cpu_count() or 2)
FUZZ_SECONDS = int(os.environ.get("CONFER_FUZZ_SECONDS", "5"))
# A hung test must not eat the run: generous, for two programs side by side under sanitizers.
PROGRAM_SECONDS = 900

SANITIZER_ENV = {
    "ASAN_OPTIONS": "detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=0:malloc_context_size=8",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "second_deadlock_stack=1:history_size=4",
    "ASAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-19",
    "TSAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-19",
}

# Fuzzers, and test programs that are not long anyway, look for the use of a stack after its return, too: that takes a quarter of the time.
THOROUGH = {"ASAN_OPTIONS": SANITIZER_ENV["ASAN_OPTIONS"].replace("after_return=0", "after_return=1")}


class Count:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        return self

    def check(self, name, good):
        if good:
            self.passed += 1
        else:
            self.failed.append(name)
        return good


def tail(path, lines=60):
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f.readlines()[-lines:]:
            print("    " + line.rstrip())


def run(command, log, timeout=None, env=None):
    """Runs a command with its words in a file; the exit code, or None when it took too long."""
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "wb") as out:
        try:
            return subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=timeout,
                                  env={**os.environ, **SANITIZER_ENV, **(env or {})}, check=False).returncode
        except subprocess.TimeoutExpired:
            out.write(f"\nstopped after {timeout} s\n".encode())
            return None


def sources(*folders, endings=(".h", ".cpp")):
    found = []
    for folder in folders:
        for directory, _, names in os.walk(folder):
            found += [os.path.join(directory, n) for n in names if n.endswith(endings)]
    return sorted(found)


def build(count, preset, options=()):
    """True when the preset is built; its name is counted only when it fails, tests count for themselves."""
    log = f"build/{preset}-configure.log"
    if run(["cmake", "--preset", preset, *options], log) != 0:
        tail(log)
        return count.check(f"configure {preset}", False)
    log = f"build/{preset}-build.log"
    if run(["cmake", "--build", "--preset", preset, "--", "-k", "0", f"-j{JOBS}"], log) != 0:
        with open(log, encoding="utf-8", errors="replace") as f:
            text = f.read()
        for line in re.findall(r"^.*(?:error|warning): .*$", text, re.M)[:20]:
            print("    " + line)
        tail(log, 20)
        return count.check(f"build {preset}", False)
    return True


# Run in several processes, so that no core waits for one that is left.
SHARDS = {"confer_media_test": 3, "confer_programme_test": 2}
LONG = {*SHARDS, "confer_site_test", "confer_app_test", "confer_archive_test"}


def run_gtest(program, preset, shard=0, shards=1):
    """One test program's counts, from its XML; a crash, a leak or a hang counts as one failure more."""
    count = Count()
    name = os.path.basename(program) + (f"-{shard + 1}" if shards > 1 else "")
    xml, log = f"build/{preset}/results/{name}.xml", f"build/{preset}/results/{name}.log"
    os.makedirs(os.path.dirname(xml), exist_ok=True)
    if os.path.exists(xml):
        os.remove(xml)
    started = time.monotonic()
    code = run([program, f"--gtest_output=xml:{xml}"], log, timeout=PROGRAM_SECONDS, env={**({} if os.path.basename(program) in LONG else THOROUGH), "GTEST_TOTAL_SHARDS": str(shards), "GTEST_SHARD_INDEX": str(shard)})
    seconds = time.monotonic() - started
    if os.path.exists(xml):
        for case in ElementTree.parse(xml).getroot().iter("testcase"):
            full = f"{preset}: {case.get('classname')}.{case.get('name')}"
            if case.get("result") == "skipped" or case.find("skipped") is not None:
                skipped = case.find("skipped")
                reason = (skipped.get("message") or "").strip().split("\n")[-1] if skipped is not None else ""
                count.skipped.append(f"{full} ({reason})" if reason else full)
            elif case.get("status") == "run":
                count.check(full, case.find("failure") is None)
    if code != 0 and not count.failed:
        count.failed.append(f"{preset}: {name} " + ("took too long" if code is None else f"ended with {code}"))
    if count.failed:
        with open(log, encoding="utf-8", errors="replace") as f:
            text = f.read()
        blocks = re.findall(r"^\[ RUN      \] (.*?)$(.*?)^\[  FAILED  \] \1", text, re.M | re.S)
        for test, words in blocks[:10]:
            print(f"  {test}")
            for line in words.strip().split("\n")[-25:]:
                print("    " + line)
        reports = re.findall(r"^(?:WARNING: ThreadSanitizer|==\d+==ERROR: AddressSanitizer|.*runtime error: ).*(?:\n.*){0,24}", text, re.M)
        for report in reports[:3]:
            print("    " + report.replace("\n", "\n    "))
        if not blocks and not reports:
            tail(log)
    print(f"  {name}: {count.passed} passed, {len(count.failed)} failed, {len(count.skipped)} skipped, {seconds:.1f} s", flush=True)
    return count


def run_programs(count, preset):
    # Those that take longest first, since the last one runs alone: those in several processes, then by size.
    programs = sorted((p for p in glob.glob(f"build/{preset}/confer_*_test") if os.access(p, os.X_OK)),
                      key=lambda p: (SHARDS.get(os.path.basename(p), 1), os.path.getsize(p)), reverse=True)
    if not programs:
        count.check(f"{preset}: test programs (none were built)", False)
    # One more than there are cores: many wait for PostgreSQL.
    with concurrent.futures.ThreadPoolExecutor(JOBS + 1) as pool:
        parts = []
        for program in programs:
            shards = SHARDS.get(os.path.basename(program), 1)
            parts += [pool.submit(run_gtest, program, preset, shard, shards) for shard in range(shards)]
        for part in parts:
            count += part.result()


def step_format(count):
    files = sources("src", "tests", "bench")
    log = "build/format.log"
    if not count.check("format (script/format mends it)", run(["clang-format-19", "--dry-run", "-Werror", *files], log) == 0):
        with open(log, encoding="utf-8", errors="replace") as f:
            for path in sorted(set(re.findall(r"^([^:\n]+):\d+:\d+: error", f.read(), re.M))):
                print("    " + path)


def step_checks(count):
    for script in sorted(glob.glob("script/check_*.py") + glob.glob("demo/check.py")):
        log = f"build/{script.replace(os.sep, '-')}.log"
        if not count.check(script, run([sys.executable, script], log) == 0):
            tail(log)


def step_build(count):
    build(count, "asan")


# Each program writes there which SQL statements it ran (src/db/connection.cpp).
SQL_RUN = os.path.join(ROOT, "build/asan/sql-run")


def step_unit(count):
    shutil.rmtree(SQL_RUN, ignore_errors=True)
    os.makedirs(SQL_RUN)
    os.environ["CONFER_SQL_TRACE_DIR"] = SQL_RUN
    run_programs(count, "asan")
    del os.environ["CONFER_SQL_TRACE_DIR"]


def step_stories(count):
    """Tells the stories; after them, each statement was run by some test, or is named."""
    run_tap(count, "stories", [sys.executable, "tests/stories/run.py", "build/asan/confer"], env={"CONFER_SQL_TRACE_DIR": SQL_RUN})
    if os.path.isdir(SQL_RUN):
        log = "build/untried-sql.log"
        if not count.check("SQL statements that no test ran", run([sys.executable, "script/untried_sql.py", SQL_RUN], log) == 0):
            tail(log)


def step_tidy(count):
    command = [sys.executable, "script/tidy.py", "--changed", "--build", "build/asan", "--jobs", str(JOBS)]
    log = "build/tidy.log"
    if not count.check("tidy", run(command, log) == 0):
        tail(log)


def step_fuzz(count):
    programs = sorted(p for p in glob.glob("build/asan/*_fuzz") if os.access(p, os.X_OK))

    def fuzz(program):
        part = Count()
        name = os.path.basename(program)
        corpus = f"tests/fuzz/corpus/{name.removesuffix('_fuzz')}"
        fresh = f"build/fuzz-found/{name}"
        os.makedirs(fresh, exist_ok=True)
        log = f"build/{name}.log"
        command = [program, f"-max_total_time={FUZZ_SECONDS}", "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={fresh}/", fresh]
        if os.path.isdir(corpus):
            command.append(corpus)
        dictionary = f"tests/fuzz/{name.removesuffix('_fuzz')}.dict"
        if os.path.exists(dictionary):
            command.insert(1, f"-dict={dictionary}")
        if not part.check(f"fuzz: {name}", run(command, log, timeout=FUZZ_SECONDS + 120, env=THOROUGH) == 0):
            tail(log)
        return part

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for part in pool.map(fuzz, programs):
            count += part
    print(f"  {len(programs)} fuzzers, {FUZZ_SECONDS} s each")


def step_tsan(count):
    if build(count, "tsan"):
        run_programs(count, "tsan")


def run_tap(count, name, command, env=None):
    """Stories and Node's test runner write TAP: one line a test, subtests indented; a suite's own line is not counted."""
    log = f"build/{name.replace(' ', '-')}.log"
    code = run(command, log, timeout=PROGRAM_SECONDS, env=env)
    with open(log, encoding="utf-8", errors="replace") as f:
        text = f.read()
    part = Count()
    suites = set()
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if re.match(r"\s*(not )?ok \d+ - ", line) and any("type: 'suite'" in below for below in lines[i + 1:i + 6]):
            suites.add(i)
    for i, line in enumerate(lines):
        match = re.match(r"\s*(not )?ok \d+ - (.*?)(?: # (SKIP|TODO)(.*))?$", line)
        if not match or i in suites:
            continue
        title = f"{name}: {match[2]}"
        if match[3] == "SKIP":
            part.skipped.append(title + (f" ({match[4].strip()})" if match[4].strip() else ""))
        else:
            part.check(title, not match[1])
    if code != 0 and not part.failed:
        part.failed.append(f"{name}: " + ("took too long" if code is None else f"ended with {code}"))
    if part.failed:
        shown = [i for i, line in enumerate(lines) if re.match(r"\s*not ok ", line) and i not in suites]
        for line in lines:
            if re.match(r"\s*# Error:", line):  # An error after its test fails the whole file, and stands only here.
                print("    " + line)
        for i in shown[:10]:
            for line in lines[i:i + 25]:
                print("    " + line)
        if not shown:
            tail(log)
    count += part


def step_islands(count):
    tests = sorted(sources("web", endings=(".test.ts", ".test.mjs")))
    tests = [t for t in tests if "node_modules" not in t]
    if tests:
        # Node 18 reads no TypeScript: esbuild, which also makes what we ship, turns it into modules first.
        out = "build/web-tests"
        shutil.rmtree(out, ignore_errors=True)
        bundle = ["web/node_modules/.bin/esbuild", *tests, "--bundle", "--platform=node", "--format=esm", f"--outdir={out}", "--outbase=web",
                  "--out-extension:.js=.mjs", "--log-level=warning"]
        if run(bundle, "build/web-tests.log") != 0:
            tail("build/web-tests.log")
            count.check("islands: bundle", False)
            return
        run_tap(count, "islands", ["node", "--test", "--test-reporter=tap", *sorted(sources(out, endings=(".mjs",)))])


def step_browser(count):
    tests = sorted(glob.glob("tests/browser/*.test.mjs"), key=lambda test: (not test.endswith("/looking.test.mjs"), test))  # which takes longest first
    if not tests:
        return
    if not os.access("build/asan/confer", os.X_OK):
        count.check("browser: build/asan/confer is missing", False)
        return
    env = {"CONFER": os.path.abspath("build/asan/confer"), "CHROMIUM": shutil.which("chromium") or "chromium"}

    def one(test):
        part = Count()
        run_tap(part, "browser " + os.path.basename(test).split(".")[0], ["node", "--test", "--test-reporter=tap", test], env=env)
        return part

    # Side by side, each with a server of its own, one more than there are cores: a browser waits for its server, and the server for it.
    with concurrent.futures.ThreadPoolExecutor(JOBS + 1) as pool:
        for part in pool.map(one, tests):
            count += part


def cpu_seconds():
    """Of all programs that were run until now and have ended; PostgreSQL's is not among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


STEPS = {"format": step_format, "checks": step_checks, "build": step_build, "tidy": step_tidy, "unit": step_unit, "stories": step_stories, "browser": step_browser,
         "islands": step_islands, "fuzz": step_fuzz, "tsan": step_tsan}


def main():
    os.chdir(ROOT)
    chosen = sys.argv[1:]
    if chosen == ["--list"]:
        print(" ".join(STEPS))
        return 0
    unknown = [s for s in chosen if s not in STEPS]
    if unknown:
        print(f"script/test: there is no step '{unknown[0]}'; there are {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    total, rows, built = Count(), [], True
    for name, step in STEPS.items():
        if chosen and name not in chosen:
            continue
        print(f"== {name}", flush=True)
        count, started, worked = Count(), time.monotonic(), cpu_seconds()
        if name in ("tidy", "unit", "stories", "browser", "fuzz") and not built:
            print("  not run: the build failed")
            count.failed.append(f"{name} (not run, the build failed)")
        else:
            step(count)
        if name == "build":
            built = not count.failed
        rows.append((name, count, time.monotonic() - started, cpu_seconds() - worked))
        total += count
    rows.append(("all", total, sum(r[2] for r in rows), sum(r[3] for r in rows)))
    print("\nstep       passed  failed  skipped  seconds  of a CPU")
    for name, count, seconds, cpu in rows:
        print(f"{name:10} {count.passed:6}  {len(count.failed):6}  {len(count.skipped):7}  {seconds:7.1f}  {cpu:8.1f}")
    for name in total.skipped:
        print(f"skipped: {name}")
    for name in total.failed:
        print(f"FAILED: {name}")
    print(f"{total.passed} passed, {len(total.failed)} failed, {len(total.skipped)} skipped", flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
