//! Takes connections. Ours instead of axum's, which waits forever for a header that comes one byte at a time.
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulConnection, GracefulShutdown},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::sleep,
};
use tower::ServiceExt;

/// For the whole header; also how long an idle connection is kept.
const HEADER: Duration = Duration::from_secs(20);
const LARGEST_HEADER: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;
/// Who comes on top of these waits in the system's queue.
const MOST_CONNECTIONS: usize = 4_096;

/// Serves until `stop` turns true; then nothing new is taken, and what runs is finished.
pub async fn listen(listener: TcpListener, app: Router, mut stop: watch::Receiver<bool>) {
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = async { (places.clone().acquire_owned().await, listener.accept().await) } => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (Ok(place), Ok((stream, peer))) = accepted else {
            // no file handle left, or the other end was gone already: a moment later it works
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let connection = running.watch(serve(stream, peer, app.clone()));
        tokio::spawn(async move {
            // how a connection ends is the other end's business
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    running.shutdown().await;
}

fn serve(stream: TcpStream, peer: SocketAddr, app: Router) -> impl GracefulConnection<Error = hyper::Error> + Send + 'static {
    let answer = move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    };
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(LARGEST_HEADER)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service_fn(answer))
}
