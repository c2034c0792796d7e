"""Calls the emulator with the official command line: both actions by TC3 POST, its only mode, and wrong keys."""

import json
import os
import subprocess
import sys
import tempfile


def as_tccli(arguments):
    """Runs tccli with http instead of https, because the emulator has no TLS. Nothing else is changed."""
    from tencentcloud.common.profile.http_profile import HttpProfile

    made = HttpProfile.__init__
    HttpProfile.__init__ = lambda self, *args, **named: made(self, *args, **{**named, "protocol": "http"})
    sys.argv = ["tccli", *arguments]
    from tccli.main import main

    sys.exit(main())


def main(port, secret_id, secret_key):
    passed = 0
    home = tempfile.mkdtemp()

    def tccli(*arguments, secret_id=secret_id, secret_key=secret_key):
        common = ["--region", "ap-guangzhou", "--endpoint", f"127.0.0.1:{port}", "--timeout", "20"]
        keys = ["--secretId", secret_id, "--secretKey", secret_key]
        command = [sys.executable, __file__, "--as-tccli", *arguments, *keys, *common]
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HOME": home}, timeout=60)

    def check(what, ran, holds):
        nonlocal passed
        if not holds(ran):
            sys.exit(f"tccli {what}: {ran.stdout}\n{ran.stderr}")
        passed += 1

    def answers(expected):
        return lambda ran: ran.returncode == 0 and expected(json.loads(ran.stdout))

    def fails_with(code):
        return lambda ran: ran.returncode != 0 and code in ran.stdout + ran.stderr

    samples = ["mps", "DescribePersonSamples", "--PersonIds", '["10569"]', "--Names", '["John Smith", "张 三+&=%"]']
    groups = ["iai", "GetPersonGroupInfo", "--PersonId", "1001", "--Limit", "10"]
    check("samples", tccli(*samples), answers(lambda json: json["PersonSet"][0]["Name"] == "John Smith"))
    check("groups", tccli(*groups), answers(lambda json: json["RequestId"] == "b7a505ad-4a85-42da-97b3-886c7999fb76"))
    check("wrong key", tccli(*samples, secret_key="wrong"), fails_with("AuthFailure.SignatureFailure"))
    check("unknown id", tccli(*groups, secret_id="AKIDunknown"), fails_with("AuthFailure.SecretIdNotFound"))
    print(f"tccli: 1 mode, {passed} checks passed")


if sys.argv[1] == "--as-tccli":
    as_tccli(sys.argv[2:])
else:
    main(*sys.argv[1:])
