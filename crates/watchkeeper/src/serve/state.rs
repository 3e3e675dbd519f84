//! What the calls share: the store's connections, the records that were folded lately, kept answers, news of changes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::broadcast;
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_store::{Store, StoreError, Token};

use super::access::Hosts;
use super::http::answer::Kept;
use super::http::problem::Problem;
use super::http::route::Route;
use super::measure::Measures;
use super::news::News;
use super::snapshot::{Mark, Moments, Snapshot};
use crate::knowledge;

/// How many connections that only read are kept open.
const READERS_KEPT: usize = 8;
/// How many records of past moments are kept.
const SNAPSHOTS_KEPT: usize = 6;
/// How many news wait for a listener that is slow.
const NEWS_WAITING: usize = 64;

/// What the calls share.
pub struct App {
    /// All routes.
    pub routes: Vec<Route>,
    /// By which names the server is called.
    pub hosts: Hosts,
    /// Whether only this machine reaches the server.
    pub is_loopback: bool,
    /// What is counted for the monitor.
    pub measures: Measures,
    /// Answers that are kept until the record changes.
    pub kept: Kept,
    /// News of changes, for whoever listens.
    pub news: broadcast::Sender<News>,
    /// Places by name.
    pub gazetteer: Arc<Gazetteer>,
    /// Lines that are furniture of pages.
    pub boilerplate: Boilerplate,
    address: String,
    readers: Mutex<Vec<Store>>,
    writer: Mutex<Store>,
    tokens_exist: AtomicBool,
    generation: AtomicI64,
    present: Mutex<Option<Arc<Snapshot>>>,
    past: Mutex<VecDeque<Arc<Snapshot>>>,
    is_ready: AtomicBool,
    told_of: Mutex<Option<Timestamp>>,
}

/// Waits for a lock, whatever happened to whoever held it: what is behind our locks is whole at any time.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// What the calls share, for a store.
    ///
    /// # Errors
    /// Where the store or the embedded knowledge cannot be opened.
    pub fn new(address: &str, routes: Vec<Route>, hosts: Hosts, is_loopback: bool) -> anyhow::Result<Self> {
        let mut writer = Store::open(address)?;
        let tokens_exist = !writer.tokens()?.is_empty();
        let generation = writer.generation()?;
        let told_of = writer.holdings()?.recorded_last;
        Ok(Self {
            routes,
            hosts,
            is_loopback,
            measures: Measures::default(),
            kept: Kept::default(),
            news: broadcast::channel(NEWS_WAITING).0,
            gazetteer: Arc::new(knowledge::places()?),
            boilerplate: knowledge::boilerplate()?,
            address: address.to_owned(),
            readers: Mutex::new(Vec::new()),
            writer: Mutex::new(writer),
            tokens_exist: AtomicBool::new(tokens_exist),
            generation: AtomicI64::new(generation),
            present: Mutex::new(None),
            past: Mutex::new(VecDeque::new()),
            is_ready: AtomicBool::new(false),
            told_of: Mutex::new(told_of),
        })
    }

    /// Asks the store.
    ///
    /// # Errors
    /// What the store says.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&mut Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let mut store = match idle {
            Some(store) => store,
            None => Store::open(&self.address)?,
        };
        let answer = question(&mut store);
        // A connection that failed may be broken; the next question opens a new one.
        if answer.is_ok() {
            let mut readers = lock(&self.readers);
            if readers.len() < READERS_KEPT {
                readers.push(store);
            }
        }
        answer
    }

    /// Writes to the store, one at a time, and tells whoever listens.
    ///
    /// # Errors
    /// What the store says.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let done = work(&mut writer)?;
        let generation = writer.generation().map_err(E::from)?;
        drop(writer);
        self.notice(generation);
        Ok(done)
    }

    /// Looks whether another process wrote, and whether there are tokens by now.
    ///
    /// # Errors
    /// What the store says.
    pub fn look_around(&self) -> Result<(), StoreError> {
        let (generation, tokens_exist) =
            self.ask(|store| Ok((store.generation()?, !store.tokens()?.is_empty())))?;
        self.tokens_exist.store(tokens_exist, Ordering::Relaxed);
        self.notice(generation);
        Ok(())
    }

    fn notice(&self, generation: i64) {
        if self.generation.swap(generation, Ordering::SeqCst) == generation {
            return;
        }
        let mut told_of = lock(&self.told_of);
        match self.ask(|store| News::since(store, *told_of)) {
            Ok((news, last)) => {
                *told_of = last;
                // Nobody may be listening.
                drop(self.news.send(news));
            }
            Err(error) => tracing::error!(%error, "the store could not say what is new"),
        }
    }

    /// A number that changes with the record.
    pub fn generation(&self) -> i64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// What tells the present record from the one before it.
    ///
    /// # Errors
    /// What the store says.
    pub fn mark(&self) -> Result<Mark, StoreError> {
        Ok(self.snapshot(Moments::default())?.mark())
    }

    /// Whether callers must show a token.
    pub fn needs_tokens(&self) -> bool {
        !self.is_loopback || self.tokens_exist.load(Ordering::Relaxed)
    }

    /// The token with this hash.
    ///
    /// # Errors
    /// What the store says.
    pub fn token(&self, hash: &str) -> Result<Option<Token>, Problem> {
        Ok(self.ask(|store| store.token(hash))?)
    }

    /// The record of some moments, from among those that were folded lately, or folded now.
    ///
    /// # Errors
    /// What the store says.
    pub fn snapshot(&self, moments: Moments) -> Result<Arc<Snapshot>, StoreError> {
        let generation = self.generation();
        if moments == Moments::default() {
            // One folds, the others wait for it.
            let mut present = lock(&self.present);
            if let Some(snapshot) = present.as_ref().filter(|one| one.holds(generation, Timestamp::now())) {
                return Ok(Arc::clone(snapshot));
            }
            let fresh = Arc::new(self.ask(|store| Snapshot::fold(store, moments, generation))?);
            *present = Some(Arc::clone(&fresh));
            self.is_ready.store(true, Ordering::SeqCst);
            return Ok(fresh);
        }
        let mut past = lock(&self.past);
        past.retain(|one| one.holds(generation, Timestamp::now()));
        if let Some(at) = past.iter().position(|one| one.moments == moments)
            && let Some(found) = past.remove(at)
        {
            past.push_back(Arc::clone(&found));
            return Ok(found);
        }
        let fresh = Arc::new(self.ask(|store| Snapshot::fold(store, moments, generation))?);
        if past.len() >= SNAPSHOTS_KEPT {
            past.pop_front();
        }
        past.push_back(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// Whether the record was folded at least once.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::SeqCst)
    }

    /// The methods of every path.
    pub fn paths(&self) -> BTreeMap<&'static str, Vec<&axum::http::Method>> {
        super::http::route::methods(&self.routes)
    }
}
