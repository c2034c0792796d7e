//! Help, versions, and the messages for a wrong command line.

use crate::support::tcapi;

#[test]
fn help_is_there_at_every_level() {
    for (words, expected) in [
        (vec!["help"], "SERVICES (china)"),
        (vec![], "SERVICES (china)"),
        (vec!["-h"], "OPTIONS"),
        (vec!["help", "help"], "SERVICES (china)"),
        (vec!["cvm", "help"], "RunInstances"),
        (vec!["help", "cvm"], "RunInstances"),
        (vec!["help", "cvm", "DescribeZones"], "PARAMETERS"),
        (vec!["help", "search"], "tcapi search <words>"),
        (vec!["tke", "--help"], "VERSIONS"),
        (vec!["mps", "DescribePersonSamples", "help"], "at most 100"),
        (vec!["mps", "DescribePersonSamples", "help", "--detail"], "ERROR CODES"),
        (vec!["emulator", "--help"], "--fault"),
    ] {
        let run = tcapi(&words);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
        assert!(run.out.contains(expected), "{words:?}: {}", run.out);
        let widest = run.out.lines().map(tc_cli::output::width).max().unwrap_or_default();
        assert!(widest <= 100, "{words:?} has a line of {widest} cells");
    }
}

#[test]
fn mistakes_get_short_answers() {
    for (words, code, expected) in [
        (vec!["cmv", "X"], 252, "did you mean `cvm`"),
        (vec!["cvm", "DescribeInstanes"], 252, "did you mean `DescribeInstances`"),
        (vec!["cvm", "DescribePersonSamples"], 252, "Other services have DescribePersonSamples: mps, vod"),
        (vec!["tke", "DescribeClusters", "--version", "1999-01-01"], 252, "available versions: 2018-05-25 2022-05-01"),
        (vec!["tke", "CreateCluster", "--version", "2022-05-01"], 252, "add --version 2018-05-25"),
        (vec!["cvm", "DescribeInstances", "--Limt", "5"], 255, "did you mean `Limit`"),
        (vec!["cvm", "DescribeInstances", "--limit", "5"], 255, "begin with an upper-case letter"),
        (vec!["cvm", "DescribeInstances", "--limit", "5"], 255, "did you mean the parameter `--Limit`?"),
        (vec!["cvm", "DescribeInstances", "--filters.0.Name", "zone"], 255, "the parameter `--Filters.0.Name`?"),
        (vec!["sarch", "foo"], 252, "no service or command `sarch`; did you mean `search`"),
        (vec!["sarch"], 252, "did you mean `search`"),
        (vec!["help", "nosuch"], 252, "no service or command `nosuch`"),
        (vec!["help", "serach"], 252, "did you mean `search`"),
        (vec!["help", "cvm", "DescribeInstanes"], 252, "did you mean `DescribeInstances`"),
        (vec!["cvm", "DescribeInstances", "--outptu", "json"], 255, "did you mean `--output`"),
        (vec!["cvm", "DescribeInstances", "5"], 255, "Unknown options: 5"),
        (vec!["iai", "GetPersonGroupInfo"], 252, "the following arguments are required: --PersonId"),
        (vec!["emulator", "--falut", "x"], 252, "--fault"),
        (vec!["-V"], 252, "there is no option `-V`; did you mean `--version`?"),
        (vec!["-verbose", "cvm", "DescribeZones"], 252, "there is no option `-verbose`; did you mean `--verbose`?"),
        (vec!["cvm DescribeZones"], 252, "write two words: tcapi cvm DescribeZones"),
        (vec!["cvm.DescribeZones"], 252, "write two words: tcapi cvm DescribeZones"),
        (vec!["emulator", "--fault", "cod:x"], 252, "did you mean `code`"),
    ] {
        let run = tcapi(&words);
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
        assert!(run.err.lines().count() <= 8, "{words:?}: {}", run.err);
    }
}

#[test]
fn an_unknown_option_before_the_action_is_the_error_that_it_is_after_it() {
    for (words, near) in [
        (vec!["--proflie", "x", "cvm", "DescribeZones"], "did you mean `--profile`"),
        (vec!["cvm", "--proflie", "x", "DescribeZones"], "did you mean `--profile`"),
        (vec!["cvm", "DescribeZones", "--proflie", "x"], "did you mean `--profile`"),
        (vec!["--bogus", "cvm", "RunInstances"], "no option `--bogus`"),
        (vec!["--bogus=1"], "no option `--bogus`"),
        (vec!["--helpp"], "did you mean `--help`"),
        (vec!["help", "--outptu", "json"], "did you mean `--output`"),
        (vec!["cvm", "help", "--verison", "2017-03-12"], "did you mean `--version`"),
        (vec!["--Region", "x", "cvm", "DescribeZones"], "did you mean `--region`"),
    ] {
        let run = tcapi(&words);
        assert_eq!((run.code, run.out.as_str()), (255, ""), "{words:?}: {}", run.err);
        assert!(run.err.starts_with("Unknown options: --") && run.err.contains(near), "{words:?}: {}", run.err);
        let mut fine = vec!["--exit-codes"];
        fine.extend(words);
        assert_eq!(tcapi(&fine).code, 3, "{fine:?}");
    }
}

