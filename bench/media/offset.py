#!/usr/bin/env python3
"""A flash and a beep every ten seconds for an hour: whether sound and picture of a cut are as far apart as they were recorded: script/bench media offset [MINUTES [FORM]]."""
import array
import os
import random
import sys
import tempfile

import tools

MINUTES = float(sys.argv[1]) if len(sys.argv) > 1 else 60
EVERY = 10
# Name, container, frames a second, how the picture is encoded, parts it is recorded in.
FORMS = [
    ("H.264 in MP4, 25/s", "mp4", "25", ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-bf", "2"], ["-c:a", "aac", "-b:a", "96k"], 1),
    ("H.264 in MPEG-TS, 50/s", "ts", "50", ["-c:v", "libx264", "-preset", "ultrafast", "-g", "100", "-bf", "2"], ["-c:a", "aac", "-b:a", "96k"], 1),
    ("H.264 in Matroska, 30000/1001", "mkv", "30000/1001", ["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-bf", "2"], ["-c:a", "flac"], 1),
    ("MPEG-TS of 5 minutes each, 25/s", "ts", "25", ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-bf", "2"], ["-c:a", "aac", "-b:a", "96k"], 0),
]
SEGMENT = 300
MILLISECOND = 96  # bytes of sound


def rate_of(text):
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def record(folder, form):
    """The files of a recording, each with its beginning in seconds."""
    _, container, rate, picture, sound, files = form
    seconds = MINUTES * 60
    flash = f"drawbox=c=white:t=fill:enable='lt(mod(t+0.0005\\,{EVERY})\\,{1 / rate_of(rate)})'"
    words = ["-f", "lavfi", "-i", f"color=c=gray:s=160x96:r={rate}:d={seconds},{flash}", "-f", "lavfi", "-i",
             f"aevalsrc=0.5*sin(2*PI*1000*t)*lt(mod(t\\,{EVERY})\\,0.08)+0.002*sin(2*PI*100*t):s=48000:c=stereo:d={seconds}", *picture, *sound, "-pix_fmt", "yuv420p"]
    if files == 1:
        tools.ffmpeg(*words, f"{folder}/in.{container}")
        return [(f"{folder}/in.{container}", 0.0)]
    tools.ffmpeg(*words, "-f", "segment", "-segment_time", str(SEGMENT), "-segment_format", "mpegts", "-reset_timestamps", "1", f"{folder}/in%03d.{container}")
    return [(f"{folder}/{name}", float(SEGMENT * number)) for number, name in enumerate(sorted(n for n in os.listdir(folder) if n.startswith("in")))]


def decoded(path):
    """When each flash and each beep begins, in seconds from the file's beginning, as a player decodes them."""
    sound = f"{path}.s16"
    # Both in one run: of streams that are decoded apart, each would begin at 0. A picture becomes one pixel, whose checksum is its value.
    words = tools.ffmpeg("-i", path, "-map", "0:v:0", "-vf", "scale=1:1:flags=area,format=gray", "-fps_mode", "passthrough", "-enc_time_base", "1/90000", "-f", "framecrc", "-",
                         "-map", "0:a:0", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "s16le", sound)
    flashes, was = [], False
    for line in words.splitlines():
        if line.startswith("#"):
            continue
        fields = line.split(",")
        white = (int(fields[5].strip(), 16) & 0xFFFF) > 180
        if white and not was:
            flashes.append(int(fields[2]) / 90000)
        was = white
    with open(sound, "rb") as f:
        raw = f.read()
    os.remove(sound)
    beeps, quiet = [], 1000
    for at in range(0, len(raw) - MILLISECOND, MILLISECOND):
        if loudest(raw[at:at + MILLISECOND]) < 4000:
            quiet += 1
            continue
        if quiet > 500:
            beeps.append(at / MILLISECOND / 1000)
        quiet = 0
    return flashes, beeps


def loudest(block):
    values = memoryview(block).cast("h")
    return max(max(values), -min(values))


def offsets(path):
    """(when, by how much the beep comes later) of each flash that has a beep within a second; how many there are of each."""
    seen, heard = decoded(path)
    out = []
    for flash in seen:
        near = min(heard, key=lambda beep: abs(beep - flash), default=None)
        if near is not None and abs(near - flash) < 1:
            out.append((flash, near - flash))
    return out, len(seen), len(heard)


def main():
    print(tools.machine())
    print(f"command: script/bench media offset {' '.join(sys.argv[1:])}; a flash of one picture and a beep of 1 kHz every {EVERY} s; milliseconds that the beep comes after the flash")
    print(f"{'recording':34}{'flashes':>8}{'beeps':>7}{'recorded':>10}{'first':>8}{'last':>8}{'drift':>8}{'farthest':>10}{'a frame':>9}")
    forms = [form for form in FORMS if len(sys.argv) < 3 or sys.argv[2] in form[0]]
    wrong = []
    random.seed(2012)
    for form in forms:
        with tempfile.TemporaryDirectory() as folder:
            files = record(folder, form)
            recorded, _, _ = offsets(files[0][0])
            plain = sum(o for _, o in recorded) / len(recorded)
            begins, ends = random.uniform(3, 9), MINUTES * 60 - random.uniform(3, 9)
            out = f"{folder}/out.{'mkv' if 'mkv' in form[1] else 'mp4'}"
            sources = [files[0][0]] if len(files) == 1 else [f"{path}@{begin}" for path, begin in files]
            tools.confer("cut", *sources, "--from", f"{begins:.3f}", "--to", f"{ends:.3f}", "--out", out)
            got, seen, heard = offsets(out)
            frame = 1 / rate_of(form[2])
            # Each beside the same one as it was recorded; of several files, beside the first file's.
            before = [o for when, o in recorded if begins <= when + 0.1 < ends] if len(files) == 1 else [plain] * len(got)
            changes = [o - was for (_, o), was in zip(got, before)]
            drift = changes[-1] - changes[0]
            farthest = max(changes, key=abs)
            print(f"{form[0]:34}{seen:8}{heard:7}{plain * 1000:10.1f}{changes[0] * 1000:8.1f}{changes[-1] * 1000:8.1f}{drift * 1000:8.1f}{farthest * 1000:10.1f}{frame * 1000:9.1f}", flush=True)
            expected = len([n for n in range(int(MINUTES * 60 / EVERY) + 1) if begins <= n * EVERY < ends])
            if seen != expected or heard != expected or len(got) != expected:
                wrong.append(f"{form[0]}: {seen} flashes and {heard} beeps, not {expected}")
            if abs(farthest) >= frame or abs(drift) >= frame:
                wrong.append(f"{form[0]}: a frame or more")
    print(f"{len(forms)} recordings of {MINUTES:g} minutes, {len(wrong)} wrong")
    for one in wrong:
        print("  " + one)
    sys.exit(1 if wrong else 0)


main()
