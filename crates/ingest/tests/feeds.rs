//! Feeds: every entry becomes a report.

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_ingest::{Defaults, Reason, Rejection, captures};

fn read(bytes: &[u8]) -> Vec<Result<Capture, Rejection>> {
    captures(bytes, &Defaults::default(), &Boilerplate::default()).collect()
}

fn all(feed: &str) -> Vec<Capture> {
    read(feed.as_bytes()).into_iter().map(|outcome| outcome.expect("a report")).collect()
}

fn refused(feed: &str) -> Reason {
    let mut outcomes = read(feed.as_bytes());
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0).expect_err("no report").reason
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Delta Courier</title><link>https://courier.example/</link><language>en-gb</language>
  <atom:link rel="self" href="https://courier.example/feed.xml"/>
  <image><title>Logo</title><url>/logo.png</url><link>https://courier.example/logo</link></image>
  <item>
    <title>Rain &amp;amp; wind close the harbour</title>
    <link>/news/rain?a=1&amp;b=2</link>
    <guid isPermaLink="false">c-1</guid>
    <pubDate>Wed, 03 Feb 2021 10:00:00 +0100</pubDate>
    <dc:creator>Ada Brook</dc:creator>
    <media:title>A wave</media:title>
    <description>Rain fell.</description>
    <content:encoded><![CDATA[<p>Rain fell on Lisbon all day long.</p><script>x()</script><p>Nobody was hurt &ndash; so far.</p>]]></content:encoded>
  </item>
  <item>
    <title>The river rises</title>
    <guid>https://courier.example/river</guid>
    <pubDate>soon</pubDate>
    <description>The river rose &lt;b&gt;again&lt;/b&gt;, the mayor said.</description>
    <source url="https://tagus.example/feed">Tagus News</source>
  </item>
  <item><title>Storm warning for the coast</title><link>https://courier.example/storm</link></item>
</channel></rss>"#;

#[test]
fn rss_gives_its_items() {
    let found = all(RSS);
    assert_eq!(found.len(), 3);
    let rain = &found[0];
    assert_eq!(rain.text, "Rain fell on Lisbon all day long.\n\nNobody was hurt – so far.");
    assert_eq!(rain.title.as_deref(), Some("Rain & wind close the harbour"));
    assert_eq!(rain.url.as_deref(), Some("https://courier.example/news/rain?a=1&b=2"));
    assert_eq!(rain.source.as_deref(), Some("Delta Courier"));
    assert_eq!(rain.published, PublishedAt::parse("2021-02-03T10:00:00+01:00"));
    assert_eq!(rain.language.as_deref(), Some("en-gb"));
    assert_eq!(rain.notes, []);
    let river = &found[1];
    assert_eq!(river.text, "The river rose again, the mayor said.");
    assert_eq!(river.url.as_deref(), Some("https://courier.example/river"));
    assert_eq!(river.source.as_deref(), Some("Tagus News"));
    assert_eq!(river.notes[0].message, "published is no date that can be read: soon");
    // A headline alone is a report too.
    assert_eq!(found[2].text, "");
    assert_eq!(found[2].title.as_deref(), Some("Storm warning for the coast"));
}

#[test]
fn rss_1_has_its_items_beside_the_channel() {
    let feed = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://tagus.example/"><title>Tagus News</title><link>https://tagus.example/</link>
          <dc:language>pt</dc:language><items><rdf:Seq><rdf:li rdf:resource="https://tagus.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://tagus.example/1"><title>Chuva</title><description>Choveu todo o dia.</description>
          <dc:date>2021-02-03</dc:date></item></rdf:RDF>"#;
    let found = all(feed);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].url.as_deref(), Some("https://tagus.example/1"));
    assert_eq!(found[0].source.as_deref(), Some("Tagus News"));
    assert_eq!(found[0].language.as_deref(), Some("pt"));
    assert_eq!(found[0].published, PublishedAt::parse("2021-02-03"));
}

#[test]
fn atom_keeps_bases_languages_and_markup() {
    let feed = r#"<?xml version="1.0"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://courier.example/a/" xml:lang="en">
        <title type="html">Delta &amp;lt; Courier</title>
        <entry xml:base="b/"><title>Is 1 &lt; 2?</title><id>urn:uuid:1</id>
          <link rel="edit" href="edit"/><link href="rain.html"/>
          <published>2021-02-03T10:00:00Z</published><updated>2021-02-04T10:00:00Z</updated>
          <summary>Short.</summary>
          <content type="xhtml" xml:lang="de"><div xmlns="http://www.w3.org/1999/xhtml"><p>Es regnete &amp; stürmte<br/>in Lissabon.</p></div></content>
        </entry>
        <entry><title>Second</title><id>urn:uuid:2</id><updated>2021-02-05T10:00:00Z</updated>
          <content type="video/mp4" src="film.mp4"/><summary type="html">&lt;p&gt;The wind turned.&lt;/p&gt;</summary></entry></feed>"#;
    let found = all(feed);
    assert_eq!(found[0].text, "Es regnete & stürmte\nin Lissabon.");
    assert_eq!(found[0].language.as_deref(), Some("de"));
    assert_eq!(found[0].title.as_deref(), Some("Is 1 < 2?"));
    assert_eq!(found[0].url.as_deref(), Some("https://courier.example/a/b/rain.html"));
    assert_eq!(found[0].source.as_deref(), Some("Delta < Courier"));
    assert_eq!(found[0].updated, PublishedAt::parse("2021-02-04T10:00:00Z"));
    assert_eq!(found[1].text, "The wind turned.");
    assert_eq!(found[1].url.as_deref(), Some("urn:uuid:2"));
    assert_eq!(found[1].published, PublishedAt::parse("2021-02-05T10:00:00Z"));
}

