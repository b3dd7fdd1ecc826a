#!/usr/bin/env python3
"""How loud a cut is: sounds of every kind for two loudnesses and two codecs, decoded again and measured by ffmpeg's ebur128: script/bench media loudness [WORDS of a name]."""
import json
import os
import re
import sys
import tempfile

import tools
from tools import MUSIC, SPEECH

SECONDS = 30
SILENT = -70.0  # LUFS: what the meter says of nothing
# Name, left, right (none: one channel), what else; factors are of full scale.
SOUNDS = [
    ("quiet", f"0.01*({SPEECH})", f"0.01*({SPEECH})", {}),
    ("too quiet: 40 dB more", f"0.004*({SPEECH})", f"0.004*({SPEECH})", {"most": 40}),
    ("loud", f"0.9*({SPEECH})", f"0.9*({SPEECH})", {}),
    ("clipped", f"clip(4*({SPEECH})\\,-1\\,1)", f"clip(4*({SPEECH})\\,-1\\,1)", {}),
    ("one channel only", f"0.2*({SPEECH})", "0", {"channels": "left"}),
    ("inverted", f"0.2*({SPEECH})", f"-0.2*({SPEECH})", {"channels": "inverted"}),
    ("20 dB apart", f"0.02*({SPEECH})", f"0.2*({SPEECH})", {"channels": "right"}),
    ("6 dB apart", f"0.2*({SPEECH})", f"0.1*({SPEECH})", {"channels": "both"}),
    ("music and speech", f"0.05*({MUSIC})+0.2*({SPEECH})*lt(mod(t\\,20)\\,14)", f"0.05*({MUSIC})+0.2*({SPEECH})*lt(mod(t\\,20)\\,14)", {}),
    ("quiet, then loud", f"(0.01+0.3*gt(t\\,20))*({SPEECH})", f"(0.01+0.3*gt(t\\,20))*({SPEECH})", {}),
    ("claps over speech", f"0.05*({SPEECH})+0.9*(random(0)*2-1)*lt(mod(t\\,7)\\,0.02)", f"0.05*({SPEECH})+0.9*(random(1)*2-1)*lt(mod(t\\,7)\\,0.02)", {}),
    ("noise", "0.05*(random(0)*2-1)", "0.05*(random(1)*2-1)", {}),
    ("mono, 44.1 kHz", f"0.1*({SPEECH})", None, {"rate": 44100}),
    ("short: 2 s", f"0.1*({SPEECH})", f"0.1*({SPEECH})", {"seconds": 2}),
    ("silence", "0", "0", {"silent": True}),
]


def write(path, left, right, more):
    seconds = more.get("seconds", SECONDS)
    layout = "mono" if right is None else "stereo"
    tools.ffmpeg("-f", "lavfi", "-i", f"color=s=64x64:r=5:d={seconds}", "-f", "lavfi", "-i",
                 f"aevalsrc={left}{'' if right is None else '|' + right}:c={layout}:s={more.get('rate', 48000)}:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-g",
                 "50", "-c:a", "aac", "-b:a", "160k", path)


def measured(path, mix=""):
    """(LUFS, true peak in dBTP) of the file as a player decodes it; `mix`: filters before the meter."""
    words = tools.ran("bash", "-c", f"ffmpeg -nostdin -hide_banner -i '{path}' -map 0:a -af '{mix}ebur128=peak=true' -f null - 2>&1")
    summary = words[words.rindex("Summary:"):]
    peak = re.search(r"True peak:\s+Peak:\s+(\S+) dBFS", summary)[1]
    return float(re.search(r"I:\s+(\S+) LUFS", summary)[1]), float(peak) if peak != "-inf" else -120.0


def main():
    print(tools.machine())
    print(f"command: script/bench media loudness {' '.join(sys.argv[1:])}; bounds: ±1 LU, at most -1 dBTP, and within 6 LU where both channels are mixed into one")
    print(f"{'sound':22}{'LUFS':>7}{'dBTP':>7}  {'heard':9}" + "".join(f"{f'{codec} {wanted}':>10}{'dBTP':>7}{'mono':>7}" for wanted in (-16, -23) for codec in ("AAC", "Opus")))
    wrong, worst, highest = [], 0.0, -120.0
    sounds = [sound for sound in SOUNDS if " ".join(sys.argv[1:]) in sound[0]]
    with tempfile.TemporaryDirectory() as folder:
        for name, left, right, more in sounds:
            source, report = f"{folder}/in.mp4", f"{folder}/report.json"
            write(source, left, right, more)
            loudness, peak = measured(source)
            row, heard = "", ""
            for wanted in (-16, -23):
                for codec, ending in (("AAC", "mp4"), ("Opus", "mkv")):
                    out = f"{folder}/out.{ending}"
                    words = ["cut", source, "--from", "0", "--to", str(more.get("seconds", SECONDS)), "--loudness", str(wanted), "--out", out, "--report", report]
                    if codec == "Opus":
                        words[words.index(out)] = out = f"{folder}/out.webm"
                        tools.ffmpeg("-i", source, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "100k", "-c:a", "copy", f"{folder}/in.mkv")
                        words[1] = f"{folder}/in.mkv"
                    tools.confer(*words)
                    with open(report, encoding="utf-8") as f:
                        told = json.load(f)["sound"]
                    heard = told["channels"]
                    got, true_peak = measured(out)
                    mono, _ = measured(out, "pan=mono|c0=0.5*c0+0.5*c1,")
                    row += f"{got:10.1f}{true_peak:7.1f}{mono:7.1f}"
                    where = f"{name}, {codec}, {wanted} LUFS"
                    if more.get("silent"):
                        if got > SILENT or true_peak > -60:
                            wrong.append(f"{where}: silence became {got} LUFS, {true_peak} dBTP")
                        continue
                    goal = min(wanted, loudness + more.get("most", 100))
                    worst, highest = max(worst, abs(got - goal)), max(highest, true_peak)
                    if abs(got - goal) > 1:
                        wrong.append(f"{where}: {got} LUFS")
                    if true_peak > -1:
                        wrong.append(f"{where}: {true_peak} dBTP")
                    if mono < got - 6:
                        wrong.append(f"{where}: {mono} LUFS where both channels are mixed")
            if heard != more.get("channels", heard):
                wrong.append(f"{name}: {heard} was heard, not {more['channels']}")
            print(f"{name:22}{loudness:7.1f}{peak:7.1f}  {heard:9}{row}", flush=True)
    print(f"{4 * len(sounds)} cuts: at most {worst:.1f} LU from what was wanted, true peaks at most {highest:.1f} dBTP; {len(wrong)} wrong")
    for one in wrong:
        print("  " + one)
    sys.exit(1 if wrong else 0)


main()
