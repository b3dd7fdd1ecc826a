"""A site beside the program: it has every file, and counts what it is asked for. And a room's stream, live for as long as somebody takes it."""
import collections
import http.server
import subprocess
import threading


class Host:
    def __init__(self):
        self.counts, lock = collections.Counter(), threading.Lock()
        counts = self.counts

        class Answering(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self):
                with lock:
                    counts[self.path] += 1
                self.send_response(200)
                self.send_header("Content-Type", "video/mp4")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def asked(self):
        return [f"{path} {count}" for path, count in sorted(self.counts.items())]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Stream:
    """A live picture with sound at any path: MPEG-TS over HTTP, one ffmpeg for each who takes it."""

    def __init__(self):
        self.senders, self.lock = set(), threading.Lock()
        stream = self
        command = ["ffmpeg", "-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10", "-f", "lavfi", "-i", "sine=f=440", "-c:v", "libx264",
                   "-preset", "ultrafast", "-tune", "zerolatency", "-g", "10", "-c:a", "aac", "-f", "mpegts", "-muxdelay", "0", "-flush_packets", "1", "pipe:1"]

        class Sending(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "video/mp2t")
                self.end_headers()
                sender = subprocess.Popen(command, stdout=subprocess.PIPE)
                with stream.lock:
                    stream.senders.add(sender)
                try:
                    while bytes_ := sender.stdout.read1(65536):
                        self.wfile.write(bytes_)
                except OSError:
                    pass
                sender.kill()
                sender.wait()
                sender.stdout.close()
                with stream.lock:
                    stream.senders.discard(sender)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sending)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/live/secret-key"

    def break_off(self):
        with self.lock:
            for sender in self.senders:
                sender.kill()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.break_off()
