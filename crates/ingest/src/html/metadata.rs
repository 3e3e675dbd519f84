//! What a page says of its article: title, times, outlet, language, address.

use watchkeeper_core::clean::title_without_outlet;
use watchkeeper_core::document::PublishedAt;

use super::dom::{Dom, NodeId, ROOT};
use super::json_ld::{self, Described};
use super::tags::Tag;
use super::tokens::Attribute;

/// What a page says of its article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) url: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<PublishedAt>,
    pub(super) updated: Option<PublishedAt>,
    pub(super) language: Option<String>,
    /// The text of the article as the page gives it to machines.
    pub(super) body: Option<String>,
}

/// Names of `meta` elements that give the time of publication, the surest first.
const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "sailthru.date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date.issued",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "originalpublicationdate",
    "article.published",
    "date",
    "analyticsattributes.articledate",
];
/// Names of `meta` elements that give the time of the last change.
const UPDATED: [&str; 8] = [
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "og:updated_time",
    "lastmod",
    "last-modified",
];

impl Metadata {
    /// Gathers what the page says, from the surest place first.
    pub(super) fn of(dom: &Dom) -> Self {
        let described = json_ld::describe(dom).unwrap_or_default();
        let metas = Metas::of(dom);
        let published = described.published.as_deref().and_then(PublishedAt::parse);
        let modified = described.modified.as_deref().and_then(PublishedAt::parse);
        let outlet = outlet(dom, &described, &metas);
        Self {
            url: metas
                .canonical
                .clone()
                .or_else(|| metas.one(&["og:url"]))
                .or_else(|| described.url.clone())
                .filter(|url| url.starts_with("http")),
            title: title(dom, &described, &metas, outlet.as_deref()),
            outlet,
            published: published.or_else(|| metas.time(&PUBLISHED)).or_else(|| visible_time(dom)),
            updated: modified.or_else(|| metas.time(&UPDATED)),
            language: metas
                .language
                .clone()
                .or(described.language.clone())
                .or_else(|| metas.one(&["og:locale"]).map(|l| l.replace('_', "-"))),
            body: described.body,
        }
    }
}

/// The outlet: as the page names its site, else its publisher, else what stands after the headline in the page's title.
fn outlet(dom: &Dom, described: &Described, metas: &Metas) -> Option<String> {
    let named = [
        metas.one(&["og:site_name"]),
        described.publisher.clone(),
        metas.one(&["application-name", "publisher", "dc.publisher"]),
    ];
    named.into_iter().flatten().map(|name| without_motto(&name)).find(|name| is_name(name)).or_else(|| {
        let whole = one_line(&dom.text_below(dom.first(Tag::Title)?));
        let (headline, name) = TITLE_MARKS
            .iter()
            .filter_map(|mark| whole.rsplit_once(mark))
            .min_by_key(|(_, name)| name.len())?;
        let is_headline =
            described.headline.as_deref().or(metas.one(&["og:title"]).as_deref()).is_some_and(|known| {
                let known = one_line(known);
                (headline.contains(&known) || known.starts_with(headline)) && !known.contains(name)
            });
        (is_headline && is_name(name)).then(|| name.to_owned())
    })
}

/// What stands between a headline and the name of its outlet.
const TITLE_MARKS: [&str; 4] = [" - ", " | ", " – ", " — "];

/// The name without what some sites put behind it ("Delta Courier | News from the delta").
fn without_motto(name: &str) -> String {
    one_line(name.split(" | ").next().unwrap_or(name))
}

