//! An emulator that knows every action, and the program run against it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use tc_cli::emulator::{Answers, CatalogDirectory, Maker};
use tc_core::emulator::{Emulator, Received, SECRET_ID, SECRET_KEY};
use tc_core::tokio::runtime::Runtime;

/// An emulator, a home directory, and the program.
pub(crate) struct Cloud {
    pub(crate) emulator: Emulator,
    home: PathBuf,
    // Dropped last: the emulator runs on it.
    _runtime: Runtime,
}

/// What a run of the program left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Cloud {
    /// An emulator with as many items of everything, and these answers.
    pub(crate) fn new(items: u64, answers: Value) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("tcapi-home-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        let runtime =
            tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let directory = CatalogDirectory::new(
            tc_cli::actions::catalog().unwrap(),
            Maker { seed: 0, items },
            Answers::new(answers).unwrap(),
        );
        let emulator = runtime.block_on(Emulator::builder().directory(directory).seed(1).start()).unwrap();
        Self { emulator, home, _runtime: runtime }
    }

    /// An emulator with made answers.
    pub(crate) fn plain() -> Self {
        Self::new(42, json!({}))
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// The program with the emulator's key in its environment, and no other variable but `HOME`.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", &self.home).current_dir(&self.home).stdin(Stdio::null());
        command.env("TENCENTCLOUD_SECRET_ID", SECRET_ID).env("TENCENTCLOUD_SECRET_KEY", SECRET_KEY);
        command
    }

    /// Runs the program with these words, and with the emulator as its endpoint.
    pub(crate) fn run<S: AsRef<str>>(&self, words: &[S]) -> Run {
        let mut command = self.command();
        command.args(words.iter().map(AsRef::as_ref)).args(["--endpoint", self.emulator.url()]);
        finish(&mut command)
    }

    /// What was printed by a run that succeeds, as JSON.
    #[track_caller]
    pub(crate) fn json<S: AsRef<str>>(&self, words: &[S]) -> Value {
        let run = self.run(words);
        assert_eq!(run.code, 0, "{}", run.err);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
    }

    /// The requests that arrived.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.emulator.received()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// Runs the program without an emulator.
pub(crate) fn tcapi<S: AsRef<str>>(words: &[S]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
    command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
    command.args(words.iter().map(AsRef::as_ref));
    finish(&mut command)
}