#[test]
fn json_feed_gives_its_items() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Delta Courier", "language": "en",
        "home_page_url": "https://courier.example/", "items": [
        {"id": 7, "url": "rain", "title": "Rain", "content_html": "<p>Rain fell.</p>", "date_published": "2021-02-03T10:00:00Z"},
        {"id": "8", "content_text": "Wind blew.", "language": "en-IE"}, {"id": "9"}]}"#;
    let found = read(feed.as_bytes());
    assert_eq!(found.len(), 3);
    let rain = found[0].as_ref().expect("a report");
    assert_eq!(
        (rain.text.as_str(), rain.url.as_deref()),
        ("Rain fell.", Some("https://courier.example/rain"))
    );
    assert_eq!(rain.source.as_deref(), Some("Delta Courier"));
    let wind = found[1].as_ref().expect("a report");
    assert_eq!((wind.text.as_str(), wind.language.as_deref()), ("Wind blew.", Some("en-IE")));
    let nothing = found[2].as_ref().expect_err("no text");
    assert_eq!(nothing.to_string(), "entry 3: the report has neither text nor html");
}

#[test]
fn malformed_feeds_are_read_with_a_note() {
    for (feed, wanted) in [
        (RSS.split_at(RSS.find("<source").expect("there")).0.to_owned(), 2),
        (RSS.replace("</channel>", ""), 3),
        (RSS.replace("</item>", ""), 3),
        (RSS.replace("</link>", "</lnk>"), 3),
        (RSS.replace("The river rose", "The river & the sea < rose"), 3),
        (format!("{RSS}<p>"), 3),
        (RSS.replace("Rain fell.", "Rain <br>fell <b>here."), 3),
    ] {
        let found = all(&feed);
        assert_eq!(found.len(), wanted, "{feed}");
        assert_eq!(found[0].notes[0].code, "feed_malformed", "{feed}");
        assert!(found[1].title.as_deref().is_some_and(|title| title == "The river rises"), "{feed}");
    }
    let warned = format!("Warning: the disk is nearly full\n{RSS}");
    assert_eq!(all(&warned).len(), 3);
}

#[test]
fn a_mark_that_is_no_markup_costs_nothing() {
    let found = all(&RSS.replace("Storm warning", "Wind < storm <3 & more:"));
    assert_eq!(found[2].title.as_deref(), Some("Wind < storm <3 & more: for the coast"));
    assert_eq!(found[2].url.as_deref(), Some("https://courier.example/storm"));
}

#[test]
fn an_entry_without_an_address_is_known_by_the_feed_and_its_id() {
    let found = all(&RSS.replace("<link>/news/rain?a=1&amp;b=2</link>", ""));
    assert_eq!(found[0].url.as_deref(), Some("https://courier.example/#c-1"));
    let found = all(&RSS.replace("/news/rain?a=1&amp;b=2", "javascript:alert(1)"));
    assert_eq!(found[0].url.as_deref(), Some("https://courier.example/#c-1"));
}

#[test]
fn charsets_are_undone() {
    let feed = "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>M\u{e1}laga</title></item></channel></rss>";
    let western: Vec<u8> = feed.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
    assert_eq!(read(&western)[0].as_ref().map(|capture| capture.title.as_deref()), Ok(Some("Málaga")));
}

#[test]
fn what_holds_no_entry_says_so() {
    assert_eq!(
        refused("<rss version='2.0'><channel><title>Delta Courier</title></channel></rss>"),
        Reason::NoEntries
    );
    assert!(matches!(refused("<rss version='2.0'><channel><title>Delta"), Reason::Feed(_)));
    assert_eq!(refused("<rdf:RDF xmlns:rdf='x'/>"), Reason::NoEntries);
}

#[test]
fn bombs_stay_small() {
    let entities: String =
        (1..12).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(9))).collect();
    let laughs = format!(
        "<!DOCTYPE rss [<!ENTITY e0 \"ha\">{entities}]><rss><channel><item><title>&e11;&e0;</title></item></channel></rss>"
    );
    assert_eq!(all(&laughs)[0].title.as_deref(), Some("&e11;ha"));
    let long = format!(
        "<!DOCTYPE rss [<!ENTITY a \"{}\">]><rss><channel><item><title>{}</title></item></channel></rss>",
        "b".repeat(250),
        "&a;".repeat(100_000)
    );
    assert!(all(&long)[0].title.as_deref().is_some_and(|title| title.len() < 2_000_000));
    for piece in
        ["<item>", "<title>", "<a b='c'>", "<div><p>", "&a;", "<![CDATA[", "<x:y xmlns:x='z'>", "]]>", "<!--"]
    {
        for begin in [
            "<rss version='2.0'><channel>",
            "<rss><item><description>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>",
        ] {
            assert!(!read(format!("{begin}{}", piece.repeat(30_000)).as_bytes()).is_empty());
        }
    }
}
