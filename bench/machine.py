#!/usr/bin/env python3
"""The first line of a result: when, and on what machine."""
import datetime
import os


def machine(*programs):
    def field(path, name, separator=":"):
        return next(line.split(separator, 1)[1].strip().strip('"') for line in open(path) if line.startswith(name))

    memory = round(int(field("/proc/meminfo", "MemTotal").split()[0]) / (1 << 20))
    system = f"{field('/etc/os-release', 'NAME', '=').removesuffix(' GNU/Linux')} {field('/etc/os-release', 'VERSION_ID', '=')}"
    parts = [f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC", f"{os.cpu_count()} cores", f"{memory} GB", system,
             field("/proc/cpuinfo", "model name"), *programs, f"load {os.getloadavg()[0]:.1f}"]
    return ", ".join(parts)


if __name__ == "__main__":
    print(machine())
