"""Calls the emulator with the official Python SDK: every signature, both methods, both actions, and wrong keys."""

import sys

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.iai.v20200303 import iai_client, models as iai
from tencentcloud.mps.v20190612 import mps_client, models as mps

PORT, SECRET_ID, SECRET_KEY = sys.argv[1:]
passed = 0


def check(what, seen, expected):
    global passed
    if seen != expected:
        sys.exit(f"python {what}: {seen!r} instead of {expected!r}")
    passed += 1


def profile(method, signature, unsigned=False):
    http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{PORT}", reqMethod=method, reqTimeout=20)
    made = ClientProfile(signMethod=signature, httpProfile=http)
    made.unsignedPayload = unsigned
    return made


def samples(credential, made):
    request = mps.DescribePersonSamplesRequest()
    request.PersonIds, request.Names, request.Tags = ["10569"], ["John Smith", "张 三+&=%"], ["Celebrity"]
    request.Offset, request.Limit = 0, 20
    return mps_client.MpsClient(credential, "ap-guangzhou", made).DescribePersonSamples(request)


def groups(credential, made, person):
    request = iai.GetPersonGroupInfoRequest()
    request.PersonId, request.Offset, request.Limit = person, 0, 10
    return iai_client.IaiClient(credential, "ap-guangzhou", made).GetPersonGroupInfo(request)


def error_code(call):
    try:
        call()
    except TencentCloudSDKException as error:
        return error.get_code()
    return "no error"


modes = [(m, s, False) for s in ("TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256") for m in ("POST", "GET")]
modes += [("POST", "TC3-HMAC-SHA256", True), ("GET", "TC3-HMAC-SHA256", True)]
for method, signature, unsigned in modes:
    mode, made = f"{signature} {method}{' unsigned' if unsigned else ''}", profile(method, signature, unsigned)
    good = Credential(SECRET_ID, SECRET_KEY)
    found = samples(good, made)
    check(mode, (found.TotalCount, found.PersonSet[0].Name), (1, "John Smith"))
    check(mode, found.RequestId, "7d80775f-fb6d-4204-9540-1876f0d1c5a9")
    found = groups(good, made, "1001")
    check(mode, found.PersonGroupInfos[0].GroupId, "TencentShenZhenEmployee")
    wrong_key, unknown = Credential(SECRET_ID, "wrong"), Credential("AKIDunknown", SECRET_KEY)
    check(mode, error_code(lambda: samples(wrong_key, made)), "AuthFailure.SignatureFailure")
    check(mode, error_code(lambda: groups(unknown, made, "1001")), "AuthFailure.SecretIdNotFound")

print(f"Python SDK: {len(modes)} modes, {passed} checks passed")
