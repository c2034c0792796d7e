"""The command lines that are compared. {endpoint} is the recording server; --endpoint is appended where it is not there."""

CVM = {"_sys_param": {"region": "ap-beijing", "output": "json"}}


def line(*words, **options):
    return {"words": list(words), **options}


LINES = [
    # Scalars, and where options stand.
    line("cvm", "DescribeInstances", "--region", "ap-guangzhou", "--Limit", "5"),
    line("cvm", "DescribeInstances", "--Limit=5", "--Offset=3"),
    line("--region", "ap-shanghai", "cvm", "DescribeZones"),
    line("cvm", "--region", "ap-shanghai", "DescribeZones"),
    line("cvm", "DescribeInstances", "--Limit", "7", "--region", "ap-x", "--Offset", "1"),
    line("cvm", "DescribeInstances", "--Lim", "7", "--reg", "ap-y"),
    line("cvm", "DescribeInstances", "--Limit", "1", "--Limit", "2"),
    line("iai", "GetPersonGroupInfo", "--PersonId", "12345", "--Offset", "0", "--Limit", "10"),
    line("mps", "DescribePersonSamples", "--PersonIds", '["10569"]', "--Names", '["John Smith"]', "--Limit", "20"),
    line("mps", "DescribePersonSamples", "--Type", "UserDefine", "--Tags", '["名人"]'),
    line("cvm", "TerminateInstances", "--InstanceIds", '["ins-1", "ins-2"]', "--ReleasePrepaidDataDisks", "true"),
    line("cvm", "TerminateInstances", "--InstanceIds", '["ins-1"]', "--ReleasePrepaidDataDisks", "F"),
    line("cvm", "StopInstances", "--InstanceIds", '["ins-1"]', "--ForceStop", "1"),
    line("cbs", "CreateSnapshot", "--DiskId", "disk-1", "--SnapshotName", "123"),
    line("vpc", "CreateVpc", "--VpcName", "a b", "--CidrBlock", "10.0.0.0/16"),
    line("billing", "DescribeBillDetail", "--Offset", "0", "--Limit", "100", "--Month", "2024-01"),
    # Objects and lists as JSON.
    line("cvm", "RunInstances", "--Placement", '{"Zone":"ap-guangzhou-3","ProjectId":0}', "--ImageId", "img-1",
         "--DataDisks", '[{"DiskSize":50,"DiskType":"CLOUD_PREMIUM"}]', "--InstanceCount", "2"),
    line("cvm", "DescribeInstances", "--Filters", '[{"Name":"zone","Values":["ap-guangzhou-3"]}]'),
    line("tag", "AddResourceTag", "--TagKey", "k", "--TagValue", "", "--Resource", "qcs::cvm:ap-x:uin/1:instance/ins-1"),
    line("cvm", "DescribeInstances", "--InstanceIds", "[]"),
    # Unfolded.
    line("cvm", "DescribeInstances", "--cli-unfold-argument", "--Filters.0.Name", "zone", "--Filters.0.Values",
         "ap-guangzhou-3", "ap-guangzhou-4", "--Filters.1.Name", "project-id", "--Filters.1.Values", "0"),
    line("cvm", "RunInstances", "--cli-unfold-argument", "--Placement.Zone", "z", "--ImageId", "img-1",
         "--DataDisks.0.DiskSize", "50", "--DataDisks.0.Encrypt", "true", "--SecurityGroupIds", "sg-1", "sg-2",
         "--DryRun", "true", "--LoginSettings.KeyIds", "key-1"),
    line("mps", "DescribePersonSamples", "--PersonIds", "10569", "10570", "--cli-unfold-argument"),
    line("as", "DescribeAutoScalingGroups", "--cli-unfold-argument", "--AutoScalingGroupIds", "asg-1"),
    line("clb", "CreateLoadBalancer", "--cli-unf", "--LoadBalancerType", "OPEN", "--Tags.0.TagKey", "a",
         "--Tags.0.TagValue", "b"),
    # Versions, aliases.
    line("as", "DescribeAutoScalingGroups", "--Limit", "3"),
    line("autoscaling", "DescribeAccountLimits"),
    line("iai", "--version", "2018-03-01", "GetPersonList", "--GroupId", "g"),
    line("iai", "GetPersonList", "--GroupId", "g", "--version", "2018-03-01"),
    line("tke", "DescribeClusters", "--version", "2018-05-25"),
    # Input from a file, skeletons.
    line("cvm", "RunInstances", "--cli-input-json", "file://{input}",
         input={"Placement": {"Zone": "z"}, "ImageId": "img-1", "InstanceCount": 1}),
    line("cvm", "DescribeInstances", "--cli-input-json", "file://$INPUT", input={"InstanceIds": ["ins-1"]}),
    line("cvm", "RunInstances", "--generate-cli-skeleton", send=False),
    line("mps", "ProcessMedia", "--generate-cli-skeleton", "input", send=False),
    line("clb", "--generate-cli-skeleton", "input", "CreateLoadBalancer", send=False),
    # Queries and forms of output.
    line("cvm", "DescribeZones", "--filter", "ZoneSet[*].Zone"),
    line("cvm", "DescribeZones", "--filter", "ZoneSet[].{Name:ZoneName,Id:Zone}"),
    line("cvm", "DescribeZones", "--filter", "RequestId"),
    line("cvm", "DescribeZones", "--filter", "Nothing"),
    line("cvm", "DescribeZones", "--filter", "ZoneSet[*].Zone", "--output", "text"),
    line("cvm", "DescribeZones", "--output", "table"),
    line("cvm", "DescribeInstances", "--output", "text"),
    line("cvm", "DescribeInstances", "--output", "table"),
    line("vpc", "DescribeVpcs", "--output", "text"),
    line("cbs", "DescribeDisks", "--output", "table"),
    line("mps", "DescribePersonSamples", "--output", "text"),
    line("iai", "GetPersonGroupInfo", "--PersonId", "1", "--output", "table"),
    line("vpc", "DescribeVpcs", "--filter", "VpcSet[].[VpcId,CidrBlock]", "--output", "table"),
    line("cvm", "DescribeZones", "--filter", "sum(ZoneSet[].length(Zone))"),
    # Waiting.
    line("cvm", "DescribeZones", "--waiter", '{"expr":"TotalCount","to":5,"timeout":3,"interval":1}'),
    line("cvm", "DescribeZones", "--waiter", "{'expr':'RequestId','to':'nobody','timeout':1,'interval':1}", fails=True,
         stderr=["Request timeout, wait `RequestId` to `nobody` timeout, last request is"]),
    # Profiles and the environment.
    line("cvm", "DescribeZones", "--profile", "work", keys=False,
         files={"work.configure": CVM, "work.credential": {"secretId": "AKIDWORK", "secretKey": "k"}}),
    line("cvm", "DescribeZones", keys=False, env={"TCCLI_PROFILE": "work"},
         files={"work.configure": CVM, "work.credential": {"secretId": "AKIDWORK", "secretKey": "k", "token": "t"}}),
    line("cvm", "DescribeZones", env={"TENCENTCLOUD_REGION": "ap-tokyo", "TENCENTCLOUD_TOKEN": "tok"}),
    line("cvm", "DescribeZones", "--profile", "work", env={"TENCENTCLOUD_REGION": "ap-tokyo"},
         files={"work.configure": CVM, "work.credential": {"secretId": "AKIDWORK", "secretKey": "k"}}),
    line("cvm", "DescribeZones", "--secretId", "AKIDGIVEN", "--secretKey", "k", "--token", "t"),
    line("vpc", "DescribeVpcs", keys=False, files={
        "default.configure": {"_sys_param": {"region": "ap-paris", "output": "text"}},
        "default.credential": {"secretId": "AKIDDEFAULT", "secretKey": "k"}}),
    line("iai", "GetPersonList", "--GroupId", "g", files={
        "default.configure": {"_sys_param": {"region": "ap-paris", "output": "json"},
                              "iai": {"version": "2018-03-01", "endpoint": "iai.tencentcloudapi.com"}}}),
    # Errors.
    line("cvm", "DescribeZones", error=True, fails=True,
         stderr=["[TencentCloudSDKException] code:ResourceNotFound message:没有 this requestId:r-2"]),
    line("cvm", "DescribeInstances", "--Limt", "5", send=False, fails=True, stderr=["Unknown options: --Limt, 5"]),
    line("mps", "DescribePersonSamples", "--PersonIds", "[1", send=False, fails=True),
    line("cvm", "DescribeInstances", "--Limit", "abc", send=False, fails=True,
         stderr=["argument --Limit: invalid int value: 'abc'"]),
    line("cvm", "DescribeInstance", send=False, fails=True, stderr=["Invalid choice", "DescribeInstances"]),
    line("cmv", "DescribeInstances", send=False, fails=True, stderr=["Invalid choice"]),
    line("cvm", send=False, fails=True, stderr=["the following arguments are required: operation"]),
    line("cvm", "DescribeInstances", "--output", "xml", send=False, fails=True),
    line("cvm", "DescribeInstances", "--region", send=False, fails=True, stderr=["argument --region: expected one argument"]),
    line("cvm", "DescribeInstances", "--t", "1", send=False, fails=True, stderr=["ambiguous option: --t could match"]),
    line("iai", "GetPersonGroupInfo", send=False, fails=True, stderr=["--PersonId"]),
    line("cvm", "DescribeInstances", "--cli-unfold-argument", "--Filters.1.Name", "a", send=False, fails=True,
         stderr=["must start from 0, and the step size is 1"]),
]
