//! The expectation of a case: a small part of Python's expressions.

use std::iter::Peekable;
use std::str::Chars;

/// A condition.
#[derive(Debug, PartialEq)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// All are equal.
    Equal(Vec<Operand>),
    /// It is there, and not empty.
    Holds(Operand),
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Path(Vec<Step>),
    Text(String),
    Number(i64),
    Numbers(Vec<i64>),
    None,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Name(String),
    Index(usize),
}

/// Reads an expectation; none where it is beyond this part of Python.
pub fn parse(text: &str) -> Option<Condition> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: tokens.into_iter().peekable() };
    let condition = parser.any()?;
    parser.tokens.next().is_none().then_some(condition)
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(i64),
    Mark(char),
    Equal,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(&c) = rest.peek() {
        if c.is_whitespace() {
            rest.next();
        } else if c == '\'' || c == '"' {
            tokens.push(Token::Text(string(&mut rest)?));
        } else if c.is_ascii_digit() {
            tokens.push(Token::Number(run(&mut rest, |c| c.is_ascii_digit()).parse().ok()?));
        } else if c.is_alphabetic() || c == '_' {
            let word = run(&mut rest, |c| c.is_alphanumeric() || c == '_');
            // A prefix of a string says nothing today.
            if !(word == "u" && matches!(rest.peek(), Some('\'' | '"'))) {
                tokens.push(Token::Word(word));
            }
        } else if c == '=' {
            rest.next();
            tokens.push(Token::Equal);
            rest.next_if_eq(&'=')?;
        } else {
            rest.next();
            tokens.push(Token::Mark(c));
        }
    }
    Some(tokens)
}

fn run(rest: &mut Peekable<Chars<'_>>, fits: impl Fn(char) -> bool) -> String {
    let mut word = String::new();
    while let Some(c) = rest.next_if(|&c| fits(c)) {
        word.push(c);
    }
    word
}

/// A string in one or in three quotation marks.
fn string(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mark = rest.next()?;
    let mut width = 1;
    if rest.next_if_eq(&mark).is_some() {
        if rest.next_if_eq(&mark).is_none() {
            return Some(String::new());
        }
        width = 3;
    }
    let mut text = String::new();
    loop {
        match rest.next()? {
            '\\' => text.extend(escaped(rest)?),
            c if c == mark => {
                let mut ended = 1;
                while ended < width && rest.next_if_eq(&mark).is_some() {
                    ended += 1;
                }
                if ended == width {
                    return Some(text);
                }
                text.extend(std::iter::repeat_n(mark, ended));
            }
            c => text.push(c),
        }
    }
}

fn escaped(rest: &mut Peekable<Chars<'_>>) -> Option<Vec<char>> {
    match rest.next()? {
        'n' => Some(vec!['\n']),
        't' => Some(vec!['\t']),
        'r' => Some(vec!['\r']),
        'x' => code_of(rest, 2),
        'u' => code_of(rest, 4),
        'U' => code_of(rest, 8),
        c @ ('\\' | '\'' | '"') => Some(vec![c]),
        c => Some(vec!['\\', c]),
    }
}

fn code_of(rest: &mut Peekable<Chars<'_>>, digits: usize) -> Option<Vec<char>> {
    let hex: String = rest.by_ref().take(digits).collect();
    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).map(|c| vec![c])
}

struct Parser {
    tokens: Peekable<std::vec::IntoIter<Token>>,
}

