//! Connections: who may have one, how slow a client may be, and how all end in order.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::serve::state::App;

/// How many connections are open at a time; more wait.
const CONNECTIONS: usize = 1024;
/// How long a client may take to send the head of a call.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a client may leave what it is sent unread.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// The most that the head of a call may hold.
const LONGEST_HEAD: usize = 32 * 1024;
/// The most headers that a call may have.
const MOST_HEADERS: usize = 64;
/// How long calls may take to end when the server ends.
const LAST_CALLS: Duration = Duration::from_secs(20);

/// Serves until `ends` turns true, then lets the calls that are under way end.
///
/// # Errors
/// Never; a connection that cannot be accepted is logged.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>, mut ends: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Out of descriptors: those that are open end sooner or later.
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = ends.changed() => break,
        };
        let (router, app, ends) = (router.clone(), Arc::clone(&app), ends.clone());
        tokio::spawn(async move {
            app.measures.connections.fetch_add(1, Ordering::Relaxed);
            converse(stream, router, ends).await;
            app.measures.connections.fetch_sub(1, Ordering::Relaxed);
            drop(place);
        });
    }
    drop(listener);
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    if timeout(LAST_CALLS, places.acquire_many(all)).await.is_err() {
        tracing::warn!("some calls did not end in time");
    }
}

async fn converse(stream: TcpStream, router: Router, mut ends: watch::Receiver<bool>) {
    // Answers are written whole; waiting to fill a packet would only delay their ends.
    drop(stream.set_nodelay(true));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LONGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(Hurried::new(stream)), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return log(ended),
        _ = ends.changed() => connection.as_mut().graceful_shutdown(),
    }
    log(connection.await);
}

fn log(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// A stream whose other side must read what it is sent.
struct Hurried {
    stream: TcpStream,
    patience: Pin<Box<Sleep>>,
    is_waiting: bool,
}

impl Hurried {
    fn new(stream: TcpStream) -> Self {
        Self { stream, patience: Box::pin(sleep(WRITE_TIME)), is_waiting: false }
    }

    fn hurried<T>(&mut self, context: &mut Context<'_>, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.is_waiting = false;
            return done;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            self.patience.as_mut().reset(Instant::now() + WRITE_TIME);
        }
        self.patience.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Hurried {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Hurried {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.hurried(context, done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.hurried(context, done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_flush(context);
        self.hurried(context, done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
