// Calls the emulator with the official Node SDK: every signature, both methods, both actions, and wrong keys.
//
// The SDK uses the first label of the endpoint as the service and signs the host without its port. So the endpoint is the
// cloud's host, and only the connections go to the emulator.

const http = require("node:http");
const net = require("node:net");
const sdk = require("tencentcloud-sdk-nodejs");

const [port, secretId, secretKey] = process.argv.slice(2);
const agent = new http.Agent();
agent.createConnection = (_, ready) => net.connect({ host: "127.0.0.1", port: Number(port) }, ready);

let passed = 0;
function check(what, seen, expected) {
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.error(`node ${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
    process.exit(1);
  }
  passed += 1;
}

function options(service, credential, reqMethod, signMethod) {
  const endpoint = `${service}.tencentcloudapi.com`;
  const httpProfile = { protocol: "http://", endpoint, reqMethod, reqTimeout: 20, agent };
  return { credential, region: "ap-guangzhou", profile: { signMethod, httpProfile } };
}

function samples(...how) {
  const client = new sdk.mps.v20190612.Client(options("mps", ...how));
  const [PersonIds, Names, Tags] = [["10569"], ["John Smith", "张 三+&=%"], ["Celebrity"]];
  return client.DescribePersonSamples({ PersonIds, Names, Tags, Offset: 0, Limit: 20 });
}

function groups(PersonId, ...how) {
  const client = new sdk.iai.v20200303.Client(options("iai", ...how));
  return client.GetPersonGroupInfo({ PersonId, Offset: 0, Limit: 10 });
}

async function main() {
  const [good, wrong] = [{ secretId, secretKey }, { secretId, secretKey: "wrong" }];
  const unknown = { secretId: "AKIDunknown", secretKey };
  const errorCode = (call) => call.then(() => "no error", (error) => error.code);
  let modes = 0;
  for (const signature of ["TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"]) {
    for (const method of ["POST", "GET"]) {
      const mode = `${signature} ${method}`;
      modes += 1;
      const found = await samples(good, method, signature);
      check(mode, [found.TotalCount, found.PersonSet[0].Name], [1, "John Smith"]);
      check(mode, found.RequestId, "7d80775f-fb6d-4204-9540-1876f0d1c5a9");
      const group = await groups("1001", good, method, signature);
      check(mode, group.PersonGroupInfos[0].GroupId, "TencentShenZhenEmployee");
      check(mode, await errorCode(samples(wrong, method, signature)), "AuthFailure.SignatureFailure");
      check(mode, await errorCode(groups("1001", unknown, method, signature)), "AuthFailure.SecretIdNotFound");
    }
  }
  console.log(`Node SDK: ${modes} modes, ${passed} checks passed`);
}

main().catch((error) => {
  console.error(`node: ${error.stack}`);
  process.exit(1);
});
