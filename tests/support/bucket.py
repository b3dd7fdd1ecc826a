#!/usr/bin/env python3
"""A small S3-compatible store on loopback for tests: objects in memory, each request's signature worked out anew from AWS's description (Signature Version 4).

As a program it prints its port, then does what lines on its standard input say (`tell`), each answered by a line. It checks its own arithmetic against the
examples that AWS publishes first; with --self-test that is all.
"""
import hashlib
import hmac
import http.server
import re
import socket
import sys
import threading
import urllib.parse
from xml.sax.saxutils import escape

KEY, SECRET, REGION, NAME = "TESTKEY", "a/secret+of 40 characters, or so", "eu-test-1", "talks"


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(secret, method, path, query, headers, signed, body_hash, when, region, service="s3"):
    """`query`: pairs, decoded; `headers`: by lower-case name; `signed`: names."""
    code = lambda text: urllib.parse.quote(text, safe="-_.~")
    canonical_query = "&".join(sorted(code(k) + "=" + code(v) for k, v in query))
    canonical_headers = "".join(f"{name}:{re.sub(' +', ' ', headers[name].strip())}\n" for name in signed)
    canonical = "\n".join([method, urllib.parse.quote(urllib.parse.unquote(path), safe="/-_.~"), canonical_query, canonical_headers, ";".join(signed), body_hash])
    scope = f"{when[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", when, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = digest(digest(digest(digest(("AWS4" + secret).encode(), when[:8]), region), service), "aws4_request")
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Bucket:
    """What is stored, and how it misbehaves."""

    def __init__(self):
        self.lock = threading.Lock()
        self.objects, self.uploads, self.asked = {}, {}, []
        self.is_corrupting, self.cut, self.fail, self.next_upload = False, 0, 0, 1
        self.server, self.port = None, 0
        self.back()

    def back(self):
        if self.server is not None:
            return
        bucket = self

        class Answering(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                bucket.answer(self)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_one

            def log_message(self, *_):
                pass

        class Serving(http.server.ThreadingHTTPServer):
            allow_reuse_address, daemon_threads = True, True

            def __init__(self, *arguments):
                self.open = set()
                super().__init__(*arguments)

            def process_request(self, request, client):
                self.open.add(request)
                super().process_request(request, client)

            def handle_error(self, *_):
                pass

        self.server = Serving(("127.0.0.1", self.port), Answering)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def away(self):
        """Nobody listens, and connections that were open are closed."""
        if self.server is None:
            return
        server, self.server = self.server, None
        server.shutdown()
        server.server_close()
        for connection in server.open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    close = away

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    # ---- requests

    def answer(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path, _, query = request.path.partition("?")
        query = urllib.parse.parse_qsl(query, keep_blank_values=True)
        wrong = self.wrong_with_signature(request, path, query, body)
        with self.lock:
            self.asked.append(request.command + " " + request.path.split("?")[0].removeprefix(f"/{NAME}/"))
            if wrong:
                return self.refuse(request, 403, wrong)
            if self.fail > 0:
                self.fail -= 1
                return self.refuse(request, 503, "SlowDown")
            if not path.startswith(f"/{NAME}/"):
                return self.refuse(request, 404, "NoSuchBucket")
            return self.do(request, path.removeprefix(f"/{NAME}/"), dict(query), body)

    @staticmethod
    def wrong_with_signature(request, path, query, body):
        found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})",
                             request.headers.get("Authorization", ""))
        if not found:
            return "AccessDenied"
        headers = {k.lower(): v for k, v in request.headers.items()}
        key, day, region, signed, given = found.groups()
        when, body_hash, names = headers.get("x-amz-date", ""), headers.get("x-amz-content-sha256", ""), signed.split(";")
        if key != KEY:
            return "InvalidAccessKeyId"
        if region != REGION:
            return "AuthorizationHeaderMalformed"
        # AWS wants host and each x-amz-… header among those that are signed, in order.
        must = {"host"} | {name for name in headers if name.startswith("x-amz-")}
        if not must <= set(names) or names != sorted(names) or not when.startswith(day):
            return "AccessDenied"
        if not set(names) <= set(headers):
            return "SignatureDoesNotMatch"
        if hashlib.sha256(body).hexdigest() != body_hash:
            return "XAmzContentSHA256Mismatch"
        return "" if signature(SECRET, request.command, path, query, headers, names, body_hash, when, region) == given else "SignatureDoesNotMatch"

    def send(self, request, status, body=b"", more=()):
        request.send_response(status)
        for name, value in more:
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)

    def refuse(self, request, status, code):
        self.send(request, status, f"<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>no</Message></Error>".encode(), [("Content-Type", "application/xml")])

    def put(self, key, body):
        if self.is_corrupting and len(body) > 10:
            body = body[:len(body) // 2] + bytes([body[len(body) // 2] ^ 1]) + body[len(body) // 2 + 1:]
        self.objects[key] = body

    def do(self, request, key, query, body):
        etag = lambda content: ("ETag", '"' + hashlib.md5(content).hexdigest() + '"')
        upload = self.uploads.get(query.get("uploadId"))
        if "uploadId" in query and (upload is None or upload["key"] != key):
            return self.refuse(request, 404, "NoSuchUpload")
        if request.command == "POST" and "uploads" in query:
            name = f"upload/{self.next_upload}+="
            self.next_upload += 1
            self.uploads[name] = {"key": key, "parts": {}}
            return self.send(request, 200, f"<InitiateMultipartUploadResult><UploadId>{escape(name)}</UploadId></InitiateMultipartUploadResult>".encode())
        if request.command == "PUT" and upload is not None:
            if self.cut == 1:
                self.cut = 0
                request.connection.shutdown(socket.SHUT_RDWR)
                return None
            self.cut = max(0, self.cut - 1)
            upload["parts"][int(query["partNumber"])] = body
            return self.send(request, 200, b"", [etag(body)])
        if request.command == "GET" and upload is not None:
            # A page of two, to have pages.
            after = int(query.get("part-number-marker", 0))
            rest = sorted(n for n in upload["parts"] if n > after)
            parts = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{escape(etag(upload['parts'][n])[1])}</ETag><Size>{len(upload['parts'][n])}</Size></Part>" for n in rest[:2])
            more = f"<IsTruncated>true</IsTruncated><NextPartNumberMarker>{rest[1]}</NextPartNumberMarker>" if len(rest) > 2 else "<IsTruncated>false</IsTruncated>"
            return self.send(request, 200, f"<ListPartsResult>{more}{parts}</ListPartsResult>".encode())
        if request.command == "POST" and upload is not None:
            wanted = [(int(n), tag) for n, tag in re.findall(r"<PartNumber>(\d+)</PartNumber><ETag>([^<]*)</ETag>", body.decode())]
            if [n for n, _ in wanted] != sorted(upload["parts"]) or any(tag.replace("&quot;", '"') != etag(upload["parts"][n])[1] for n, tag in wanted):
                # As the real one does: the status was sent before.
                return self.send(request, 200, b"<Error><Code>InvalidPart</Code></Error>")
            self.put(key, b"".join(upload["parts"][n] for n, _ in wanted))
            del self.uploads[query["uploadId"]]
            return self.send(request, 200, b"<CompleteMultipartUploadResult/>")
        if request.command == "DELETE" and upload is not None:
            del self.uploads[query["uploadId"]]
            return self.send(request, 204)
        if request.command == "PUT":
            self.put(key, body)
            return self.send(request, 200, b"", [etag(body)])
        if request.command == "DELETE":
            self.objects.pop(key, None)
            return self.send(request, 204)
        content = self.objects.get(key)
        if content is None:
            return self.refuse(request, 404, "NoSuchKey")
        ranged = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("Range", ""))
        if not ranged:
            return self.send(request, 200, content, [etag(content)])
        first, last = int(ranged[1]), min(int(ranged[2]), len(content) - 1)
        if first >= len(content):
            return self.refuse(request, 416, "InvalidRange")
        return self.send(request, 206, content[first:last + 1], [etag(content), ("Content-Range", f"bytes {first}-{last}/{len(content)}")])

    # ---- what a test tells it

    def tell(self, words):
        """One line of answer, or none."""
        word, _, rest = words.partition(" ")
        if word == "away":
            self.away()
        elif word == "back":
            self.back()
        elif word == "corrupt":
            self.is_corrupting = rest != "no"
        elif word == "cut":
            self.cut = int(rest)
        elif word == "fail":
            self.fail = int(rest)
        elif word == "forget":
            self.objects.pop(rest, None)
        elif word == "list":
            return " ".join(f"{key}={len(content)}" for key, content in sorted(self.objects.items()))
        elif word == "asked":
            asked, self.asked = self.asked, []
            return "; ".join(asked)
        elif word == "uploads":
            return str(len(self.uploads))
        else:
            sys.exit(f"bucket.py does not know “{words}”")
        return ""


def self_test():
    """GET Object of "Examples: Signature Calculations in AWS Signature Version 4"."""
    empty = hashlib.sha256(b"").hexdigest()
    headers = {"host": "examplebucket.s3.amazonaws.com", "range": "bytes=0-9", "x-amz-content-sha256": empty, "x-amz-date": "20130524T000000Z"}
    got = signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "GET", "/test.txt", [], headers, sorted(headers), empty, "20130524T000000Z", "us-east-1")
    assert got == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", got
    headers = {"host": "examplebucket.s3.amazonaws.com", "x-amz-content-sha256": empty, "x-amz-date": "20130524T000000Z"}
    got = signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "GET", "/", [("max-keys", "2"), ("prefix", "J")], headers, sorted(headers), empty, "20130524T000000Z",
                    "us-east-1")
    assert got == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", got


def main():
    self_test()
    if sys.argv[1:] == ["--self-test"]:
        return
    bucket = Bucket()
    print(bucket.port, flush=True)
    for line in sys.stdin:
        print(bucket.tell(line.strip()), flush=True)


if __name__ == "__main__":
    main()
