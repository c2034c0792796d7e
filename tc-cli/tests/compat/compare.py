"""Runs the same command lines with tccli and with tcapi against one recording server, and compares what they send and print.

    python compare.py TCCLI TCAPI

The server answers with the official example of the action, out of the installed tccli package. What is compared: the
action, version, region and parameters that arrive; the exit code; standard output (for JSON: every member that tccli
prints and that is not null; for text and tables: every byte). A difference is printed, and makes the script fail.
"""

import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

from lines import LINES

TCCLI, TCAPI = (os.path.abspath(program) for program in sys.argv[1:3])
PACKAGE = next(pathlib.Path(TCCLI).resolve().parent.parent.glob("lib/python*/site-packages/tccli"))
FOLDERS = {}
for folder in (PACKAGE / "services").iterdir():
    for api in folder.glob("v*/api.json"):
        FOLDERS.setdefault(folder.name, set()).add(api.parent.name)
ANSWERS = {}


def answer(service, version, action):
    key = (service, version, action)
    if key not in ANSWERS:
        folder = {"as": "autoscaling"}.get(service, service)
        path = PACKAGE / "services" / folder / ("v" + version.replace("-", "")) / "examples.json"
        # Both programs may ask at once, so nothing is kept before it is whole.
        found = {"Response": {"RequestId": "r-1"}}
        if path.exists():
            for example in json.loads(path.read_text("utf-8"))["actions"].get(action, []):
                try:
                    body = json.loads(example["output"])
                except ValueError:
                    continue
                if isinstance(body.get("Response"), dict) and "Error" not in body["Response"]:
                    found = body
                    break
        ANSWERS[key] = found
    return ANSWERS[key]


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        scope = self.headers.get("Authorization", "").split("Credential=")[-1].split("/")
        service = scope[2] if len(scope) > 2 else ""
        action, version = self.headers.get("X-TC-Action"), self.headers.get("X-TC-Version")
        try:
            params = json.loads(body)
        except ValueError:
            params = body.decode("utf-8", "replace")
        self.server.seen.append({
            "service": service, "action": action, "version": version,
            "region": self.headers.get("X-TC-Region"), "params": params, "id": scope[0] if scope else "",
            "token": self.headers.get("X-TC-Token"),
        })
        if self.server.error:
            reply = {"Response": {"Error": {"Code": "ResourceNotFound", "Message": "没有 this"}, "RequestId": "r-2"}}
        else:
            reply = answer(service, version, action)
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def run(program, line, home, input_file):
    server = Server(("127.0.0.1", 0), Handler)
    server.seen, server.error = [], line.get("error", False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "INPUT": str(input_file)}
    environment.update({"TENCENTCLOUD_SECRET_ID": "AKIDENVIRONMENT", "TENCENTCLOUD_SECRET_KEY": "ENVIRONMENTKEY"}
                       if line.get("keys", True) else {})
    environment.update(line.get("env", {}))
    words = [word.replace("{endpoint}", endpoint).replace("{input}", str(input_file)) for word in line["words"]]
    if line.get("send", True) and not any("{endpoint}" in word for word in line["words"]):
        words += ["--endpoint", endpoint]
    done = subprocess.run([program, *words], env=environment, capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL, cwd=home)
    server.shutdown()
    server.server_close()
    return {"seen": server.seen, "code": done.returncode, "out": done.stdout.decode(), "err": done.stderr.decode()}


def contains(ours, theirs):
    """Whether ours has everything that is in theirs, nulls aside."""
    if theirs is None:
        return True
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and all(contains(ours.get(name), value) for name, value in theirs.items())
    if isinstance(theirs, list):
        return isinstance(ours, list) and len(ours) == len(theirs) and all(map(contains, ours, theirs))
    return type(ours) is type(theirs) and ours == theirs


def cells(text):
    """A table with Chinese values without its padding: tccli counts characters where a terminal counts cells."""
    return text if text.isascii() or not text.startswith("---") else re.sub(r"[ -]+", " ", text)


def compare(line):
    with tempfile.TemporaryDirectory() as folder:
        results = []
        for program in (TCCLI, TCAPI):
            home = pathlib.Path(folder) / pathlib.Path(program).name
            (home / ".tccli").mkdir(parents=True)
            for name, content in line.get("files", {}).items():
                (home / ".tccli" / name).write_text(json.dumps(content))
            input_file = home / "input.json"
            input_file.write_text(json.dumps(line.get("input", {})))
            if line.get("files"):
                # tccli wants every service in its file; it completes the file by itself.
                subprocess.run([TCCLI, "configure", "list"], env={"HOME": str(home), "PATH": os.environ["PATH"]},
                               capture_output=True, timeout=120)
            results.append(run(program, line, home, input_file))
    theirs, ours = results
    problems = []
    if theirs["seen"] != ours["seen"]:
        problems.append(f"  sent by tccli: {theirs['seen']}\n  sent by tcapi: {ours['seen']}")
    if theirs["code"] != ours["code"]:
        problems.append(f"  exit code of tccli: {theirs['code']}, of tcapi: {ours['code']}")
    try:
        same = contains(json.loads(ours["out"]), json.loads(theirs["out"]))
    except ValueError:
        same = cells(ours["out"]) == cells(theirs["out"])
    if not same:
        problems.append(f"  printed by tccli:\n{theirs['out']}\n  printed by tcapi:\n{ours['out']}")
    if line.get("fails", False) != (theirs["code"] != 0):
        problems.append(f"  tccli did not do as expected: {theirs['err']}")
    for text in line.get("stderr", []):
        for name, result in (("tccli", theirs), ("tcapi", ours)):
            if text not in result["err"]:
                problems.append(f"  standard error of {name} lacks {text!r}: {result['err']}")
    if problems and ours["err"]:
        problems.append("  standard error of tcapi: " + ours["err"])
    if line.get("send", True) and not line.get("fails") and not theirs["seen"]:
        problems.append("  tccli sent nothing: " + theirs["err"])
    return line, problems


def main():
    for program in (TCCLI, TCAPI):
        if not shutil.which(program):
            sys.exit(f"there is no {program}")
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for line, problems in pool.map(compare, LINES):
            if problems:
                failed += 1
                print("DIFFERENT", " ".join(line["words"]))
                print("\n".join(problems))
    print(f"{len(LINES) - failed} of {len(LINES)} command lines do the same with tccli and tcapi")
    sys.exit(1 if failed else 0)


main()
