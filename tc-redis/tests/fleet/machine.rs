//! The programs of a test: a Redis server, an emulator, and the processes of a fleet.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tc_core::emulator::Emulator;
use tc_redis::RedisLimiter;

use crate::process::{GetThing, Report, Thing};

/// The number of ports that are tried for Redis.
const PORTS: usize = 20;

/// The longest time for a start of Redis.
const START: Duration = Duration::from_secs(60);

pub(crate) struct RedisServer {
    process: Option<Child>,
    port: u16,
    pub(crate) url: String,
}

impl RedisServer {
    /// Starts Redis. Prints SKIPPED and returns `None` if it is not installed.
    pub(crate) fn start() -> Option<Self> {
        let found = Command::new("redis-server").arg("--version").stdout(Stdio::null()).status();
        if !found.is_ok_and(|status| status.success()) {
            println!("SKIPPED: redis-server is not installed");
            assert!(std::env::var_os("TC_REDIS").is_none_or(|value| value != "required"), "redis-server is required");
            return None;
        }
        // Another program may take the port before Redis listens on it; then another port is used.
        let attempt = |_| {
            let port = free_port();
            let mut server = Self { process: None, port, url: format!("redis://127.0.0.1:{port}/") };
            server.launch().then_some(server)
        };
        Some((0..PORTS).find_map(attempt).expect("redis-server starts"))
    }

