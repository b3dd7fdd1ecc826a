#!/usr/bin/env python3
"""A real SMTP server on loopback (aiosmtpd) for the tests of mail: prints its port, then one JSON line a message that it took, read by Python's own parser.

Recipients choose what happens: refused@ is refused for good, later@ the first time only, full@ after the message was read.
Options: --port N (0: any), --auth (asks for user "confer", password "right").
"""
import argparse
import asyncio
import email
import email.policy
import json
import logging
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


logging.disable()
warnings.simplefilter("ignore")  # that sign-in without TLS is unwise: here it is what is tested


class Handler:
    def __init__(self):
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 There is no refused@example.org here"
        if name == "later" and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.7.1 Please try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("full@"):
            return "552 5.2.2 The mailbox is full"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body(("plain",))
        told = {
            "mail_from": envelope.mail_from,
            "rcpt_to": envelope.rcpt_tos,
            "user": session.auth_data.decode() if session.authenticated else "",
            "raw": envelope.content.decode("ascii"),
            "defects": [str(d) for d in message.defects],
            "from": [[a.display_name, a.addr_spec] for a in message["From"].addresses],
            "to": [[a.display_name, a.addr_spec] for a in message["To"].addresses],
            "subject": message["Subject"],
            "date": message["Date"].datetime.isoformat(),
            "message_id": message["Message-ID"],
            "text": body.get_content().replace("\r\n", "\n"),
            "attachments": [
                [a.get_filename(), a.get_content_type(), a.get_param("method", ""), a.get_payload(decode=True).hex()] for a in message.iter_attachments()
            ],
        }
        print(json.dumps(told), flush=True)
        return "250 Taken"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"confer" and data.password == b"right"
    return AuthResult(success=right, handled=False, auth_data=data.login)


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--auth", action="store_true")
    chosen = arguments.parse_args()
    handler = Handler()
    options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False} if chosen.auth else {}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, hostname="localhost", **options), "127.0.0.1", chosen.port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    sys.exit(0)
