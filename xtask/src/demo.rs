//! `cargo xtask demo` and `cargo xtask devshop`: the local shop, with and without the demo storefront.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::build::{self, Mode};
use crate::npm;
use crate::process::{step, works};
use crate::project::Project;

const DEFAULT_PORT: u16 = 8787;
/// The hosts of the local shop, on ports in a row.
const PORTS: u16 = 9;

const START_LIMIT: Duration = Duration::from_secs(60);
const END_LIMIT: Duration = Duration::from_secs(5);
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
const POLL: Duration = Duration::from_millis(50);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

#[derive(Default)]
pub(crate) struct Options {
    /// First of the ports; without it free ones are found.
    pub(crate) port: Option<u16>,
    /// Whether to open the page in the system's browser.
    pub(crate) open: bool,
}

/// Runs the local shop with the arguments it is given.
pub(crate) fn devshop(project: &Project, arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut shop = LocalShop::start(project, arguments)?;
    Ok(exit_code(shop.wait()?))
}

/// Builds the package and serves the demo storefront on the local shop until Ctrl-C.
pub(crate) fn demo(project: &Project, options: &Options) -> Result<ExitCode> {
    build::build(project, Mode::Release)?;
    let port = match options.port {
        Some(port) if !are_free(port) => bail!("port {port} or one of the eight after it is taken; choose another"),
        Some(port) => port,
        None => free_ports()?,
    };
    let mut arguments: Vec<OsString> = ["--www", "www", "--package", "pkg", "--port"].map(OsString::from).into();
    arguments.push(port.to_string().into());
    let mut shop = LocalShop::start(project, arguments)?;
    if shop.answers(port)? {
        let address = format!("http://127.0.0.1:{port}/");
        println!("\nThe demo storefront is at {address}\nCtrl-C ends it.");
        if options.open {
            open(&address);
        }
    }
    Ok(exit_code(shop.wait()?))
}

/// The local shop as a process of its own, which never outlives this one.
struct LocalShop(Child);

impl LocalShop {
    fn start(project: &Project, arguments: Vec<OsString>) -> Result<Self> {
        npm::ensure_modules(project, "devshop")?;
        // A terminal sends Ctrl-C to both processes: this one stays to see the shop end.
        ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))?;
        step("Starting the local shop");
        let mut command = npm::node();
        command.arg("devshop/main.js").args(arguments).current_dir(&project.root);
        Ok(Self(command.spawn().context("node could not be started")?))
    }

    /// Waits until the shop serves pages; false when it ended instead.
    fn answers(&mut self, port: u16) -> Result<bool> {
        let deadline = Instant::now() + START_LIMIT;
        while !serves_pages(port) {
            if self.0.try_wait()?.is_some() || INTERRUPTED.load(Ordering::SeqCst) {
                return Ok(false);
            }
            if Instant::now() > deadline {
                bail!("the local shop did not start within {} s", START_LIMIT.as_secs());
            }
            sleep(POLL);
        }
        // What the shop itself says comes first.
        sleep(POLL);
        Ok(true)
    }

    /// Waits for the shop's end. After an interruption it is asked to end, then made to.
    fn wait(&mut self) -> Result<ExitStatus> {
        let mut deadline = None;
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            if INTERRUPTED.load(Ordering::SeqCst) {
                match deadline {
                    None => {
                        self.ask_to_end();
                        deadline = Some(Instant::now() + END_LIMIT);
                    }
                    Some(deadline) if Instant::now() > deadline => self.0.kill()?,
                    Some(_) => {}
                }
            }
            sleep(POLL);
        }
    }

    /// The signal that ended this process's wait may have come to this process alone.
    fn ask_to_end(&self) {
        if cfg!(unix) {
            works(Command::new("kill").args(["-TERM", &self.0.id().to_string()]));
        }
    }
}

impl Drop for LocalShop {
    fn drop(&mut self) {
        // It has usually ended already; nothing is left to do when it cannot be ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An interrupted shop has done what it was asked to.
fn exit_code(status: ExitStatus) -> ExitCode {
    if status.success() || INTERRUPTED.load(Ordering::SeqCst) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The default ports, or the next ones in a row that are free.
fn free_ports() -> Result<u16> {
    let first = (DEFAULT_PORT..DEFAULT_PORT + 1000).step_by(10).find(|&first| are_free(first));
    let first = first.context("no four ports in a row are free; choose the first of them with --port")?;
    if first != DEFAULT_PORT {
        step(&format!("Port {DEFAULT_PORT} or one of the eight after it is taken; using {first}"));
    }
    Ok(first)
}

fn are_free(first: u16) -> bool {
    (first..=first.saturating_add(PORTS - 1)).all(is_free)
}

/// `localhost` may be either address family.
fn is_free(port: u16) -> bool {
    let taken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::AddrInUse;
    let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let six = TcpListener::bind((Ipv6Addr::LOCALHOST, port));
    four.is_ok() && !six.as_ref().err().is_some_and(taken)
}

/// The shop listens a moment before it is ready to answer.
fn serves_pages(port: u16) -> bool {
    get(port, "/shop-config.json").is_ok_and(|status_line| status_line.starts_with("HTTP/1.1 200 "))
}

fn get(port: u16, path: &str) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_LIMIT)?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut status_line = String::new();
    BufReader::new(stream).read_line(&mut status_line)?;
    Ok(status_line)
}

fn open(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    if !works(command.arg(address)) {
        println!("No browser could be opened: open the address above by hand.");
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::are_free;

    #[test]
    fn a_row_with_a_taken_port_is_not_free() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!are_free(port));
        assert!(!are_free(port - 1), "the ports after the first count too");
    }
}
