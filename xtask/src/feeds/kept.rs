//! What is kept of a feed, under the names that feedparser gives it.

use jiff::tz::Offset;
use watchkeeper_core::document::PublishedAt;
use watchkeeper_ingest::feed::{Entry, Feed, Link, Origin, Person, Text, Time, Times, page};

use super::expectation::Step;

/// What stands at a path.
pub enum Found<'a> {
    /// Nothing is kept under this name in any feed.
    NotKept,
    /// This feed has none.
    Absent,
    Words(&'a Text),
    Exact(String),
    Time(&'a Time),
}

/// Looks a path up.
pub fn look_up<'a>(feed: &'a Feed, path: &[Step]) -> Found<'a> {
    let [Step::Name(first), rest @ ..] = path else { return Found::NotKept };
    match (first.as_str(), rest) {
        ("feed", rest) => in_feed(feed, rest),
        ("entries", [Step::Index(index), rest @ ..]) => match feed.entries.get(*index) {
            Some(entry) => in_entry(entry, rest),
            None => in_entry(&Entry::default(), rest).gone(),
        },
        _ => Found::NotKept,
    }
}

impl Found<'_> {
    /// The same, where what holds it is not there.
    fn gone<'a>(&self) -> Found<'a> {
        match self {
            Self::NotKept => Found::NotKept,
            Self::Absent | Self::Words(_) | Self::Exact(_) | Self::Time(_) => Found::Absent,
        }
    }
}

fn in_feed<'a>(feed: &'a Feed, path: &[Step]) -> Found<'a> {
    let head = Head {
        title: feed.title.as_ref(),
        links: &feed.links,
        id: &feed.id,
        authors: &feed.authors,
        times: &feed.times,
    };
    match path {
        [Step::Name(name)] if name == "language" => exact(feed.language.clone()),
        path => head.look_up(path),
    }
}

fn in_entry<'a>(entry: &'a Entry, path: &[Step]) -> Found<'a> {
    let Entry { id, title, links, authors, times, .. } = entry;
    let head = Head { title: title.as_ref(), links, id, authors, times };
    // feedparser gives the content where there is no summary.
    let summary = entry.summary.as_ref().or(entry.content.as_ref());
    match path {
        [Step::Name(name)] if name == "language" => exact(entry.language.clone()),
        [Step::Name(name)] if name == "description" || name == "summary" => words(summary),
        [Step::Name(name), Step::Name(part)] if name == "summary_detail" || name == "description_detail" => {
            detail(summary, part)
        }
        [Step::Name(name), Step::Index(0), Step::Name(part)] if name == "content" => {
            detail(entry.content.as_ref(), part)
        }
        [Step::Name(name), ..] if name == "source" && path.len() > 1 => match &entry.origin {
            Some(origin) => in_origin(origin, &path[1..]),
            None => in_origin(&Origin::default(), &path[1..]).gone(),
        },
        _ => head.look_up(path),
    }
}

fn in_origin<'a>(origin: &'a Origin, path: &[Step]) -> Found<'a> {
    let Origin { title, links, id, authors, times } = origin;
    if let [Step::Name(name)] = path
        && name == "href"
    {
        return exact(page(links).map(str::to_owned));
    }
    Head { title: title.as_ref(), links, id, authors, times }.look_up(path)
}

/// What feeds and entries have in common.
struct Head<'a> {
    title: Option<&'a Text>,
    links: &'a [Link],
    id: &'a Option<String>,
    authors: &'a [Person],
    times: &'a Times,
}

impl<'a> Head<'a> {
    fn look_up(&self, path: &[Step]) -> Found<'a> {
        match path {
            [Step::Name(name)] => self.named(name),
            [Step::Name(name), Step::Name(part)] if name == "title_detail" => detail(self.title, part),
            [Step::Name(name), Step::Name(part)] if name == "author_detail" => {
                of_person(self.authors.last(), part)
            }
            [Step::Name(name), Step::Index(index), Step::Name(part)] if name == "authors" => {
                of_person(self.authors.get(*index), part)
            }
            [Step::Name(name), Step::Index(index), Step::Name(part)] if name == "links" => {
                let link = self.links.get(*index);
                match part.as_str() {
                    "href" | "url" => exact(link.map(|link| link.url.clone())),
                    "rel" => exact(link.map(|link| link.relation.clone())),
                    _ => Found::NotKept,
                }
            }
            _ => Found::NotKept,
        }
    }

    fn named(&self, name: &str) -> Found<'a> {
        let Times { published, updated, created } = self.times;
        let time = |time: &'a Option<Time>| time.as_ref().map_or(Found::Absent, Found::Time);
        match name.trim_end_matches("_parsed") {
            "title" => words(self.title),
            "link" => exact(page(self.links).map(str::to_owned)),
            "id" | "guid" => exact(self.id.clone()),
            "author" => exact(self.authors.last().and_then(shown)),
            "published" | "issued" => time(published),
            // feedparser gives the publication where a feed tells of no change.
            "updated" | "modified" | "date" => time(if updated.is_some() { updated } else { published }),
            "created" => time(created),
            _ => Found::NotKept,
        }
    }
}

fn exact<'a>(text: Option<String>) -> Found<'a> {
    text.map_or(Found::Absent, Found::Exact)
}

fn words(text: Option<&Text>) -> Found<'_> {
    text.map_or(Found::Absent, Found::Words)
}

fn detail<'a>(text: Option<&'a Text>, part: &str) -> Found<'a> {
    match part {
        "value" => words(text),
        "language" => exact(text.and_then(|text| text.language.clone())),
        "base" => exact(text.and_then(|text| text.base.clone())),
        _ => Found::NotKept,
    }
}

fn of_person<'a>(person: Option<&Person>, part: &str) -> Found<'a> {
    match part {
        "name" => exact(person.and_then(|person| person.name.clone())),
        "email" => exact(person.and_then(|person| person.mail.clone())),
        "url" | "href" => exact(person.and_then(|person| person.url.clone())),
        _ => Found::NotKept,
    }
}

fn shown(person: &Person) -> Option<String> {
    match (&person.name, &person.mail) {
        (Some(name), Some(mail)) => Some(format!("{name} ({mail})")),
        (name, mail) => name.clone().or_else(|| mail.clone()),
    }
}

/// The time in UTC, as the first six numbers that Python gives.
pub fn numbers(time: &Time) -> Option<[i64; 6]> {
    let at = match time.at? {
        PublishedAt::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
        PublishedAt::Instant(at, _) => Offset::UTC.to_datetime(at),
    };
    let small = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(i64::from);
    Some([i64::from(at.year()), small[0], small[1], small[2], small[3], small[4]])
}
