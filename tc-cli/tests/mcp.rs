//! `tcapi mcp` as the client of the official SDK sees it, against an emulator.

use std::process::Stdio;

use rmcp::model::{CallToolRequestParams, Tool};
use rmcp::service::RunningService;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::support::Cloud;

/// A client and the server that it talks to.
struct Agent {
    client: RunningService<RoleClient, ()>,
    child: Child,
}

impl Agent {
    async fn start(cloud: &Cloud, words: &[&str]) -> Self {
        let mut command = Command::from(cloud.command());
        command.arg("mcp").args(words).args(["--endpoint", cloud.emulator.url()]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let streams = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        Self { client: ().serve(streams).await.unwrap(), child }
    }

    async fn tools(&self) -> Vec<Tool> {
        self.client.list_all_tools().await.unwrap()
    }

    /// The text of a result, and whether it is an error.
    async fn text(&self, tool: &'static str, arguments: Value) -> (bool, String) {
        let arguments = arguments.as_object().cloned().unwrap();
        let result = self.client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await.unwrap();
        let text: String = result.content.iter().map(|block| block.as_text().unwrap().text.as_str()).collect();
        (result.is_error.unwrap_or(false), text)
    }

    async fn json(&self, tool: &'static str, arguments: Value) -> Value {
        let (is_error, text) = self.text(tool, arguments).await;
        assert!(!is_error, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn error(&self, tool: &'static str, arguments: Value) -> String {
        let (is_error, text) = self.text(tool, arguments).await;
        assert!(is_error, "{text}");
        text
    }

    /// Leaves, and gives what the server wrote to standard error.
    async fn end(self) -> String {
        self.client.cancel().await.unwrap();
        let output = self.child.wait_with_output().await.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(std::time::Duration::from_mins(1), test).await.unwrap() });
}

fn hints(tool: &Tool) -> (Option<bool>, Option<bool>) {
    let annotations = tool.annotations.clone().unwrap();
    (annotations.read_only_hint, annotations.destructive_hint)
}

#[test]
fn tools_have_hints_and_writing_has_to_be_allowed() {
    let cloud = Cloud::plain();
    run(async {
        let agent = Agent::start(&cloud, &[]).await;
        let tools = agent.tools().await;
        let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
        assert_eq!(names, ["search_actions", "describe_action", "validate", "call_read", "whoami"]);
        assert!(tools.iter().all(|tool| hints(tool).0 == Some(true)));
        let size: usize = tools.iter().map(|tool| serde_json::to_string(tool).unwrap().len()).sum();
        assert!(size < 5000, "the descriptions have {size} bytes, which every conversation pays for");
        assert_eq!(agent.end().await, "");

        let agent = Agent::start(&cloud, &["--allow-write"]).await;
        let tools = agent.tools().await;
        let write = tools.iter().find(|tool| tool.name == "call_write").unwrap();
        assert_eq!(hints(write), (Some(false), Some(true)));
        assert_eq!(agent.end().await, "");
    });
}

#[test]
fn an_agent_finds_describes_validates_and_calls() {
    let cloud = Cloud::plain();
    run(async {
        let agent = Agent::start(&cloud, &[]).await;
        let found = agent.json("search_actions", json!({"query": "person sample"})).await;
        let samples = json!({"Service": "mps", "Version": "2019-06-12", "Action": "DescribePersonSamples"});
        assert!(found["actions"].as_array().unwrap().contains(&samples), "{found}");
        let found = agent.json("search_actions", json!({"query": "cvm UserData"})).await;
        let run = found["actions"].as_array().unwrap().iter().find(|row| row["Action"] == "RunInstances").unwrap();
        assert_eq!(run["Parameter"], "UserData", "a word of a parameter's name: {found}");

        let action = json!({"service": "mps", "action": "DescribePersonSamples"});
        let described = agent.json("describe_action", action.clone()).await;
        let limit = described["parameters"].as_array().unwrap().iter().find(|param| param["name"] == "Limit").unwrap();
        assert_eq!(limit["limits"], "at most 100; default 100");
        assert_eq!((&described["tool"], &described["response"]), (&json!("call_read"), &Value::Null));

        let mut call = action;
        call["params"] = json!({"Limit": 101, "Nmaes": ["John Smith"]});
        let checked = agent.json("validate", call.clone()).await;
        assert_eq!(checked["valid"], false);
        let violations = checked["request"]["Violations"].to_string();
        assert!(violations.contains("`Limit` is 101; at most 100 is accepted"), "{violations}");
        assert!(violations.contains("did you mean `Names`?"), "{violations}");
        // A call answers with the same text as the command line, and sends nothing.
        let words = ["mps", "DescribePersonSamples", "--Limit", "101"];
        call["params"] = json!({"Limit": 101});
        assert_eq!(agent.error("call_read", call.clone()).await, cloud.run(&words).err.trim_end());
        assert!(cloud.received().is_empty());

        call["params"] = json!({"Limit": 2});
        call["region"] = json!("ap-beijing");
        let checked = agent.json("validate", call.clone()).await;
        assert_eq!((&checked["valid"], &checked["request"]["Region"]), (&json!(true), &json!("ap-beijing")));
        let answer = agent.json("call_read", call.clone()).await;
        assert_eq!(answer["response"]["PersonSet"].as_array().map(Vec::len), Some(2));
        let receipt = &answer["receipt"];
        assert_eq!(receipt["region"], "ap-beijing");
        assert!(receipt["credential"].as_str().unwrap().ends_with("of the environment"), "{receipt}");
        assert!(!receipt["request_id"].as_str().unwrap().is_empty());
        let received = cloud.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].region, "ap-beijing");

        call["filter"] = json!("PersonSet[].Name | [0]");
        assert_eq!(agent.json("call_read", call).await["response"], answer["response"]["PersonSet"][0]["Name"]);
        let who = agent.json("whoami", json!({})).await;
        assert!(who["response"]["AccountId"].is_string(), "{who}");
        assert_eq!(agent.end().await, "");
    });
}

