//! The process: the browser that it starts, and its end.

use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_without_the_token_in_an_argument() {
    use std::io::{BufRead, BufReader};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::process::{Command, Stdio};

    let home = std::env::temp_dir().join(format!("tcapi-explorer-{}-browser", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let browser = home.join("xdg-open");
    std::fs::write(&browser, "#!/bin/sh\necho \"$@\" > \"$HOME/new\" && mv \"$HOME/new\" \"$HOME/arguments\"\n")
        .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", home.display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
    command.env_clear().env("HOME", &home).env("PATH", path).arg("explorer");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
    let (start, mut arguments) = (Instant::now(), String::new());
    while arguments.is_empty() && start.elapsed() < Duration::from_secs(30) {
        arguments = std::fs::read_to_string(home.join("arguments")).unwrap_or_default();
        std::thread::sleep(Duration::from_millis(20));
    }
    let file = Path::new(arguments.trim());
    let page = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{arguments}: {error}"));
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_dir_all(&home).unwrap();
    let token = url.trim().split_once("token=").unwrap().1;
    assert!(!arguments.contains(token), "{arguments}");
    assert!(page.contains(url.trim()), "{page}");
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn it_ends_after_an_idle_time() {
    let runtime = tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let start = Instant::now();
        let idle = Duration::from_millis(300);
        let explorer = tc_cli::explorer::Explorer::start(0, idle).await.unwrap();
        explorer.ended().await.unwrap();
        assert!(start.elapsed() >= idle);
    });
}
