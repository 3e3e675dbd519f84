//! Authors, as feeds write them.

/// Who wrote something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Option<String>,
    /// The mail address.
    pub mail: Option<String>,
    /// A page of the author.
    pub url: Option<String>,
}

impl Person {
    /// Reads "Ada Brook", "ada@courier.example (Ada Brook)", "Ada Brook <ada@courier.example>" and the like.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_edge = |c: char| c.is_whitespace() || "()<>[],;:\"'".contains(c);
        let mail = text
            .split(|c: char| c.is_whitespace() || "()<>[],;:\"".contains(c))
            .find(|word| is_mail(word))
            .map(str::to_owned);
        let name = match &mail {
            None => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Some(mail) => {
                let rest = text.replacen(mail.as_str(), " ", 1).replace("mailto:", " ");
                rest.trim_matches(is_edge).split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        let name = Some(name).filter(|name| !name.is_empty());
        (name.is_some() || mail.is_some()).then_some(Self { name, mail, url: None })
    }

    /// The name, or else the mail address.
    pub fn shown(&self) -> Option<&str> {
        self.name.as_deref().or(self.mail.as_deref())
    }
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !host.contains('@') && host.trim_matches('.').contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_mail_addresses_are_told_apart() {
        for (text, name, mail) in [
            (" Ada\n Brook ", Some("Ada Brook"), None),
            ("ada@courier.example (Ada Brook)", Some("Ada Brook"), Some("ada@courier.example")),
            ("Ada Brook <ada@courier.example>", Some("Ada Brook"), Some("ada@courier.example")),
            ("Ada Brook, ada@courier.example", Some("Ada Brook"), Some("ada@courier.example")),
            ("mailto:ada@courier.example", None, Some("ada@courier.example")),
            ("@adabrook", Some("@adabrook"), None),
        ] {
            let person = Person::parse(text).expect("a person");
            assert_eq!((person.name.as_deref(), person.mail.as_deref()), (name, mail), "{text}");
        }
        assert_eq!(Person::parse(" "), None);
    }
}