#[test]
fn a_filter_that_fails_does_not_lose_the_response() {
    let cloud = Cloud::new(2, json!({"RunInstances": {"InstanceIdSet": ["ins-1"]}}));
    run(async {
        let agent = Agent::start(&cloud, &["--allow-write"]).await;
        let mut call = json!({"service": "cvm", "action": "RunInstances", "params": {"Placement": {"Zone": "a"}}});
        call["filter"] = json!("nosuch(@)");
        let error = agent.error("call_write", call.clone()).await;
        assert!(error.contains("argument filter: JMESPath has no function `nosuch`"), "{error}");
        assert!(cloud.received().is_empty());
        call["filter"] = json!("sum(InstanceIdSet)");
        let answer = agent.json("call_write", call).await;
        let error = answer["error"].as_str().unwrap();
        assert!(error.starts_with("argument filter: ") && error.contains("the call was carried out"), "{error}");
        assert_eq!(answer["response"]["InstanceIdSet"], json!(["ins-1"]));
        assert!(answer["receipt"]["request_id"].is_string(), "{answer}");
        assert_eq!(cloud.received().len(), 1);
        assert_eq!(agent.end().await, "");
    });
}

#[test]
fn a_write_is_refused_unless_it_is_allowed() {
    let cloud = Cloud::plain();
    run(async {
        let stop = json!({"service": "cvm", "action": "TerminateInstances", "params": {"InstanceIds": ["ins-1"]}});
        let agent = Agent::start(&cloud, &[]).await;
        let error = agent.error("call_read", stop.clone()).await;
        assert!(error.contains("TerminateInstances is not one of them") && error.contains("--allow-write"), "{error}");
        let arguments = stop.as_object().cloned().unwrap();
        let request = CallToolRequestParams::new("call_write").with_arguments(arguments);
        let error = agent.client.call_tool(request).await.unwrap_err().to_string();
        assert!(error.contains("there is no tool `call_write`") && error.contains("--allow-write"), "{error}");
        assert!(cloud.received().is_empty());
        agent.end().await;

        let agent = Agent::start(&cloud, &["--allow-write"]).await;
        assert!(agent.error("call_read", stop.clone()).await.contains("use call_write"));
        assert!(cloud.received().is_empty());
        let answer = agent.json("call_write", stop).await;
        assert_eq!(answer["receipt"]["action"], "cvm 2017-03-12 TerminateInstances");
        assert_eq!(cloud.received().len(), 1);
        agent.end().await;
    });
}

