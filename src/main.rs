use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    photovault::boot::command(std::env::args().skip(1).collect()).await
}
