"""Verifies signed requests as a UCP server does, with the library http-message-signatures.

Reads one JSON object a line: {"method", "url", "headers", "body", "keys"}; the body as base64 or null, the keys as JWKs.
Writes one JSON object a line, in the same order: {"accepted": true}, or {"accepted": false, "why": "..."}.
"""

import base64
import json
import sys
from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric import ec
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

WHENEVER_PRESENT = ("ucp-agent", "idempotency-key", "signature-agent")


class Published(HTTPSignatureKeyResolver):
    """The keys of an agent's profile."""

    def __init__(self, keys):
        self.keys = {key["kid"]: key for key in keys}

    def resolve_public_key(self, key_id):
        key = self.keys.get(key_id)
        if key is None:
            return None
        x, y = (int.from_bytes(decode(key[name]), "big") for name in ("x", "y"))
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def required_components(message):
    """What UCP wants covered."""
    headers = message.headers
    query = ["@query"] if "?" in message.url else []
    content = ["content-digest", "content-type"] if message.body or "content-digest" in headers else []
    return ["@method", "@authority", "@path", *query, *content, *(name for name in WHENEVER_PRESENT if name in headers)]


def verify(given):
    body = base64.b64decode(given["body"] or "")
    message = SimpleNamespace(method=given["method"], url=given["url"], headers=given["headers"], body=body)
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ECDSA_P256_SHA256, key_resolver=Published(given["keys"])
    )
    [result] = verifier.verify(message, require_components=required_components(message), body=body)
    if "alg" in result.parameters:
        raise ValueError("The parameter alg must not appear.")


def verdict(line):
    try:
        verify(json.loads(line))
        return {"accepted": True}
    except Exception as error:  # Whatever a library throws at a spoilt request, it does not accept it.
        return {"accepted": False, "why": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(verdict(line)))