#[test]
fn sensitive_values_appear_in_no_result() {
    let cloud = Cloud::new(
        1,
        json!({"sts.GetFederationToken": {
            "Credentials": {"Token": "known-token", "TmpSecretId": "AKIDknown", "TmpSecretKey": "known-key"},
            "ExpiredTime": 1, "Expiration": "2024-05-01T00:00:00Z"
        }}),
    );
    run(async {
        let agent = Agent::start(&cloud, &["--allow-write"]).await;
        let federation =
            json!({"service": "sts", "action": "GetFederationToken", "params": {"Name": "a", "Policy": "{}"}});
        let (_, text) = agent.text("call_read", federation.clone()).await;
        assert!(text.contains("******") && !text.contains("known-"), "{text}");
        let mut filtered = federation;
        filtered["filter"] = json!("Credentials.TmpSecretKey");
        let (_, text) = agent.text("call_read", filtered).await;
        assert!(text.contains("******") && !text.contains("known-"), "{text}");

        let password = "Known-Password1";
        for params in [
            json!({"InstanceIds": ["ins-1"], "Password": password}),
            json!({"InstanceIds": ["ins-1"], "Password": password.repeat(20)}),
            json!({"InstanceIds": "ins-1", "Password": [password]}),
        ] {
            let reset = json!({"service": "cvm", "action": "ResetInstancesPassword", "params": params});
            for tool in ["validate", "call_read", "call_write"] {
                let (_, text) = agent.text(tool, reset.clone()).await;
                assert!(!text.contains(password), "{tool}: {text}");
            }
        }
        assert!(!agent.end().await.contains(password));
    });
}

#[test]
fn a_large_result_is_cut_and_read_on() {
    let cloud = Cloud::new(500, json!({}));
    run(async {
        let agent = Agent::start(&cloud, &[]).await;
        let call = json!({"service": "cvm", "action": "DescribeInstances", "params": {"Limit": 100}});
        let (_, text) = agent.text("call_read", call).await;
        assert!(text.len() < 30_000, "{}", text.len());
        let first: Value = serde_json::from_str(&text).unwrap();
        let shown = first["response"]["InstanceSet"].as_array().unwrap().len();
        let mut ids: Vec<Value> = Vec::new();
        let mut cursors: Vec<Value> = vec![first];
        while let Some(part) = cursors.pop() {
            let rows = if part["response"].is_object() { &part["response"]["InstanceSet"] } else { &part["part"] };
            let rows = if part.is_array() { &part } else { rows };
            ids.extend(rows.as_array().into_iter().flatten().filter_map(|row| row.get("InstanceId").cloned()));
            for cut in part["cut"].as_array().into_iter().flatten() {
                cursors.push(agent.json("call_read", json!({"cursor": cut["cursor"]})).await);
            }
        }
        assert!(shown < 100 && ids.len() == 100, "{shown}, {}", ids.len());
        assert_eq!(cloud.received().len(), 1, "the rest is not called for again");
        assert!(agent.error("call_read", json!({"cursor": "99:/a:0"})).await.contains("no result has the cursor"));

        let described =
            json!({"service": "cvm", "action": "RunInstances", "parts": ["parameters", "response", "errors"]});
        let (_, text) = agent.text("describe_action", described).await;
        assert!(text.len() < 30_000 && text.contains("\"cursor\""), "{}", text.len());
        agent.end().await;
    });
}

