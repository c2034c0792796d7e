// Calls ten actions of `tcapi emulator` with the official Node SDK. The emulator answers from the catalog.
//
// The SDK uses the first label of the endpoint as the service. So the endpoint is the cloud's host, and only the connections
// go to the emulator.

const http = require("node:http");
const net = require("node:net");
const { CommonClient } = require("tencentcloud-sdk-nodejs/tencentcloud/common/common_client");

const [port, secretId, secretKey] = process.argv.slice(2);
const agent = new http.Agent();
agent.createConnection = (_, ready) => net.connect({ host: "127.0.0.1", port: Number(port) }, ready);

const actions = [
  ["mps", "2019-06-12", "DescribePersonSamples", { PersonIds: ["10569"], Limit: 20 }, ["TotalCount", "PersonSet"]],
  ["iai", "2020-03-03", "GetPersonGroupInfo", { PersonId: "1" }, ["GroupNum", "PersonGroupInfos"]],
  ["cvm", "2017-03-12", "DescribeInstances", { Filters: [{ Name: "zone", Values: ["z"] }] }, ["InstanceSet"]],
  ["cvm", "2017-03-12", "RunInstances", { ImageId: "img-1", Placement: { Zone: "z" } }, ["InstanceIdSet"]],
  ["cvm", "2017-03-12", "TerminateInstances", { InstanceIds: ["ins-1"] }, []],
  ["vpc", "2017-03-12", "DescribeVpcs", { VpcIds: ["vpc-1"] }, ["VpcSet"]],
  ["cbs", "2017-03-12", "DescribeDisks", { Limit: 5 }, ["DiskSet"]],
  ["clb", "2018-03-17", "DescribeLoadBalancers", {}, ["LoadBalancerSet"]],
  ["as", "2018-04-19", "DescribeAutoScalingGroups", { Limit: 3 }, ["AutoScalingGroupSet"]],
  ["tke", "2018-05-25", "DescribeClusters", {}, ["Clusters"]],
];

async function main() {
  for (const [service, version, action, params, members] of actions) {
    const httpProfile = { protocol: "http://", endpoint: `${service}.tencentcloudapi.com`, reqTimeout: 20, agent };
    const profile = { httpProfile };
    const options = { credential: { secretId, secretKey }, region: "ap-guangzhou", profile };
    const client = new CommonClient(httpProfile.endpoint, version, options);
    const answer = await client.request(action, params);
    const missing = ["RequestId", ...members].filter((member) => !answer[member]);
    if (missing.length) throw new Error(`${action}: the answer has no ${missing}: ${JSON.stringify(answer)}`);
  }
  console.log(`the Node SDK: ${actions.length} actions answered by tcapi emulator`);
}

main().catch((error) => {
  console.error(`node: ${error}`);
  process.exit(1);
});
