//! The real program as a process of its own, to be started and killed.
use super::World;
use photovault::{
    boot::open_services,
    platform::{Clock, Services, clock::MINUTE, config::Config},
};
use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub struct Program {
    world: Arc<World>,
    pub address: SocketAddr,
    child: Option<Child>,
    /// Where strace writes what the program asks of the system.
    trace: Option<PathBuf>,
}

impl Program {
    /// Not running yet. What this process has open of the world is closed: the program is alone with it.
    pub async fn alone_in(world: World) -> Self {
        world.services.db.close().await;
        Self::of(Arc::new(world))
    }

    fn of(world: Arc<World>) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        Self { world, address, child: None, trace: None }
    }

    /// A second one of the same studio.
    pub fn beside(&self) -> Self {
        Self::of(self.world.clone())
    }

    /// Every file that it opens, writes, names and makes safe is written down there.
    pub fn traced(mut self, trace: &Path) -> Self {
        self.trace = Some(trace.into());
        self
    }

    /// Starts the program and waits until it says that it is ready; gives how long that took.
    pub async fn start(&mut self) -> Duration {
        let since = Instant::now();
        let program = env!("CARGO_BIN_EXE_photovault");
        let mut command = match &self.trace {
            None => Command::new(program),
            Some(trace) => {
                let mut strace = Command::new("strace");
                let calls = "trace=rename,renameat,renameat2,fsync,fdatasync,sendto,sendmsg,write,writev,recvfrom,read";
                strace.args(["-f", "-y", "-qq", "-s", "160", "-e", calls, "-o"]).arg(trace).arg(program);
                strace
            }
        };
        let child = command
            .arg("serve")
            .current_dir(&self.world.services.config.data)
            .env_remove("DATABASE_URL")
            .envs(&self.world.env)
            .env("LEPTOS_SITE_ADDR", self.address.to_string())
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        while !self.is_well().await {
            assert!(since.elapsed() < Duration::from_secs(60), "the program does not start");
            tokio::task::yield_now().await;
        }
        since.elapsed()
    }

    async fn is_well(&self) -> bool {
        let asked = async {
            let mut stream = TcpStream::connect(self.address).await.ok()?;
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.ok()?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.ok()?;
            answer.starts_with("HTTP/1.1 200").then_some(())
        };
        asked.await.is_some()
    }

    /// SIGKILL: nothing is finished, nothing is said goodbye to.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// SIGSTOP: it is there, and does nothing any more.
    pub fn freeze(&self) {
        signal("STOP", &self.child.as_ref().unwrap().id().to_string());
    }

    /// SIGTERM, so that strace writes its last lines, too.
    pub fn end(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let traced = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", child.id())).unwrap_or_default();
        let program = if traced.trim().is_empty() { child.id().to_string() } else { traced.trim().to_string() };
        signal("TERM", &program);
        child.wait().unwrap();
    }

    /// What is left after the last kill, two minutes later by its clock.
    pub async fn look_inside(&self) -> Arc<Services> {
        let mut services = open_services(Config::read("", &self.world.env, "127.0.0.1:0").unwrap()).await.unwrap();
        let inside = Arc::get_mut(&mut services).unwrap();
        inside.clock = Clock::fixed(inside.clock.now() + 2 * MINUTE);
        services
    }
}

/// Who is gone already hears nothing.
pub fn signal(name: &str, process: &str) {
    let _ = Command::new("kill").args([&format!("-{name}"), process]).stderr(Stdio::null()).status().unwrap();
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A small JPEG, another one for each seed.
pub fn photograph(seed: u64) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(320, 240, |x, y| {
        let n = (u64::from(x) * 31 + u64::from(y) * 17).wrapping_mul(seed.wrapping_mul(2_654_435_761) | 1);
        image::Rgb([(n >> 3) as u8, (n >> 9) as u8, (x + y) as u8])
    });
    let mut bytes = vec![];
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    bytes
}