#[test]
fn streams_and_profiles_are_those_of_the_command_line() {
    let cloud = Cloud::plain();
    run(async {
        let folder = cloud.home().join(".tccli");
        std::fs::create_dir(&folder).unwrap();
        let keys = json!({"secretId": tc_core::emulator::SECRET_ID, "secretKey": tc_core::emulator::SECRET_KEY});
        std::fs::write(folder.join("work.credential"), keys.to_string()).unwrap();
        std::fs::write(folder.join("work.configure"), json!({"_sys_param": {"region": "ap-chengdu"}}).to_string())
            .unwrap();
        let agent = Agent::start(&cloud, &[]).await;
        let chat = json!({"service": "hunyuan", "action": "ChatCompletions", "params": {
            "Model": "m", "Messages": [{"Role": "user", "Content": "hello"}], "Stream": true
        }});
        assert!(
            agent.error("call_read", chat).await.contains("ChatCompletions is not one of them"),
            "the name of a chat action is not that of a read"
        );

        let zones = json!({"service": "cvm", "action": "DescribeZones", "profile": "work"});
        let receipt = agent.json("call_read", zones.clone()).await["receipt"].clone();
        assert_eq!((&receipt["profile"], &receipt["region"]), (&json!("work"), &json!("ap-chengdu")));
        assert!(receipt["credential"].as_str().unwrap().contains("work.credential"), "{receipt}");
        let none = json!({"service": "cvm", "action": "DescribeZones", "profile": "nobody"});
        assert!(agent.error("call_read", none).await.contains("nobody"));
        // A key that changes in the file is used from the next call on.
        let other = json!({"secretId": tc_core::emulator::SECRET_ID, "secretKey": "another-key"});
        std::fs::write(folder.join("work.credential"), other.to_string()).unwrap();
        assert!(agent.error("call_read", zones).await.contains("code:AuthFailure.SignatureFailure"));
        agent.end().await;

        let agent = Agent::start(&cloud, &["--allow-write"]).await;
        let chat = json!({"service": "hunyuan", "action": "ChatCompletions", "params": {
            "Model": "m", "Messages": [{"Role": "user", "Content": "hello"}], "Stream": true
        }});
        let answer = agent.json("call_write", chat).await;
        assert_eq!(answer["response"].as_array().map(Vec::len), Some(2), "{answer}");
        agent.end().await;
    });
}

#[test]
fn wrong_arguments_are_tool_errors() {
    let cloud = Cloud::plain();
    run(async {
        let agent = Agent::start(&cloud, &[]).await;
        for (tool, arguments, expected) in [
            ("call_read", json!({}), "`service` is required"),
            ("call_read", json!({"service": "cvm"}), "`action` is required"),
            ("call_read", json!({"service": "cvm", "action": "DescribeZnoes"}), "DescribeZones"),
            ("call_read", json!({"service": "cmv", "action": "DescribeZones"}), "cvm"),
            (
                "call_read",
                json!({"service": "cvm", "action": "DescribeZones", "params": []}),
                "`params` is a list; give an object",
            ),
            ("call_read", json!({"service": "cvm", "action": "DescribeZones", "filter": "a["}), "argument filter"),
            ("call_read", json!({"service": "cvm", "action": "DescribeZones", "endpoint": "evil"}), "endpoint"),
            ("call_read", json!({"service": "cvm", "action": "DescribeZones", "site": "mars"}), "mars"),
            ("call_read", json!({"service": "cvm", "action": "DescribeZones", "region": "a b"}), "a b"),
            ("search_actions", json!({"query": " "}), "`query` is empty"),
            ("search_actions", json!({"query": "nosuchword"}), "no action has all of these words"),
            ("describe_action", json!({"service": "cvm", "action": "DescribeZones", "parts": ["all"]}), "all"),
            ("validate", json!({"service": "cvm"}), "`action` is required"),
            (
                "whoami",
                json!({"profil": "work"}),
                "whoami has no argument `profil`; its arguments are profile, region; did you mean `profile`?",
            ),
            (
                "validate",
                json!({"service": "cvm", "action": "DescribeZones", "cursor": "1::0"}),
                "validate has no argument `cursor` (it is an argument of call_read); its arguments are service, action, \
                 version, site, params, profile, region",
            ),
            ("search_actions", json!({"query": "cvm", "words": 1}), "its arguments are query, site, limit"),
            ("describe_action", json!({"part": ["errors"]}), "site, parts; did you mean `parts`?"),
            ("search_actions", json!({"query": "云服务器"}), "`tcapi docs import DIR` imports the titles"),
        ] {
            let error = agent.error(tool, arguments.clone()).await;
            assert!(error.contains(expected), "{tool} {arguments}: {error}");
        }
        assert!(cloud.received().is_empty());
        assert_eq!(agent.end().await, "");
    });
}

