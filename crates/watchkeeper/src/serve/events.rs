//! `/api/events`: news of changes as server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use hyper::body::Frame;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};

use super::http::headers::protect;
use super::news::News;
use super::state::App;

/// How often a listener is told that the server is there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The stream of news from now on.
pub fn stream(app: &Arc<App>) -> Response {
    // Little waits here: a listener who does not read is held up by the connection, and cut by it.
    let (give, take) = mpsc::channel(4);
    tokio::spawn(feed(app.news.subscribe(), give));
    let mut response = Response::new(Body::new(Events(take)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    protect(headers, false);
    response
}

async fn feed(mut news: broadcast::Receiver<News>, give: mpsc::Sender<Bytes>) {
    let mut line = Bytes::from_static(b": listening\n\n");
    loop {
        if give.send(line).await.is_err() {
            return;
        }
        line = match tokio::time::timeout(HEARTBEAT, news.recv()).await {
            Ok(Ok(news)) => event(&news),
            // Whoever missed some asks for everything again.
            Ok(Err(RecvError::Lagged(_))) => Bytes::from_static(b"event: lagged\ndata: {}\n\n"),
            Ok(Err(RecvError::Closed)) => return,
            Err(_) => Bytes::from_static(b": here\n\n"),
        };
    }
}

fn event(news: &News) -> Bytes {
    let data = serde_json::to_string(news).unwrap_or_else(|_| "{}".to_owned());
    Bytes::from(format!("event: change\ndata: {data}\n\n"))
}

/// A body that never ends by itself.
struct Events(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