impl Parser {
    fn takes(&mut self, token: &Token) -> bool {
        self.tokens.next_if(|next| next == token).is_some()
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|next| matches!(next, Token::Word(found) if found == word)).is_some()
    }

    fn any(&mut self) -> Option<Condition> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::Or(parts) })
    }

    fn all(&mut self) -> Option<Condition> {
        let mut parts = vec![self.one()?];
        while self.takes_word("and") {
            parts.push(self.one()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::And(parts) })
    }

    fn one(&mut self) -> Option<Condition> {
        if self.takes_word("not") {
            return Some(Condition::Not(Box::new(self.one()?)));
        }
        let mut ahead = self.tokens.clone();
        if ahead.next() == Some(Token::Mark('(')) && !matches!(ahead.next(), Some(Token::Number(_))) {
            self.tokens.next();
            let inner = self.any()?;
            return self.takes(&Token::Mark(')')).then_some(inner);
        }
        let mut sides = vec![self.operand()?];
        while self.takes(&Token::Equal) {
            sides.push(self.operand()?);
        }
        Some(if sides.len() == 1 { Condition::Holds(sides.remove(0)) } else { Condition::Equal(sides) })
    }

    fn operand(&mut self) -> Option<Operand> {
        match self.tokens.next()? {
            Token::Text(mut text) => {
                while self.takes(&Token::Mark('+')) {
                    let Token::Text(more) = self.tokens.next()? else { return None };
                    text.push_str(&more);
                }
                Some(Operand::Text(text))
            }
            Token::Number(number) => Some(Operand::Number(number)),
            Token::Mark('(') => self.numbers(),
            Token::Word(word) if word == "None" => Some(Operand::None),
            Token::Word(word) => self.path(word),
            Token::Mark(_) | Token::Equal => None,
        }
    }

    fn numbers(&mut self) -> Option<Operand> {
        let mut numbers = Vec::new();
        loop {
            match self.tokens.next()? {
                Token::Number(number) => numbers.push(number),
                Token::Mark(',') => {}
                Token::Mark(')') => return Some(Operand::Numbers(numbers)),
                Token::Word(_) | Token::Text(_) | Token::Mark(_) | Token::Equal => return None,
            }
        }
    }

    /// `entries[0]['title']`, `feed.link`, `feed.has_key('link')`.
    fn path(&mut self, first: String) -> Option<Operand> {
        let mut steps = vec![Step::Name(first)];
        loop {
            if self.takes(&Token::Mark('[')) {
                steps.push(match self.tokens.next()? {
                    Token::Text(name) => Step::Name(name),
                    Token::Number(index) => Step::Index(usize::try_from(index).ok()?),
                    Token::Word(_) | Token::Mark(_) | Token::Equal => return None,
                });
                if !self.takes(&Token::Mark(']')) {
                    return None;
                }
            } else if self.takes(&Token::Mark('.')) {
                let Token::Word(name) = self.tokens.next()? else { return None };
                if name != "has_key" {
                    steps.push(Step::Name(name));
                    continue;
                }
                if !self.takes(&Token::Mark('(')) {
                    return None;
                }
                let Token::Text(key) = self.tokens.next()? else { return None };
                steps.push(Step::Name(key));
                if !self.takes(&Token::Mark(')')) {
                    return None;
                }
            } else {
                return Some(Operand::Path(steps));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_are_read() {
        let name = |name: &str| Step::Name(name.to_owned());
        let bozo = || Condition::Not(Box::new(Condition::Holds(Operand::Path(vec![name("bozo")]))));
        let title = Operand::Path(vec![name("entries"), Step::Index(0), name("title")]);
        assert_eq!(
            parse(r#"not bozo and entries[0]['title'] == u'it\'s ' + '\u00e9'"#),
            Some(Condition::And(vec![
                bozo(),
                Condition::Equal(vec![title, Operand::Text("it's é".to_owned())])
            ]))
        );
        assert_eq!(
            parse("(feed.time == (2003, 12) or not feed.has_key('x'))"),
            Some(Condition::Or(vec![
                Condition::Equal(vec![
                    Operand::Path(vec![name("feed"), name("time")]),
                    Operand::Numbers(vec![2003, 12])
                ]),
                Condition::Not(Box::new(Condition::Holds(Operand::Path(vec![name("feed"), name("x")])))),
            ]))
        );
        assert_eq!(parse("len(feed) == 1"), None);
    }
}
