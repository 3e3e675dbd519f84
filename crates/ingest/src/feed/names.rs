//! The namespaces of feeds.

/// Which vocabulary an element is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, Atom 0.3 and 1.0, CDF, or none: their names do not clash.
    #[default]
    Feed,
    /// Dublin Core, elements and terms.
    Dublin,
    /// `content:encoded` of RSS 1.0's modules.
    Content,
    /// Podcasts.
    Itunes,
    /// HTML inside of a feed.
    Xhtml,
    /// RDF, which holds RSS 0.90 and 1.0 together.
    Rdf,
    /// A vocabulary that says nothing of a report.
    Other,
}

impl Space {
    /// By the address of the namespace; feeds write it in every way.
    fn of(address: &str) -> Self {
        let address = address.trim().to_ascii_lowercase();
        let begins = |start: &str| address.starts_with(start);
        if address.is_empty()
            || address == "http://purl.org/rss/1.0/"
            || begins("http://purl.org/atom/")
            || begins("http://www.w3.org/2005/atom")
            || begins("http://backend.userland.com/rss")
        {
            Self::Feed
        } else if begins("http://purl.org/dc/") {
            Self::Dublin
        } else if begins("http://purl.org/rss/1.0/modules/content") {
            Self::Content
        } else if begins("http://www.itunes.com/") {
            Self::Itunes
        } else if begins("http://www.w3.org/1999/xhtml") || begins("http://www.w3.org/tr/xhtml") {
            Self::Xhtml
        } else if begins("http://www.w3.org/1999/02/22-rdf") {
            Self::Rdf
        } else {
            Self::Other
        }
    }

    /// By a prefix that was never declared.
    fn of_prefix(prefix: &str) -> Self {
        match prefix.to_ascii_lowercase().as_str() {
            "" | "rss" | "atom" | "a10" => Self::Feed,
            "dc" | "dcterms" => Self::Dublin,
            "content" => Self::Content,
            "itunes" => Self::Itunes,
            "xhtml" | "html" => Self::Xhtml,
            "rdf" => Self::Rdf,
            _ => Self::Other,
        }
    }
}

/// The namespaces that are declared where the reader stands.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    declared: Vec<(String, Space)>,
    /// How many were declared when each open element began.
    marks: Vec<usize>,
}

impl Spaces {
    /// An element begins, with these attributes by their full names.
    pub(super) fn enter(&mut self, attributes: &[(String, String)]) {
        self.marks.push(self.declared.len());
        for (name, address) in attributes {
            match name.strip_prefix("xmlns") {
                Some("") => {
                    // Whatever a feed calls its own vocabulary: old versions went by many addresses.
                    let is_root = self.marks.len() == 1;
                    let space = Some(Space::of(address)).filter(|&space| !(is_root && space == Space::Other));
                    self.declared.push((String::new(), space.unwrap_or_default()));
                }
                Some(rest) => {
                    if let Some(prefix) = rest.strip_prefix(':') {
                        self.declared.push((prefix.to_owned(), Space::of(address)));
                    }
                }
                None => {}
            }
        }
    }

    /// The innermost element ends.
    pub(super) fn leave(&mut self) {
        self.declared.truncate(self.marks.pop().unwrap_or(0));
    }

    /// The vocabulary and the local name of an element.
    pub(super) fn name<'a>(&self, full: &'a str) -> (Space, &'a str) {
        let (prefix, local) = full.split_once(':').unwrap_or(("", full));
        let declared = self.declared.iter().rev().find(|(known, _)| known == prefix);
        (declared.map_or_else(|| Space::of_prefix(prefix), |&(_, space)| space), local)
    }
}
