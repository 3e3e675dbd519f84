//! What the calls share: the store's connections, the records that were folded lately, kept answers, news of changes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::{Semaphore, broadcast};
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_store::{Filter, KeptRecord, Store, StoreError, Token};

use super::access::Hosts;
use super::fetch::Fetcher;
use super::http::answer::Kept;
use super::http::problem::Problem;
use super::http::route::Route;
use super::measure::Measures;
use super::news::News;
use super::snapshot::{Mark, Moments, Snapshot};
use super::waiting::Waiting;
use crate::knowledge;
use crate::pipeline::Pipeline;

/// How many connections that only read are kept open.
const READERS_KEPT: usize = 8;
/// How many records of past moments are kept.
const SNAPSHOTS_KEPT: usize = 6;
/// How many calls read reports at a time.
const INTAKES: usize = 2;
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
    /// How many calls may read reports at a time.
    pub intakes: Semaphore,
    /// Fetches what addresses lead to.
    pub fetcher: Fetcher,
    address: String,
    pipeline: OnceLock<Option<Arc<Pipeline>>>,
    readers: Mutex<Vec<Store>>,
    writer: Mutex<Store>,
    tokens_exist: AtomicBool,
    generation: AtomicI64,
    present: Mutex<Option<Arc<Snapshot>>>,
    past: Mutex<VecDeque<Arc<Snapshot>>>,
    is_ready: AtomicBool,
    /// The present record with what is needed to bring it up to date; held by whoever does.
    kept_record: Mutex<Option<KeptRecord>>,
    /// The generation of which listeners were told, and when its last report was recorded.
    told_of: Mutex<(i64, Option<Timestamp>)>,
    waiting: Mutex<Waiting>,
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
        let mut writer = Store::open_to_serve(address)?;
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
            intakes: Semaphore::new(INTAKES),
            fetcher: Fetcher::default(),
            address: address.to_owned(),
            pipeline: OnceLock::new(),
            readers: Mutex::new(Vec::new()),
            writer: Mutex::new(writer),
            tokens_exist: AtomicBool::new(tokens_exist),
            generation: AtomicI64::new(generation),
            present: Mutex::new(None),
            past: Mutex::new(VecDeque::new()),
            is_ready: AtomicBool::new(false),
            kept_record: Mutex::new(None),
            told_of: Mutex::new((generation, told_of)),
            waiting: Mutex::new(Waiting::new()),
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
            None => Store::open_beside(&self.address)?,
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

    /// Looks whether another process wrote or left versions that are not linked, and whether there are tokens by now.
    ///
    /// # Errors
    /// What the store says.
    pub fn look_around(&self) -> Result<(), StoreError> {
        let (generation, tokens_exist, waiting) =
            self.ask(|store| Ok((store.generation()?, !store.tokens()?.is_empty(), store.waiting()?)))?;
        self.tokens_exist.store(tokens_exist, Ordering::Relaxed);
        self.notice(generation);
        let are_left = lock(&self.waiting).are_left(waiting, Instant::now());
        if are_left { self.write(Store::settle) } else { Ok(()) }
    }

    fn notice(&self, generation: i64) {
        self.generation.store(generation, Ordering::SeqCst);
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

    /// The record of some moments, from among those that were asked for lately, or made now.
    ///
    /// # Errors
    /// What the store says.
    pub fn snapshot(&self, moments: Moments) -> Result<Arc<Snapshot>, StoreError> {
        if moments == Moments::default() {
            return self.present();
        }
        let generation = self.generation();
        let mut past = lock(&self.past);
        past.retain(|one| one.holds(generation, Timestamp::now()));
        if let Some(at) = past.iter().position(|one| one.moments == moments)
            && let Some(found) = past.remove(at)
        {
            past.push_back(Arc::clone(&found));
            return Ok(found);
        }
        let fresh = Arc::new(self.made(moments, generation)?);
        if past.len() >= SNAPSHOTS_KEPT {
            past.pop_front();
        }
        past.push_back(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// The record of a past moment: the present one without what came later, where that is all that differs.
    fn made(&self, moments: Moments, generation: i64) -> Result<Snapshot, StoreError> {
        self.present()?;
        let began = Instant::now();
        let made_at = Timestamp::now();
        let as_of = moments.as_of.unwrap_or(made_at);
        let kept = lock(&self.kept_record).clone();
        let (record, until) = self.ask(|store| {
            let by_way = match kept {
                Some(kept) => store.by_way_of(kept, as_of, moments.recorded_by)?,
                None => None,
            };
            let record = match by_way {
                Some(record) => record,
                None => store.record(as_of, moments.recorded_by, &Filter::default())?,
            };
            Ok((record, Snapshot::holds_until(store, moments, made_at)?))
        })?;
        tracing::info!(%as_of, took_ms = began.elapsed().as_millis(), "made the record of another moment");
        Ok(Snapshot::new(record, moments, made_at, generation, until))
    }

    /// The present record, brought up to date where that is needed: by one caller, for whom the others wait.
    fn present(&self) -> Result<Arc<Snapshot>, StoreError> {
        let is_present = |one: &Arc<Snapshot>| one.holds(self.generation(), Timestamp::now());
        if let Some(one) = lock(&self.present).clone().filter(is_present) {
            return Ok(one);
        }
        let mut kept = lock(&self.kept_record);
        // Whoever held the lock before may have done it.
        if let Some(one) = lock(&self.present).clone().filter(is_present) {
            return Ok(one);
        }
        let began = Instant::now();
        // By the connection that links most, so that the others need not keep what linking looks at; and where nothing waits,
        // nobody waits for who writes.
        if self.ask(Store::waiting)? > 0 {
            self.write(Store::settle)?;
        }
        let made_at = Timestamp::now();
        let before = kept.take();
        let (now, until) = self.ask(|store| {
            let now = match before {
                Some(before) => store.refresh(before, made_at)?,
                None => store.keep(made_at)?,
            };
            Ok((now, Snapshot::holds_until(store, Moments::default(), made_at)?))
        })?;
        let (record, generation) = (now.record(), now.generation());
        let incidents = record.incidents.len();
        let fresh = Arc::new(Snapshot::new(record, Moments::default(), made_at, generation, until));
        *kept = Some(now);
        *lock(&self.present) = Some(Arc::clone(&fresh));
        tracing::info!(incidents, took_ms = began.elapsed().as_millis(), "brought the record up to date");
        self.generation.fetch_max(generation, Ordering::SeqCst);
        self.is_ready.store(true, Ordering::SeqCst);
        drop(kept);
        self.tell()?;
        Ok(fresh)
    }

    /// Tells whoever listens what is new in the present record.
    fn tell(&self) -> Result<(), StoreError> {
        let mut told_of = lock(&self.told_of);
        if told_of.0 == self.generation() {
            return Ok(());
        }
        let (news, last) = self.ask(|store| News::since(store, told_of.1))?;
        *told_of = (self.generation(), last);
        // Nobody may be listening.
        drop(self.news.send(news));
        Ok(())
    }

    /// Whether the record was folded at least once.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::SeqCst)
    }

    /// The reader, loaded when it is first needed.
    ///
    /// # Errors
    /// Where what is embedded cannot be loaded.
    pub fn pipeline(&self) -> Result<Arc<Pipeline>, Problem> {
        let pipeline = self.pipeline.get_or_init(|| {
            let loaded = knowledge::load(knowledge::Own::default()).and_then(Pipeline::new);
            loaded
                .map(Arc::new)
                .inspect_err(|error| tracing::error!(%error, "the reader cannot be loaded"))
                .ok()
        });
        pipeline.clone().ok_or_else(|| {
            Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "the reader cannot be loaded")
        })
    }

    /// The methods of every path.
    pub fn paths(&self) -> BTreeMap<&'static str, Vec<&axum::http::Method>> {
        super::http::route::methods(&self.routes)
    }
}
