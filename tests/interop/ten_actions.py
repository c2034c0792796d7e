"""Calls ten actions of `tcapi emulator` with the official Python SDK and with tccli. The emulator answers from the catalog.

    python ten_actions.py PORT SECRET_ID SECRET_KEY TCCLI
"""

import json
import os
import subprocess
import sys
import tempfile

from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

PORT, SECRET_ID, SECRET_KEY, TCCLI = sys.argv[1:]

# Service, version, action, parameters, and members of the response.
ACTIONS = [
    ("mps", "2019-06-12", "DescribePersonSamples", {"PersonIds": ["10569"], "Limit": 20}, ["TotalCount", "PersonSet"]),
    ("iai", "2020-03-03", "GetPersonGroupInfo", {"PersonId": "1"}, ["GroupNum", "PersonGroupInfos"]),
    ("cvm", "2017-03-12", "DescribeInstances", {"Filters": [{"Name": "zone", "Values": ["z"]}]}, ["InstanceSet"]),
    ("cvm", "2017-03-12", "RunInstances", {"ImageId": "img-1", "Placement": {"Zone": "z"}}, ["InstanceIdSet"]),
    ("cvm", "2017-03-12", "TerminateInstances", {"InstanceIds": ["ins-1"]}, []),
    ("vpc", "2017-03-12", "DescribeVpcs", {"VpcIds": ["vpc-1"]}, ["VpcSet"]),
    ("cbs", "2017-03-12", "DescribeDisks", {"Limit": 5}, ["DiskSet"]),
    ("clb", "2018-03-17", "DescribeLoadBalancers", {}, ["LoadBalancerSet"]),
    ("as", "2018-04-19", "DescribeAutoScalingGroups", {"Limit": 3}, ["AutoScalingGroupSet"]),
    ("tke", "2018-05-25", "DescribeClusters", {}, ["Clusters"]),
]


def sdk(service, version, action, params):
    http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{PORT}", reqTimeout=20)
    client = CommonClient(service, version, Credential(SECRET_ID, SECRET_KEY), "ap-guangzhou", ClientProfile(httpProfile=http))
    return client.call_json(action, params)["Response"]


def command_line(service, version, action, params):
    words = [word for name, value in params.items()
             for word in ("--" + name, value if isinstance(value, str) else json.dumps(value))]
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                       "TENCENTCLOUD_SECRET_ID": SECRET_ID, "TENCENTCLOUD_SECRET_KEY": SECRET_KEY}
        done = subprocess.run([TCCLI, service, action, *words, "--endpoint", f"http://127.0.0.1:{PORT}"],
                              env=environment, capture_output=True, timeout=120)
    if done.returncode:
        sys.exit(f"tccli {action}: {done.stderr.decode()}")
    return json.loads(done.stdout)


for name, call in (("the Python SDK", sdk), ("tccli", command_line)):
    for service, version, action, params, members in ACTIONS:
        answer = call(service, version, action, params)
        missing = [member for member in ["RequestId", *members] if not answer.get(member)]
        if missing:
            sys.exit(f"{name}, {action}: the answer has no {missing}: {answer}")
    print(f"{name}: {len(ACTIONS)} actions answered by tcapi emulator")
