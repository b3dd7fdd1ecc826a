"""A site beside the program: it has every file, and counts what it is asked for."""
import collections
import http.server
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