#[test]
fn subcommands_accept_no_unknown_option_and_none_without_an_effect() {
    for words in [
        &["show", "cvm", "DescribeZones", "--Foo"][..],
        &["show", "--bogus", "cvm", "DescribeZones"],
        &["show", "cvm", "--detial"],
        &["search", "zones", "--outpt", "json"],
        &["whoami", "--reigon", "x"],
        &["example", "cvm", "DescribeZones", "--regoin", "x"],
        &["example", "--regoin", "x", "cvm", "DescribeZones"],
        &["sign", "cvm", "DescribeZones", "--tiem", "1"],
        &["sign", "--compare", "-", "--tiem", "1"],
        &["configure", "list", "--proflie", "x"],
        &["docs", "import", "x", "--quite"],
        &["man", "--bogus"],
        &["completion", "bash", "--bogus"],
    ] {
        let run = tcapi(words);
        assert_eq!((run.code, run.out.as_str()), (255, ""), "{words:?}: {}", run.err);
        assert!(run.err.starts_with("Unknown options: --"), "{words:?}: {}", run.err);
    }
    for words in [
        &["catalog", "dump", "--stie", "china"][..],
        &["code", "cvm", "DescribeZones", "--ouput", "x"],
        &["emulator", "--bogus"],
        &["explorer", "--bogus"],
        &["mcp", "--allow-writes"],
    ] {
        let run = tcapi(words);
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{words:?}: {}", run.err);
    }
    for (words, expected) in [
        (&["show", "cvm", "DescribeZones", "--output", "json"][..], "--output: has no effect on `tcapi show`"),
        (&["search", "zones", "--region", "x"], "--region: has no effect on `tcapi search`, which accepts --site"),
        (&["mcp", "--allow-writes"], "did you mean `--allow-write`"),
        (&["man", "--output", "json"], "--output: has no effect on `tcapi man`, which accepts no option"),
    ] {
        let run = tcapi(words);
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
    }
}

#[test]
fn every_action_has_a_page() {
    // In this process: sixteen thousand runs of the program would take long.
    let catalog = tc_cli::actions::catalog().unwrap();
    let mut count = 0;
    for site in tc_catalog::Site::ALL {
        for service in catalog.services() {
            for version in service.versions(site) {
                for action in service.module(site, Some(version)).unwrap().actions() {
                    let target = tc_cli::actions::target(service, site, action).unwrap();
                    assert_eq!(target.spec.name, action.name());
                    if let Some(page) = target.spec.page {
                        assert!(target.items().is_some(), "{} {page:?}", action.name());
                    }
                    tc_cli::skeleton(target.spec.request);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 25_000, "{count}");
}

#[test]
fn the_manual_page_names_every_option_and_is_read_by_man() {
    let run = tcapi(&["man"]);
    assert_eq!(run.code, 0);
    for option in tc_cli::args::OPTIONS {
        let name = format!("\\-\\-{}", option.name.replace('-', "\\-"));
        assert!(run.out.contains(&name), "{name}");
    }
    let file = std::env::temp_dir().join(format!("tcapi-{}.1", std::process::id()));
    std::fs::write(&file, &run.out).unwrap();
    match std::process::Command::new("groff").args(["-man", "-Tutf8", "-ww"]).arg(&file).output() {
        Ok(done) => {
            assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        Err(_) => eprintln!("SKIPPED: there is no groff"),
    }
    std::fs::remove_file(file).unwrap();
}

#[test]
fn every_subcommand_has_help_of_the_same_form_with_examples() {
    let list = tcapi(&["help"]).out;
    let commands = list.split("COMMANDS\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = commands.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 14, "{names:?}");
    let path = std::path::Path::new(env!("CARGO_BIN_EXE_tcapi")).parent().unwrap();
    for name in names {
        let help = tcapi(&[name, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (0, ""), "{name}");
        for other in [&["help", name][..], &["--help", name]] {
            assert_eq!(tcapi(other).out, help.out, "{other:?}");
        }
        let text = &help.out;
        let widest = text.lines().map(tc_cli::output::width).max().unwrap_or_default();
        assert!(widest <= 120, "{name} has a line of {widest} cells: {text}");
        let (about, rest) = text.split_once("\n\n").unwrap();
        assert!(about.starts_with(char::is_uppercase) && rest.contains("Usage:"), "{name}: {text}");
        let (_, examples) = text.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{name}: {text}"));
        let examples: Vec<&str> = examples.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
        assert!(!examples.is_empty(), "{name}: {text}");
        for example in examples {
            assert!(example.starts_with("  ") && example.contains(&format!("tcapi {name}")), "{name}: {example}");
            // Those that need neither a key nor a file, and write nothing.
            let is_offline = ["search", "show", "example"].contains(&name)
                || name == "code" && !example.contains("--out") && !example.contains("--crate");
            if is_offline {
                let mut shell = std::process::Command::new("sh");
                shell.env_clear().env("HOME", "/nonexistent").env("PATH", format!("{}:/usr/bin:/bin", path.display()));
                let run = crate::support::finish(shell.args(["-c", example]));
                assert!(run.code == 0 && !run.out.is_empty(), "{example}: {}", run.err);
            }
        }
    }
    let dump = tcapi(&["catalog", "dump", "--help"]).out;
    assert!(dump.contains("Examples:\n  tcapi catalog dump --site china\n"), "{dump}");
    // An error has the usage, and not the whole help.
    for words in [&["show"][..], &["search"], &["example"], &["sign"], &["docs"], &["completion"], &["configure", "x"]]
    {
        let run = tcapi(words);
        let end = format!("\nMore: tcapi {} --help\n", words[0]);
        assert!(run.code == 252 && run.err.starts_with("usage:") && run.err.ends_with(&end), "{words:?}: {}", run.err);
        assert!(!run.err.contains("Examples:"), "{}", run.err);
    }
}
