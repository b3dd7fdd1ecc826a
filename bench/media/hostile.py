#!/usr/bin/env python3
"""Hostile recordings: flipped, cut off, with lies about their size, with bombs: each ends in a sentence or in a proved file: script/bench media hostile [FILES] [SEED]."""
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time

import tools

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 2012
# As the server limits what it starts (media/process.h), and less time than it has.
MEMORY, CPU_SECONDS, WALL_SECONDS = 4 << 30, 60, 300


def plain(folder):
    """Six small recordings that nothing is wrong with."""
    out = {}
    for name, words in {
        "a.mp4": ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-c:a", "aac"],
        "b.mkv": ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-c:a", "libopus"],
        "c.ts": ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-c:a", "aac"],
        "d.mp4": ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:log-level=none", "-c:a", "aac"],
        "e.webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-c:a", "libopus"],
        "f.flv": ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac"],
    }.items():
        path = f"{folder}/{name}"
        tools.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=4", "-f", "lavfi", "-i", f"aevalsrc=0.2*({tools.SPEECH}):s=48000:c=stereo:d=4", *words, "-pix_fmt",
                     "yuv420p", path)
        with open(path, "rb") as f:
            out[name] = f.read()
    return out


def patched(content, box, at, *values):
    """An MP4 whose first box of that name says something else from `at` bytes behind its name on: numbers of four bytes."""
    start = content.index(box) + 4 + at
    return content[:start] + struct.pack(f">{len(values)}I", *values) + content[start + 4 * len(values):]