#[test]
fn a_line_that_is_not_a_message_gets_a_reply_and_the_next_message_too() {
    use std::io::{BufRead, BufReader, Write};
    let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}
    }});
    let cloud = Cloud::plain();
    let mut command = cloud.command();
    command.arg("mcp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let (sender, replies) = std::sync::mpsc::channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || output.lines().try_for_each(|line| sender.send(line.unwrap())));
    let next = || replies.recv_timeout(std::time::Duration::from_secs(30)).ok();
    let mut ask = |line: &str| -> Value {
        writeln!(input, "{line}").unwrap();
        let Some(reply) = next() else {
            child.kill().unwrap();
            panic!("{line}: there is no reply");
        };
        serde_json::from_str(&reply).unwrap_or_else(|error| panic!("{line}: {error}: {reply}"))
    };
    // Before and after the protocol begins.
    assert_eq!(ask("not JSON")["error"]["code"], -32700);
    assert_eq!(ask(&initialize.to_string())["id"], 0);
    for (line, id, code) in [
        ("not JSON", json!(null), -32700),
        (r#"{"jsonrpc":"2.0","id":1,"method":"ping""#, json!(null), -32700),
        ("[]", json!(null), -32600),
        ("5", json!(null), -32600),
        ("{}", json!(null), -32600),
        (r#"{"id":"a","method":"ping"}"#, json!("a"), -32600),
        (r#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":[]}"#, json!(8), -32600),
    ] {
        let reply = ask(line);
        assert_eq!((&reply["jsonrpc"], reply.get("id")), (&json!("2.0"), Some(&id)), "{line}: {reply}");
        assert_eq!(reply["error"]["code"], code, "{line}: {reply}");
    }
    let reply = ask(r#"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":5}}"#);
    assert!(reply["id"] == 9 && reply["error"]["code"].is_number(), "{reply}");
    assert_eq!(ask(r#"{"jsonrpc":"2.0","id":10,"method":"ping"}"#), json!({"jsonrpc": "2.0", "id": 10, "result": {}}));
    // The last line has no end, and the input ends after it.
    input.write_all(b"the end").unwrap();
    drop(input);
    assert!(next().unwrap().contains("-32700"));
    assert!(child.wait().unwrap().success());
    reader.join().unwrap().unwrap();
}

#[test]
fn a_wrong_option_ends_it_before_the_protocol_begins() {
    for words in [&["mcp", "extra"][..], &["mcp", "--Limit", "5"], &["mcp", "--nothing"]] {
        let run = crate::support::tcapi(words);
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{}", run.err);
        assert!(run.err.contains("is not an option of tcapi mcp"), "{}", run.err);
    }
    assert!(crate::support::tcapi(&["mcp", "--help"]).out.contains("--allow-write"));
}

#[test]
fn a_filter_on_an_unknown_member_and_a_misspelt_region_are_warnings_in_the_result() {
    let cloud = Cloud::new(2, json!({"vpc.DescribeVpcs": {"Error": {"Code": "ResourceNotFound", "Message": "none"}}}));
    run(async {
        let agent = Agent::start(&cloud, &[]).await;
        let mut call = json!({"service": "cvm", "action": "DescribeZones", "filter": "ZoneSett[].Zone"});
        let answer = agent.json("call_read", call.clone()).await;
        assert_eq!(answer["response"], Value::Null);
        let warnings = answer["warnings"].as_array().unwrap();
        assert_eq!(warnings.len(), 1, "{answer}");
        let warning = warnings[0].as_str().unwrap();
        assert!(warning.starts_with("argument filter: `ZoneSett` is not a member of DescribeZones"), "{warning}");
        assert!(warning.ends_with("; did you mean `ZoneSet`?"), "{warning}");
        // Each unknown member, also inside of rows.
        call["filter"] = json!("ZoneSet[].{A: Zon, B: ZoneNme}");
        let answer = agent.json("call_read", call.clone()).await;
        let text = answer["warnings"].to_string();
        assert!(text.contains("`Zone`") && text.contains("`ZoneName`"), "{text}");

        call["filter"] = json!("ZoneSet[].Zone");
        let answer = agent.json("call_read", call.clone()).await;
        assert_eq!((answer["warnings"].is_null(), &answer["receipt"]["region_source"]), (true, &json!("default")));
        call["region"] = json!("ap-guangzou");
        let expected = json!(["`ap-guangzou` is not a known region; did you mean `ap-guangzhou`?"]);
        let answer = agent.json("call_read", call.clone()).await;
        assert_eq!((&answer["warnings"], &answer["receipt"]["region_source"]), (&expected, &json!("option")));
        call.as_object_mut().unwrap().remove("filter");
        assert_eq!(agent.json("validate", call).await["warnings"], expected);
        let error = agent.error("call_read", json!({"service": "vpc", "action": "DescribeVpcs"})).await;
        assert!(error.ends_with("region: ap-guangzhou (the default; the argument `region` sets another)"), "{error}");
        assert_eq!(agent.end().await, "");
    });
}
