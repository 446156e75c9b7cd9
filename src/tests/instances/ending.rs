//! How a program ends, and who is not waited for.
use crate::support::{
    browser::{Browser, read, served},
    program::photograph,
    shop::{Shop, count},
    worlds,
};
use std::time::{Duration, Instant};
use tokio::{io::AsyncWriteExt, net::TcpStream};

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_is_finished_streams_are_closed_and_nothing_new_is_taken() {
    for world in worlds().await {
        let shop = Shop::open(&world, 0).await;
        let server = served(world.services.clone()).await;
        let address = server.address;
        let browser = Browser::of(&shop.photographer, address).await;
        let mut line = browser.listen(&format!("gallery:{}", shop.gallery)).await;
        let (head, body) = browser.upload_request(shop.gallery, &photograph(1));
        let mut upload = TcpStream::connect(address).await.unwrap();
        upload.write_all(head.as_bytes()).await.unwrap();
        upload.write_all(&body[..body.len() / 2]).await.unwrap();
        // the upload is in hand when its first half lies in the folder
        while std::fs::read_dir(world.services.config.data.join("media/incoming")).unwrap().count() == 0 {
            tokio::task::yield_now().await;
        }
        let since = Instant::now();
        let stopping = tokio::spawn(server.stop());
        assert!(line.ends().await, "{}", world.engine);
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        upload.write_all(&body[body.len() / 2..]).await.unwrap();
        assert_eq!(read(upload).await.unwrap().status, 200, "{}", world.engine);
        stopping.await.unwrap();
        assert!(since.elapsed() < Duration::from_secs(29), "{:?}", since.elapsed());
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM photos").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_who_send_a_byte_at_a_time_hold_up_nobody() {
    let world = worlds().await.remove(0);
    let server = served(world.services.clone()).await;
    let mut slow = vec![];
    for _ in 0..200 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(b"POST /_fn/sign_in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n\r\ne").await.unwrap();
        slow.push(stream);
    }
    let mut half_a_header = TcpStream::connect(server.address).await.unwrap();
    half_a_header.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
    for _ in 0..20 {
        for stream in &mut slow {
            stream.write_all(b"m").await.unwrap();
        }
        let since = Instant::now();
        assert_eq!(Browser::guest(server.address).visit("/about").await.status, 200);
        assert!(since.elapsed() < Duration::from_secs(3), "{:?}", since.elapsed());
    }
    drop(slow);
    drop(half_a_header);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_without_end_is_refused() {
    let world = worlds().await.remove(0);
    let server = served(world.services.clone()).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ").await.unwrap();
    // the server may hang up in the middle of it
    let _ = stream.write_all(&vec![b'a'; 200_000]).await;
    let status = read(stream).await.map_or(431, |page| page.status);
    assert_eq!(status, 431);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let many: String = (0..200).map(|n| format!("X-{n}: a\r\n")).collect();
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n").as_bytes()).await.unwrap();
    assert_eq!(read(stream).await.unwrap().status, 431);
    server.stop().await;
}