    /// Starts Redis on the same port as before.
    pub(crate) fn start_again(&mut self) {
        let until = Instant::now() + START;
        while !self.launch() {
            assert!(Instant::now() < until, "redis-server does not start again");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Starts Redis, and waits until it responds. Prints the reason if it does not.
    fn launch(&mut self) -> bool {
        self.kill();
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"]).arg(self.port.to_string());
        let process = self.process.insert(command.stdout(Stdio::null()).spawn().unwrap());
        let own = format!("process_id:{}", process.id());
        let until = Instant::now() + START;
        while Instant::now() < until {
            if let Some(status) = process.try_wait().unwrap() {
                println!("redis-server on port {} ended: {status}", self.port);
                return false;
            }
            // The number of the process shows that no other server responds on this port.
            if exchange(self.port, &["INFO", "server"]).is_ok_and(|reply| reply.lines().any(|line| line == own)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        println!("redis-server on port {} does not respond", self.port);
        false
    }

    /// Sends a signal to the server: `STOP` or `CONT`.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.process.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-s", name, &process]).status().unwrap().success());
    }

    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Sends a command, and returns its reply as text, as `redis-cli` does.
    pub(crate) fn command(&self, words: &[&str]) -> String {
        exchange(self.port, words).unwrap()
    }
}

/// A port that is free, outside the range from which the system takes the ports of outgoing connections: a client that connects while
/// Redis is down could otherwise get the port of Redis itself.
fn free_port() -> u16 {
    const LOWEST: u16 = 10_000;
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let end = range.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(32_768_u16);
    let count = u64::from(end.saturating_sub(LOWEST));
    for _ in 0..PORTS {
        let random = RandomState::new().hash_one(std::process::id());
        let port = if count < 1000 { 0 } else { LOWEST + u16::try_from(random % count).unwrap() };
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            return listener.local_addr().unwrap().port();
        }
    }
    panic!("no port is free");
}

/// Connects to Redis, again if this machine is so busy that it takes two seconds.
pub(crate) async fn connect(url: &str) -> RedisLimiter {
    for _ in 0..10 {
        match RedisLimiter::connect(url).await {
            Err(error) if error.to_string().contains("timed out") => println!("repeated: {error}"),
            connected => return connected.unwrap(),
        }
    }
    panic!("no connection to Redis");
}

/// Sends a command to the server on this port, and reads its reply.
fn exchange(port: u16, words: &[&str]) -> io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(format!("*{}\r\n", words.len()).as_bytes())?;
    for word in words {
        stream.write_all(format!("${}\r\n{word}\r\n", word.len()).as_bytes())?;
    }
    reply(&mut BufReader::new(stream))
}

fn reply(stream: &mut impl BufRead) -> io::Result<String> {
    let mut first = String::new();
    stream.read_line(&mut first)?;
    let first = first.trim_end();
    let (kind, rest) = first.split_at_checked(1).ok_or_else(|| io::Error::other("the server closed the connection"))?;
    let length = || rest.parse::<usize>().map_err(io::Error::other);
    match kind {
        ":" | "+" => Ok(rest.to_owned()),
        "$" => {
            let mut text = vec![0; length()? + 2];
            stream.read_exact(&mut text)?;
            String::from_utf8(text).map(|text| text.trim_end_matches("\r\n").to_owned()).map_err(io::Error::other)
        }
        "*" => (0..length()?).map(|_| reply(stream).map(|reply| reply + "\n")).collect(),
        _ => Err(io::Error::other(format!("the server replied {first}"))),
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// An emulator that enforces rates, and the arrival times of calls.
pub(crate) struct Cloud {
    pub(crate) url: String,
    arrivals: Arc<Mutex<Vec<Instant>>>,
    _emulator: Emulator,
}

impl Cloud {
    pub(crate) async fn start() -> Self {
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&arrivals);
        let observer = move |_: &_| seen.lock().unwrap().push(Instant::now());
        let emulator =
            Emulator::builder().enforce_rates().without_recording().observer(observer).start().await.unwrap();
        emulator.on::<GetThing>(|asked: GetThing| Thing::new(asked.name));
        Self { url: emulator.url().to_owned(), arrivals, _emulator: emulator }
    }

    /// The number of calls that arrived within this time after the first.
    pub(crate) fn arrivals_within(&self, time: Duration) -> usize {
        let arrivals = self.arrivals.lock().unwrap();
        arrivals.iter().filter(|at| **at < arrivals[0] + time).count()
    }

    /// The largest number of calls that arrived within a second, and the start of that second after the first arrival.
    pub(crate) fn most_within_a_second(&self) -> (usize, Duration) {
        let mut arrivals = self.arrivals.lock().unwrap().clone();
        arrivals.sort_unstable();
        let within = |first: &Instant| {
            arrivals.iter().filter(|at| **at >= *first && **at < *first + Duration::from_secs(1)).count()
        };
        arrivals.iter().map(|first| (within(first), *first - arrivals[0])).max().unwrap_or_default()
    }
}

/// Measures how busy this machine is: a task that sleeps for 5 ms repeatedly, and the longest delay of its wake-ups.
pub(crate) struct Lateness {
    longest: Arc<Mutex<Duration>>,
    task: tokio::task::AbortHandle,
}

impl Lateness {
    /// The delay up to which a failed run is an error of the limiter. It is half of the longest time that an unused start stays valid.
    pub(crate) const ACCEPTED: Duration = Duration::from_millis(5);

    /// The largest number of calls that may arrive within a second if each may arrive this late. Ten calls may start within 102 ms,
    /// and each up to 10 ms after its start in Redis.
    pub(crate) fn most_within_a_second(late: Duration) -> usize {
        let window = Duration::from_millis(1010) + late;
        usize::try_from(window.as_micros().div_ceil(102_000)).unwrap() * 10
    }

    /// Starts a task on this runtime.
    pub(crate) fn measure() -> Self {
        let longest = Arc::new(Mutex::new(Duration::ZERO));
        let shared = Arc::clone(&longest);
        let task = tokio::spawn(async move {
            loop {
                let due = Instant::now() + Duration::from_millis(5);
                tokio::time::sleep_until(due.into()).await;
                let late = due.elapsed();
                let mut longest = shared.lock().unwrap();
                *longest = late.max(*longest);
            }
        });
        Self { longest, task: task.abort_handle() }
    }

    /// The longest delay so far.
    pub(crate) fn longest(&self) -> Duration {
        *self.longest.lock().unwrap()
    }
}

impl Drop for Lateness {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) struct Fleet(Vec<(Child, ChildStdin, BufReader<ChildStdout>)>);

impl Fleet {
    /// Starts processes, which wait for [`go`](Self::go).
    pub(crate) fn start(processes: usize, redis: &str, cloud: &str) -> Self {
        let start = |_| {
            let mut process = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "a_process_of_the_fleet", "--nocapture"])
                .env("TC_FLEET_REDIS", redis)
                .env("TC_FLEET_CLOUD", cloud)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
            (process, input, BufReader::new(output))
        };
        let mut fleet = Self((0..processes).map(start).collect());
        for (_, _, output) in &mut fleet.0 {
            line(output, "ready");
        }
        fleet
    }

    pub(crate) fn go(&mut self, time: Duration) {
        for (_, input, _) in &mut self.0 {
            writeln!(input, "{}", time.as_millis()).unwrap();
        }
    }

    /// Waits until all processes have ended.
    pub(crate) fn reports(self) -> Vec<Report> {
        let report = |(mut process, _, mut output): (Child, ChildStdin, BufReader<ChildStdout>)| {
            let report = Report::parse(&line(&mut output, "report"));
            assert!(process.wait().unwrap().success());
            report
        };
        self.0.into_iter().map(report).collect()
    }
}

/// Returns the next line that starts with this word, without the word. The test runner prints other lines.
fn line(output: &mut impl BufRead, word: &str) -> String {
    loop {
        let mut line = String::new();
        assert!(output.read_line(&mut line).unwrap() > 0, "a process ended without a line `{word}`");
        if let Some((_, rest)) = line.split_once(&format!("fleet-{word}")) {
            return rest.trim().to_owned();
        }
    }
}
