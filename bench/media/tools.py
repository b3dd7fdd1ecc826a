"""What the parts of script/bench media share: running ffmpeg and confer, and saying what is wrong."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONFER = os.environ.get("CONFER") or f"{ROOT}/build/release/confer"
sys.path += [f"{ROOT}/bench", f"{ROOT}/tests/stories"]
from machine import machine  # noqa: E402, F401


def ran(*command, text=True):
    """What it prints; its words end the measurement when it fails."""
    done = subprocess.run(["nice", *command], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode() if text else done.stdout


def ffmpeg(*words, text=True):
    return ran("ffmpeg", "-nostdin", "-v", "error", "-y", *words, text=text)


def confer(*words):
    return ran(CONFER, *words)


def share(values, part):
    """The value that this part of all is not above: share(v, 0.95) is the 95th percentile."""
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


# Somebody speaks: syllables of a buzz with overtones, and a breath every three seconds.
SPEECH = "sin(PI*min(1\\,mod(t\\,0.22)/0.143))*lt(mod(t\\,0.22)\\,0.143)*lt(mod(t\\,3)\\,2.7)*(sin(2*PI*120*t)+sin(2*PI*240*t)/2+sin(2*PI*720*t)/3+sin(2*PI*1320*t)/5)/2"
# A chord that swells over four seconds.
MUSIC = "(0.6+0.4*sin(2*PI*t/4))*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))/3"
