//! A PostgreSQL of the test's own, to be killed, stopped and started again. The tests' shared one must stay well.
use super::program::signal;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub struct Postmaster {
    /// The server that the tests' command starts, in a folder of its own; it ends when its input does.
    child: Child,
    pub url: String,
    folder: String,
    control: String,
}

impl Postmaster {
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/postgres.sh");
        let tell = r#"printf '%s\n' "$PHOTOVAULT_TEST_DATABASE_URL" "$PHOTOVAULT_TEST_POSTGRES" "$PHOTOVAULT_TEST_PG_CTL"; read -r _"#;
        let mut child = Command::new(script).args(["bash", "-c", tell]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        // the command may have something to say first
        let mut lines = said.skip_while(|line| !line.starts_with("postgres://"));
        let [url, folder, control] = std::array::from_fn(|_| lines.next().expect("a PostgreSQL of the test's own"));
        Self { child, url, folder, control }
    }

    /// The postmaster and everybody who works for it.
    fn processes(&self) -> Vec<String> {
        let file = std::fs::read_to_string(format!("{}/data/postmaster.pid", self.folder)).unwrap();
        let first = file.lines().next().unwrap().to_string();
        let workers = std::fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap();
        std::iter::once(first).chain(workers.split_whitespace().map(String::from)).collect()
    }

    /// `kill -9`, as when memory runs out.
    pub fn crash(&self) {
        let processes = self.processes();
        signal("KILL", &processes[0]);
        // its workers notice by themselves; nobody can start it while one is left
        let since = Instant::now();
        while processes.iter().any(|process| is_alive(process)) {
            assert!(since.elapsed() < Duration::from_secs(20), "a worker outlives its postmaster");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn start_again(&self) {
        let words = format!("{} -l {}/server.log -w -t 60 start", self.control, self.folder);
        assert!(Command::new("bash").args(["-c", &words]).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    }

    /// Everybody stands still, with every line open.
    pub fn freeze(&self) {
        self.processes().iter().for_each(|process| signal("STOP", process));
    }

    pub fn thaw(&self) {
        self.processes().iter().for_each(|process| signal("CONT", process));
    }
}

fn is_alive(process: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // dead, and nobody has asked about it yet
    !stat.is_empty() && !stat.contains(") Z ")
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
