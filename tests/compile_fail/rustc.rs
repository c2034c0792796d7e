//! Compiles one file with rustc, using the crates that cargo built for these tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// The crates that a case can use.
const EXTERNS: [&str; 2] = ["tc_core", "tc_apis"];

/// Compiles only with builds of the crates that have the features of these tests and depend on each other.
const PROBE: &str = "
    pub use tc_core::{emulator::Emulator, transport::{HyperTransport, ReqwestTransport}};
    pub fn action() -> impl tc_core::Action { tc_apis::mps::DescribePersonSamples::new() }
";

/// Runs rustc with the crates found in `folder`.
pub(crate) struct Rustc {
    folder: PathBuf,
    externs: Vec<(&'static str, PathBuf)>,
}

impl Rustc {
    /// Finds the crates in the folder of this test program.
    pub(crate) fn find() -> Self {
        let program = env::current_exe().expect("this program has a path");
        let folder = program.parent().expect("this program is in a folder").to_owned();
        let probe = scratch().join("probe.rs");
        fs::write(&probe, PROBE).expect("target/tmp can be written");
        let [cores, apis] = EXTERNS.map(|name| libraries(&folder, name));
        for core in &cores {
            for api in &apis {
                let externs = vec![(EXTERNS[0], core.clone()), (EXTERNS[1], api.clone())];
                let found = Self { folder: folder.clone(), externs };
                let mut command = found.command(&probe, "2024");
                if command
                    .args(["--crate-type=lib", "--emit=metadata", "--out-dir"])
                    .arg(scratch())
                    .output()
                    .expect("rustc runs")
                    .status
                    .success()
                {
                    return found;
                }
            }
        }
        panic!("{}: no pair of {cores:?} and {apis:?} was built together", folder.display());
    }

    /// Returns whether `case`, a path in this package, compiles, and rustc's messages.
    pub(crate) fn check(&self, case: &Path) -> (bool, String) {
        let Output { status, stderr, .. } = self
            .command(&in_workspace(case), "2024")
            .args(["--crate-type=bin", "--emit=metadata"])
            .output()
            .expect("rustc runs");
        (status.success(), normal(&String::from_utf8_lossy(&stderr)))
    }

    /// Compiles `case` and runs the program. Returns its output, or the errors.
    pub(crate) fn run(&self, case: &Path, edition: &str, externs: &[&str]) -> Result<String, String> {
        let program = scratch().join(case.file_stem().unwrap_or_default()).with_extension(env::consts::EXE_EXTENSION);
        let all = Self { folder: self.folder.clone(), externs: self.externs.clone() };
        let mut command = all.only(externs).command(&in_workspace(case), edition);
        let built = command.args(["--crate-type=bin", "--emit=link", "-o"]).arg(&program).output();
        let built = built.expect("rustc runs");
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned());
        }
        let ran = Command::new(&program).output().expect("the program runs");
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        if ran.status.success() { Ok(out.into_owned()) } else { Err(err.into_owned()) }
    }

    /// Keeps only these crates.
    fn only(mut self, externs: &[&str]) -> Self {
        self.externs.retain(|(name, _)| externs.contains(name));
        self
    }

    fn command(&self, case: &Path, edition: &str) -> Command {
        let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        // The folder in which cargo compiled the crates, so that messages can show their source lines.
        command.current_dir(workspace()).arg(case).args(["--edition", edition, "--color=never"]);
        command.arg("-L").arg(format!("dependency={}", self.folder.display()));
        for (name, path) in &self.externs {
            command.arg("--extern").arg(format!("{name}={}", path.display()));
        }
        command
    }
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in a workspace")
}

/// The path of a file of this package, relative to the folder of the workspace.
fn in_workspace(case: &Path) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).file_name().unwrap_or_default();
    Path::new(package).join(case)
}

fn scratch() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustc");
    fs::create_dir_all(&folder).expect("target/tmp can be written");
    folder
}

/// The builds of a crate, the newest first.
fn libraries(folder: &Path, name: &str) -> Vec<PathBuf> {
    let (begin, end) = (format!("lib{name}-"), "rlib");
    let entries = fs::read_dir(folder).expect("the folder of this program").filter_map(Result::ok);
    let mut found: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&begin))
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == end))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    found.sort_unstable_by(|(left, _), (right, _)| right.cmp(left));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Removes from a message what depends on the machine or changes with every edit of tc-core: line numbers of other files
/// than the case, their paths, and the summary at the end.
fn normal(message: &str) -> String {
    let message = message.replace(&workspace().display().to_string(), "$WORKSPACE");
    let blocks = message.trim_end().split("\n\n").map(block);
    let ends = ["error: aborting due to", "Some errors have detailed", "For more information about"];
    let blocks: Vec<String> = blocks.filter(|block| !ends.iter().any(|end| block.starts_with(end))).collect();
    blocks.join("\n\n") + "\n"
}

/// Does this for one error or warning.
fn block(text: &str) -> String {
    let gutter = |line: &str| line.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b' ').count();
    // Lines after a `help` or `note` without a path belong to the case.
    let begins_note = |line: &str| line.starts_with("help: ") || line.starts_with("note: ");
    let case = in_workspace(Path::new("")).display().to_string();
    let place = |line: &str| {
        let line = line.trim_start();
        let path = line.strip_prefix("--> ").or_else(|| line.strip_prefix("::: "))?;
        Some((line[..4].to_owned(), path.strip_prefix(&case).map(str::to_owned).ok_or_else(|| path.to_owned())))
    };
    // The width of the line numbers: `wide` of all files, `narrow` of the case.
    let wide = text.lines().find(|line| place(line).is_some()).map_or(0, gutter);
    let (mut here, mut narrow) = (true, 1);
    for line in text.lines() {
        if let Some((_, path)) = place(line) {
            here = path.is_ok();
        } else if begins_note(line) {
            here = true;
        } else if here && gutter(line) > wide {
            narrow = narrow.max(line[..wide].trim().len());
        }
    }
    let mut here = true;
    let lines = text.lines().map(|line| match place(line) {
        Some((arrow, Ok(path))) => {
            here = true;
            format!("{:narrow$}{arrow}{path}", "")
        }
        Some((arrow, Err(path))) => {
            here = false;
            let path = path.split(".rs:").next().unwrap_or(&path).trim_start_matches("$WORKSPACE/");
            format!("{:narrow$}{arrow}$WORKSPACE/{path}.rs", "")
        }
        None if begins_note(line) => {
            here = true;
            line.to_owned()
        }
        None if wide == 0 || gutter(line) < wide => line.to_owned(),
        None => {
            let number = if here { line[..wide].trim() } else { "" };
            format!("{number:>narrow$}{}", &line[wide..])
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
