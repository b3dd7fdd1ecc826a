"""What the measurements of HTTP share: nginx as the yardstick, wrk, CPU of processes."""
import os
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from machine import machine as on_machine

SERVER_CORE, CLIENT_CORE = "0", "1"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
TICK = os.sysconf("SC_CLK_TCK")


def machine():
    return on_machine(subprocess.run([NGINX, "-v"], capture_output=True, text=True).stderr.strip().removeprefix("nginx version: "))


def start_nginx(folder):
    port = free_port()
    headers = "\n".join(f"      add_header {h};" for h in ('Cache-Control no-cache', '''Content-Security-Policy "default-src 'self'; frame-ancestors 'none'"''', 'X-Content-Type-Options nosniff', 'Referrer-Policy same-origin'))
    config = f"""
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_rlimit_nofile 20000;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 65;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  types {{ text/html html; application/json json; }}
  open_file_cache max=100 inactive=60s; open_file_cache_valid 60s;
  server {{
    listen 127.0.0.1:{port} reuseport backlog=4096;
    root {folder}; etag on; gzip_vary on;
    location / {{ gzip_static on;
{headers}
    }}
    location = /short {{ default_type text/plain; return 200 "ok\\n"; }}
  }}
}}
"""
    with open(f"{folder}/nginx.conf", "w") as out:
        out.write(config)
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, NGINX, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.log"], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
                return process, port, [int(c) for c in children]
        time.sleep(0.05)  # until nginx listens
    sys.exit("nginx did not start: " + open(f"{folder}/nginx.log").read())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def get(port, path, headers):
    with socket.create_connection(("127.0.0.1", port)) as s:
        lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n{lines}\r\n".encode())
        data = b""
        while piece := s.recv(65536):
            data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    return head.decode(), body


def wrk(port, path, headers, pids, seconds):
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", "-c32", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = cpu_seconds(pids)
    out = subprocess.run(command + [f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pids) - before
    requests = next(int(line.split()[0]) for line in out.splitlines() if " requests in " in line)
    rate = next(float(line.split()[1]) for line in out.splitlines() if line.startswith("Requests/sec"))
    if "Non-2xx" in out and "If-None-Match" not in headers:
        sys.exit(f"{path}: not all answers were 200:\n{out}")
    return rate, used / requests * 1e6


def compare(name, ours, theirs, conditional, seconds):
    """One line: both asked for the same bytes by (port, path, processes). Ours before and after, because the machine changes with the minutes."""
    sent = []
    for port, path, _ in (ours, theirs):
        headers = {"Accept-Encoding": "gzip"}
        if conditional:
            head, _ = get(port, path, headers)
            headers["If-None-Match"] = next(line.split(": ", 1)[1] for line in head.split("\r\n") if line.lower().startswith("etag"))
            assert get(port, path, headers)[0].startswith("HTTP/1.1 304"), "no 304"
        sent.append(headers)
    sizes = [len(get(port, path, headers)[1]) for (port, path, _), headers in zip((ours, theirs), sent)]
    mine = wrk(ours[0], ours[1], sent[0], ours[2], seconds)
    other = wrk(theirs[0], theirs[1], sent[1], theirs[2], seconds)
    again = wrk(ours[0], ours[1], sent[0], ours[2], seconds)
    rate, cpu = (mine[0] + again[0]) / 2, (mine[1] + again[1]) / 2
    print(f"{name:28}{rate:9.0f}{cpu:8.1f}   {other[0]:9.0f}{other[1]:8.1f}   {cpu / other[1]:.2f}   body {sizes[0]} and {sizes[1]} bytes", flush=True)
