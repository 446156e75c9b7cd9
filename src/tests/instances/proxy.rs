//! A line to the database that can be held or cut.
use std::net::SocketAddr;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Fine,
    /// Connected, but nothing comes through.
    Hangs,
    /// Every connection is cut, and no new one is taken.
    Cut,
}

pub struct Proxy {
    pub address: SocketAddr,
    mood: watch::Sender<Mood>,
}

impl Proxy {
    pub async fn before(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (mood, feels) = watch::channel(Mood::Fine);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if *feels.borrow() == Mood::Cut {
                    continue;
                }
                let (target, feels) = (target.clone(), feels.clone());
                tokio::spawn(async move {
                    let far = TcpStream::connect(target).await.unwrap();
                    let ((near_read, near_write), (far_read, far_write)) = (near.into_split(), far.into_split());
                    let mut cut = feels.clone();
                    tokio::select! {
                        () = pass(near_read, far_write, feels.clone()) => {}
                        () = pass(far_read, near_write, feels) => {}
                        _ = cut.wait_for(|mood| *mood == Mood::Cut) => {}
                    }
                });
            }
        });
        Self { address, mood }
    }

    pub fn set(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut feels: watch::Receiver<Mood>) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if feels.wait_for(|mood| *mood != Mood::Hangs).await.is_err() || to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