def lies(folder, files):
    """Those that were thought of: (what, name, bytes)."""
    mp4, mkv, ts = files["a.mp4"], files["b.mkv"], files["c.ts"]
    yield "nothing", "nothing.mp4", b""
    yield "zeros", "zeros.ts", bytes(1 << 20)
    yield "words", "words.mkv", b"These are words.\n" * 1000
    yield "a billion frames (stts)", "stts.mp4", patched(mp4, b"stts", 4, 1, 1_000_000_000, 512)
    yield "a billion frames of a byte (stsz)", "stsz.mp4", patched(patched(mp4, b"stts", 4, 1, 1_000_000_000, 1), b"stsz", 4, 1, 1_000_000_000)
    yield "four billion entries (stsc)", "stsc.mp4", patched(mp4, b"stsc", 4, 0xFFFFFFFF)
    yield "four billion entries (stco)", "stco.mp4", patched(mp4, b"stco", 4, 0xFFFFFFFF)
    yield "four billion entries (ctts)", "ctts.mp4", patched(mp4, b"ctts", 4, 0xFFFFFFFF)
    yield "lasts 136 years (mvhd, mdhd)", "long.mp4", patched(patched(mp4, b"mvhd", 12, 1, 0xFFFFFFFF), b"mdhd", 12, 1, 0xFFFFFFFF)
    yield "each frame lasts for days", "slow.mp4", patched(mp4, b"stts", 4, 1, 100, 0x7FFFFFFF)
    yield "a time scale of 0", "scale.mp4", patched(mp4, b"mdhd", 12, 0)
    yield "an edit far away", "edit.mp4", patched(mp4, b"elst", 4, 1, 0x7FFFFFFF, 0x7FFFFFFF)
    yield "a picture of 65535×65535", "size.mp4", patched(mp4, b"avc1", 24, 0xFFFFFFFF)
    yield "a box of 2^63 bytes", "box.mp4", struct.pack(">I4sQ", 1, b"ftyp", 1 << 63) + mp4
    yield "boxes in boxes", "deep.mp4", mp4[:32] + b"".join(struct.pack(">I4s", 8 * (20000 - n), b"moov") for n in range(20000))
    yield "a block of 2^56 bytes", "block.mkv", mkv.replace(b"\x1f\x43\xb6\x75", b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xfe", 1)
    yield "a gap of a day", "gap.ts", shifted(ts, 24 * 3600 * 90000)
    yield "times that run backwards", "back.ts", shifted(ts, -90000 * 3)
    yield "a playlist that names another file", "list.ts", b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    yield "a list that names another file", "concat.mp4", f"ffconcat version 1.0\nfile '{folder}/a.mp4'\n".encode()
    for what, name, words in (
        ("a picture of 144 million pixels, packed into kilobytes", "bomb.mov",
         ["-f", "lavfi", "-i", "color=s=12000x12000:r=1:d=1", "-frames:v", "2", "-c:v", "png"]),
        ("a picture of 16384×8192", "large.mp4", ["-f", "lavfi", "-i", "color=s=16384x8192:r=5:d=0.6", "-c:v", "libx264", "-preset", "ultrafast", "-threads", "1"]),
        ("900 streams", "streams.mkv", ["-f", "lavfi", "-i", "sine=d=0.2:r=8000", *["-map", "0:a"] * 900, "-c:a", "pcm_u8"]),
        ("10 hours of nothing between two frames", "hours.mkv",
         ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=4", "-f", "lavfi", "-i", "sine=d=4", "-vf", "setpts='PTS+gt(N,50)*36000/TB'", "-af",
          "asetpts='PTS+gt(T,2)*36000/TB'", "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac"]),
        ("10 years of nothing between two frames", "years.mkv",
         ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=4", "-f", "lavfi", "-i", "sine=d=4", "-vf", "setpts='PTS+gt(N,50)*315360000/TB'", "-af",
          "asetpts='PTS+gt(T,2)*315360000/TB'", "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac"]),
        ("16 channels", "channels.mkv", ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=4", "-f", "lavfi", "-i", "anullsrc=cl=mono:r=8000:d=4", "-filter_complex",
                                         "[1:a]asplit=16" + "".join(f"[a{n}]" for n in range(16)) + ";" + "".join(f"[a{n}]" for n in range(16)) + "amerge=16[a]",
                                         "-map", "0:v", "-map", "[a]", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le"])):
        path = f"{folder}/made-{name}"
        tools.ffmpeg(*words, path)
        with open(path, "rb") as f:
            yield what, name, f.read()


def shifted(ts, by):
    """The second half's times, moved: PTS and DTS of PES packets."""
    out = bytearray(ts)
    for at in range(len(ts) // 2 // 188 * 188, len(ts) - 187, 188):
        if not out[at + 1] & 0x40:
            continue
        begin = at + 4 + (1 + out[at + 4] if out[at + 3] & 0x20 else 0)
        if begin + 19 > at + 188 or out[begin:begin + 3] != b"\0\0\1" or not out[begin + 7] & 0x80:
            continue
        for place in (begin + 9, *((begin + 14,) if out[begin + 7] & 0x40 else ())):
            b = out[place:place + 5]
            value = ((b[0] >> 1 & 7) << 30 | b[1] << 22 | (b[2] >> 1) << 15 | b[3] << 7 | b[4] >> 1) + by & (1 << 33) - 1
            out[place:place + 5] = bytes([b[0] & 0xF1 | (value >> 30 & 7) << 1, value >> 22 & 255, value >> 14 & 254 | 1, value >> 7 & 255, value << 1 & 254 | 1])
    return bytes(out)


def mutated(rng, files):
    name = rng.choice(sorted(files))
    content = bytearray(files[name])
    how = rng.choice(["flips", "cut off", "a hole", "twice", "numbers"])
    if how == "flips":
        for _ in range(rng.randint(1, 200)):
            content[rng.randrange(len(content))] = rng.randrange(256)
    elif how == "cut off":
        del content[rng.randrange(1, len(content)):]
    elif how == "a hole":
        at = rng.randrange(len(content))
        del content[at:at + rng.randint(1, len(content) // 4)]
    elif how == "twice":
        at = rng.randrange(len(content))
        content[at:at] = content[at:at + rng.randint(1, 20000)]
    else:
        # In the first or last part, where the tables are.
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(min(2000, len(content) - 8)) if rng.random() < 0.5 else rng.randrange(max(0, len(content) - 6000), len(content) - 8)
            content[at:at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0", b"\x3b\x9a\xca\0"])
    return how, name, bytes(content)


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tried(command):
    """(exit code, its words, CPU seconds, MB resident)"""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(["nice", tools.CONFER, *command], stdout=out, stderr=err, stdin=subprocess.DEVNULL, preexec_fn=limited)
        deadline = time.monotonic() + WALL_SECONDS
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        return process.returncode, err.read().decode("utf-8", "replace"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    print(tools.machine())
    print(f"command: script/bench media hostile {FILES} {SEED}; each by probe, cut, listen and pictures, with 4 GB of address space and {CPU_SECONDS} s of CPU")
    rng = random.Random(SEED)
    wrong, tally, slowest, largest = [], {}, (0.0, ""), (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        files = plain(folder)
        cases = [*lies(folder, files), *(mutated(rng, files) for _ in range(FILES))]
        for number, (how, name, content) in enumerate(cases):
            path = f"{folder}/case-{name}"
            with open(path, "wb") as f:
                f.write(content)
            out = f"{folder}/out.mkv"
            for command in (["probe", path], ["cut", path, "--from", "0.52", "--to", "2.6", "--out", out], ["listen", path, "--planned-from", "0.5", "--planned-to", "3"],
                            ["pictures", path, "--out", f"{folder}/pictures"]):
                code, words, cpu, megabytes = tried(command)
                what = f"{how} ({name}), {command[0]}"
                slowest, largest = max(slowest, (cpu, what)), max(largest, (megabytes, what))
                kind = "done" if code == 0 else "refused" if code == 2 else "wrong"
                tally.setdefault(command[0], {}).setdefault(kind, 0)
                tally[command[0]][kind] += 1
                lines = words.strip().splitlines()
                if kind == "wrong" or (kind == "refused" and (len(lines) != 1 or not lines[0].startswith("confer: "))):
                    wrong.append(f"{what}: exit code {code}, {cpu:.1f} s, {megabytes:.0f} MB: {words.strip()[-300:]}")
                    if os.environ.get("CONFER_HOSTILE_KEPT"):
                        with open(f"{os.environ['CONFER_HOSTILE_KEPT']}/{number}-{name}", "wb") as f:
                            f.write(content)
                if kind != "done" and os.path.exists(out):
                    wrong.append(f"{what}: a file was left")
                for left in (out, out + ".part"):
                    if os.path.exists(left):
                        if left.endswith(".part"):
                            wrong.append(f"{what}: {os.path.basename(left)} was left")
                        os.remove(left)
            os.remove(path)
    for command, kinds in tally.items():
        print(f"{command:10}" + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    print(f"{len(cases)} files; slowest: {slowest[1]} with {slowest[0]:.1f} s of CPU; largest: {largest[1]} with {largest[0]:.0f} MB; {len(wrong)} wrong")
    for one in wrong:
        print("  " + one)
    sys.exit(1 if wrong else 0)


main()
