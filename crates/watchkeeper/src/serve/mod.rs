//! The service: dashboard, interface for programs, live news; one process beside the store.

pub mod access;
mod columns;
mod dashboard;
mod events;
mod fetch;
mod http;
mod measure;
mod news;
mod reads;
mod routes;
mod snapshot;
mod state;
mod waiting;
mod writes;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::sync::watch;
use watchkeeper_store::Store;

use crate::args::Format;
use access::Hosts;
use http::problem::Problem;
use snapshot::Moments;
use state::App;

/// How the service runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store.
    pub store: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// By which names the server is called.
    pub hosts: Vec<String>,
    /// How to write the log.
    pub log: Format,
}

/// How many threads ask the store and make answers.
const BLOCKING_THREADS: usize = 12;
/// What a thread that reads reports needs.
const STACK_BYTES: usize = 8 << 20;
/// How often the service looks whether another process wrote.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Serves until the process is told to end.
///
/// # Errors
/// Where the store cannot be opened, the address cannot be listened at, or tokens are needed and there are none.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    start_log(settings.log);
    let is_loopback = settings.listen.ip().is_loopback();
    if !is_loopback {
        let tokens = Store::open(&settings.store)?.tokens()?;
        anyhow::ensure!(
            tokens.iter().any(|token| token.revoked_at.is_none()),
            "{} is reached from other machines, and there is no token: run `watchkeeper token add NAME --role reader` first",
            settings.listen
        );
    }
    let hosts = Hosts::new(settings.listen, &settings.hosts);
    let app = Arc::new(App::new(&settings.store, routes::all(), hosts, is_loopback)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Deep trees of grammar are walked recursively.
        .thread_stack_size(STACK_BYTES)
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .context("cannot start the service")?;
    let served = runtime.block_on(serve(settings, app));
    // A call that still blocks must not hold up the end.
    runtime.shutdown_timeout(Duration::from_secs(5));
    served
}

fn start_log(format: Format) {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::INFO);
    // Only a second start in one process fails, which has its log already.
    drop(match format {
        Format::Text => log.with_ansi(false).try_init(),
        Format::Json => log.json().try_init(),
    });
}

async fn serve(settings: &Settings, app: Arc<App>) -> anyhow::Result<()> {
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("{}: cannot listen there; choose another with --listen", settings.listen))?;
    let address = listener.local_addr().context("the address is not known")?;
    tracing::info!(%address, "serving");
    eprintln!("serving at http://{address}/");
    let (end, ends) = watch::channel(false);
    let watching = tokio::spawn(look_around(Arc::clone(&app), ends.clone()));
    tokio::spawn(async move {
        told_to_end().await;
        tracing::info!("ending");
        // Nobody listens where all have ended already.
        let _ = end.send(true);
    });
    http::connection::serve(listener, router(&app), app, ends).await;
    watching.abort();
    Ok(())
}

/// Folds the record once, then looks again and again whether another process wrote.
async fn look_around(app: Arc<App>, mut ends: watch::Receiver<bool>) {
    loop {
        let looking = Arc::clone(&app);
        let looked = tokio::task::spawn_blocking(move || {
            looking.look_around()?;
            looking.snapshot(Moments::default()).map(drop)
        });
        if let Ok(Err(error)) = looked.await {
            tracing::error!(%error, "the store cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = ends.changed() => return,
        }
    }
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    drop(tokio::signal::ctrl_c().await);
}

fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for path in app.paths().into_keys() {
        let routes: Arc<[usize]> = (0..app.routes.len()).filter(|&at| app.routes[at].path == path).collect();
        let app = Arc::clone(app);
        let answer = move |request: Request| {
            let (app, routes) = (Arc::clone(&app), Arc::clone(&routes));
            http::answer::answer(app, routes, request)
        };
        router = router.route(path, any(answer));
    }
    let app = Arc::clone(app);
    router.fallback(move |request: Request| {
        let app = Arc::clone(&app);
        async move { elsewhere(&app, &request) }
    })
}

/// Answers what is no route: the dashboard's files, its views, or nothing.
fn elsewhere(app: &App, request: &Request) -> axum::response::Response {
    let path = request.uri().path();
    let answered = app.hosts.check(request.headers(), request.uri()).and_then(|()| {
        if path.starts_with("/api/") || path == "/api" {
            return Err(Problem::new(StatusCode::NOT_FOUND, "no such address; /api/docs lists all"));
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address allows GET"));
        }
        dashboard::file(path, request.headers())
    });
    answered.unwrap_or_else(|problem| http::answer::refused(problem.into()))
}
