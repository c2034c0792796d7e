//! What shells are offered.

use crate::support::tcapi;

/// The offers for a line; the last word is the one being typed.
fn offers(words: &[&str]) -> Vec<String> {
    let run = tcapi(&[&["__complete"], words].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
    run.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[track_caller]
fn check(words: &[&str], expected: &[&str]) {
    assert_eq!(offers(words), expected, "{words:?}");
}

#[test]
fn words_are_completed_down_to_values() {
    check(&["mp"], &["mps"]);
    check(&["conf"], &["configure", "config"]);
    check(&["example", "cvm", "RunInstances", "p"], &["python"]);
    check(&["mps", "DescribePersonS"], &["DescribePersonSamples"]);
    check(&["--region", "ap-x", "mps", "DescribePersonS"], &["DescribePersonSamples"]);
    check(&["mps", "DescribePersonSamples", "--Per"], &["--PersonIds"]);
    check(&["cvm", "RunInstances", "--InstanceChargeType", "P"], &["PREPAID", "POSTPAID_BY_HOUR"]);
    check(&["cvm", "RunInstances", "--InstanceChargeType=PR"], &["--InstanceChargeType=PREPAID"]);
    check(&["cvm", "RunInstances", "--InstanceChargeType", "=", "PR"], &["--InstanceChargeType=PREPAID"]);
    check(&["cvm", "StopInstances", "--ForceStop", "t"], &["true"]);
    check(&["cvm", "DescribeInstances", "--Filters.0.N"], &["--Filters.0.Name"]);
    check(&["cvm", "DescribeInstances", "--Filters.1.V"], &["--Filters.1.Values"]);
    check(&["cvm", "DescribeInstances", "--Fil"], &["--Filters", "--Filters.0.Name", "--Filters.0.Values"]);
    check(&["cvm", "DescribeInstances", "--outp"], &["--output"]);
    check(&["cvm", "DescribeInstances", "--output", "y"], &["yaml"]);
    check(&["cvm", "DescribeInstances", "--region", "ap-gua"], &["ap-guangzhou"]);
    check(&["tke", "DescribeClusters", "--version", ""], &["2018-05-25", "2022-05-01"]);
    check(&["show", "iai", "GetPersonGr"], &["GetPersonGroupInfo"]);
    check(&["configure", "s"], &["set", "set-root-domain"]);
    check(&["completion", "z"], &["zsh"]);
    check(&["configure", "set", "re"], &["region", "request-client"]);
    check(&["configure", "set", "region", "ap-sh"], &["ap-shanghai", "ap-shanghai-fsi", "ap-shenzhen-fsi"]);
    check(&["configure", "set", "region", "ap-shanghai", "lang"], &["language"]);
    check(&["configure", "get", "secret"], &["secretId", "secretKey"]);
    check(&["nosuch", ""], &["help"]);
    check(&["cvm", "NoSuch", "--Xyz"], &[]);
}

#[test]
fn meanings_are_offered_too() {
    let run = tcapi(&["__complete", "mps", "DescribePersonSamples", "--Lim"]);
    assert_eq!(run.out, "--Limit\tinteger ≥ 0; at most 100; default 100\n");
}

#[test]
fn the_scripts_are_read_by_their_shells() {
    for (shell, program, flag) in [("bash", "bash", "-n"), ("zsh", "zsh", "-n"), ("fish", "fish", "-n")] {
        let run = tcapi(&["completion", shell]);
        assert_eq!(run.code, 0);
        let file = std::env::temp_dir().join(format!("tcapi-completion-{}.{shell}", std::process::id()));
        std::fs::write(&file, &run.out).unwrap();
        match std::process::Command::new(program).arg(flag).arg(&file).output() {
            Ok(done) => assert!(done.status.success(), "{shell}: {}", String::from_utf8_lossy(&done.stderr)),
            Err(_) => eprintln!("SKIPPED {shell}: it is not installed"),
        }
        std::fs::remove_file(file).unwrap();
    }
    assert!(tcapi(&["completion", "powershell"]).out.contains("Register-ArgumentCompleter"));
    assert_ne!(tcapi(&["completion", "csh"]).code, 0);
}

#[test]
fn bash_completes_a_line() {
    let path = std::path::Path::new(env!("CARGO_BIN_EXE_tcapi")).parent().unwrap();
    let script = "source <(tcapi completion bash); COMP_WORDS=(tcapi cvm RunInstances --InstanceChargeType = PR); COMP_CWORD=5; _tcapi; echo \"${COMPREPLY[@]}\"; \
                  COMP_WORDS=(tcapi mps DescribePersonS); COMP_CWORD=2; _tcapi; echo \"${COMPREPLY[@]}\"";
    let mut bash = std::process::Command::new("bash");
    bash.env_clear()
        .env("HOME", "/nonexistent")
        .env("PATH", format!("{}:/usr/bin:/bin", path.display()))
        .args(["-c", script]);
    let Ok(done) = bash.output() else {
        eprintln!("SKIPPED: there is no bash");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&done.stdout),
        "PREPAID\nDescribePersonSamples\n",
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn a_subcommand_offers_the_options_that_it_accepts() {
    check(&["emulator", "--fa"], &["--fault"]);
    check(&["catalog", "dump", "--m"], &["--merged"]);
    check(&["catalog", "build", "--f"], &["--force"]);
    check(&["code", "cvm", "DescribeZones", "--o"], &["--out"]);
    check(&["mcp", "--allow"], &["--allow-write"]);
    check(&["mcp", "--reg"], &["--region"]);
    check(&["sign", "--comp"], &["--compare"]);
    check(&["search", "zones", "--"], &["--site", "--output", "--all", "--exit-codes", "--help"]);
    check(&["man", "--"], &["--exit-codes", "--help"]);
    // Not those that would be an error.
    check(&["show", "cvm", "DescribeZones", "--o"], &[]);
    check(&["cvm", "DescribeZones", "--comp"], &[]);
    check(&["emulator", "--reg"], &[]);
}