/// Whether it is a name rather than an address or initials of a section.
fn is_name(name: &str) -> bool {
    const LONGEST_NAME_CHARS: usize = 60;
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 3 && !name.contains("://") && name.chars().count() <= LONGEST_NAME_CHARS
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(dom: &Dom, described: &Described, metas: &Metas, outlet: Option<&str>) -> Option<String> {
    let only_heading = || {
        let mut headings = dom.walk(ROOT).filter(|&node| dom.tag(node) == Tag::H1);
        let heading = headings.next()?;
        headings.next().is_none().then(|| dom.text_below(heading))
    };
    [described.headline.clone(), metas.one(&["og:title", "twitter:title", "dc.title", "title"])]
        .into_iter()
        .flatten()
        .chain(only_heading())
        .chain(dom.first(Tag::Title).map(|node| dom.text_below(node)))
        .map(|title| title_without_outlet(&one_line(&title), outlet).to_owned())
        .find(|title| !title.is_empty())
}

/// The `meta` and `link` elements of a page.
#[derive(Default)]
struct Metas {
    named: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
}

impl Metas {
    fn of(dom: &Dom) -> Self {
        let mut metas = Self::default();
        for node in dom.walk(ROOT) {
            match dom.tag(node) {
                Tag::Meta => metas.add(dom, node),
                Tag::Html => metas.language = dom.attribute(node, Attribute::Lang).map(str::to_owned),
                Tag::Link
                    if dom
                        .attribute(node, Attribute::Rel)
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    metas.canonical = dom.attribute(node, Attribute::Href).map(|href| href.trim().to_owned());
                }
                _ => {}
            }
        }
        metas.language = metas.language.filter(|language| !language.trim().is_empty());
        metas
    }

    fn add(&mut self, dom: &Dom, node: NodeId) {
        let Some(content) =
            dom.attribute(node, Attribute::Content).map(str::trim).filter(|text| !text.is_empty())
        else {
            return;
        };
        if dom
            .attribute(node, Attribute::HttpEquiv)
            .is_some_and(|name| name.eq_ignore_ascii_case("content-language"))
        {
            self.language.get_or_insert_with(|| content.to_owned());
        }
        for name in [Attribute::Property, Attribute::Name, Attribute::Itemprop] {
            if let Some(name) = dom.attribute(node, name) {
                self.named.push((name.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    /// The first of these names that the page has.
    fn one(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.named.iter().find(|(known, _)| known == name))
            .map(|(_, content)| content.clone())
    }

    /// The first of these names whose content is a time.
    fn time(&self, names: &[&str]) -> Option<PublishedAt> {
        names.iter().find_map(|name| {
            self.named
                .iter()
                .filter(|(known, _)| known == name)
                .find_map(|(_, content)| PublishedAt::parse(content))
        })
    }
}

/// A time of publication that readers see: a `time` element, or a line whose element is called a date.
fn visible_time(dom: &Dom) -> Option<PublishedAt> {
    let mut fallback = None;
    for node in dom.walk(ROOT) {
        let attribute = |wanted| dom.attribute(node, wanted).unwrap_or("");
        let is_published = attribute(Attribute::Itemprop).eq_ignore_ascii_case("datePublished");
        let is_time = dom.tag(node) == Tag::Time;
        let class = attribute(Attribute::Class).to_ascii_lowercase();
        let is_called_date =
            ["date", "publish", "timestamp", "posted", "dateline"].iter().any(|word| class.contains(word));
        if !(is_published || is_time || is_called_date) {
            continue;
        }
        let given = [Attribute::Datetime, Attribute::Content]
            .into_iter()
            .find_map(|name| PublishedAt::parse(attribute(name)));
        let shown = || {
            let text = dom.text_below(node);
            (text.len() < 100).then(|| PublishedAt::parse(&text)).flatten()
        };
        let time = given.or_else(shown);
        if is_published && time.is_some() {
            return time;
        }
        fallback = fallback.or(time);
    }
    fallback
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Metadata {
        Metadata::of(&Dom::parse(page))
    }

    #[test]
    fn the_head_tells_of_the_article() {
        let found = read(
            "<html lang=en-GB><head><title>Rain | Delta Courier</title><meta property=og:title content='Rain floods Lisbon'>\
             <meta property=og:site_name content='Delta Courier'><link rel=canonical href='https://courier.example/1'>\
             <meta name='article:published_time' content='2021-02-03T10:00:00+00:00'>\
             <meta property='article:modified_time' content='2021-02-04T10:00:00+00:00'></head><body><h1>Rain!</h1>",
        );
        assert_eq!(found.title.as_deref(), Some("Rain floods Lisbon"));
        assert_eq!(found.outlet.as_deref(), Some("Delta Courier"));
        assert_eq!(found.url.as_deref(), Some("https://courier.example/1"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert_eq!(found.published, PublishedAt::parse("2021-02-03T10:00:00Z"));
        assert_eq!(found.updated, PublishedAt::parse("2021-02-04T10:00:00Z"));
    }

    #[test]
    fn what_readers_see_serves_where_the_head_is_silent() {
        let found = read(
            "<title>Rain</title><h1>Rain floods Lisbon</h1><p class=post-date>Posted on 3 February 2021</p>",
        );
        assert_eq!(found.title.as_deref(), Some("Rain floods Lisbon"));
        assert_eq!(found.published, PublishedAt::parse("2021-02-03"));
        assert_eq!(
            read("<time datetime='2021-02-03'>Wednesday</time>").published,
            PublishedAt::parse("2021-02-03")
        );
    }

    #[test]
    fn the_outlet_stands_behind_the_headline_where_nothing_else_names_it() {
        let found = read(
            "<title>Rain floods Lisbon - Delta Courier</title><meta property=og:title content='Rain floods Lisbon'><meta property=og:site_name content='https://courier.example'>",
        );
        assert_eq!(found.outlet.as_deref(), Some("Delta Courier"));
        assert_eq!(read("<title>Rain - or snow</title><h1>Rain - or snow</h1>").outlet, None);
    }

    #[test]
    fn an_empty_page_says_nothing() {
        assert_eq!(read(""), Metadata::default());
    }
}
