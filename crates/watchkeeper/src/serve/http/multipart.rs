//! Forms with files (`multipart/form-data`, RFC 7578).

use axum::body::Bytes;
use axum::http::StatusCode;

use super::problem::Problem;

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, without folders.
    pub file: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

/// How many parts a form may have.
const MOST_PARTS: usize = 100;
/// The longest name of a file, in code points.
const LONGEST_NAME: usize = 200;

/// The parts of a form.
///
/// # Errors
/// 400 where the body is no form.
pub fn parts(body: &Bytes, boundary: &str) -> Result<Vec<Part>, Problem> {
    let broken = |why: &str| Problem::new(StatusCode::BAD_REQUEST, format!("the form: {why}"));
    if boundary.is_empty() || boundary.len() > 70 {
        return Err(broken("it has no boundary"));
    }
    let delimiter = format!("\r\n--{boundary}");
    let opening = &delimiter.as_bytes()[2..];
    if !body.starts_with(opening) {
        return Err(broken("it does not begin with its boundary"));
    }
    let mut at = opening.len();
    let mut parts = Vec::new();
    loop {
        let rest = &body[at..];
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let rest = rest.strip_prefix(b"\r\n").ok_or_else(|| broken("a part has no head"))?;
        let head_end = find(rest, b"\r\n\r\n").ok_or_else(|| broken("a part has no body"))?;
        let content = &rest[head_end + 4..];
        // An empty part ends with the line break of its head.
        let length = find(&rest[head_end + 2..], delimiter.as_bytes())
            .ok_or_else(|| broken("it ends before its end"))?
            .saturating_sub(2);
        if parts.len() >= MOST_PARTS {
            return Err(broken("it has too many parts"));
        }
        let head = String::from_utf8_lossy(&rest[..head_end]);
        let (name, file) = names(&head).ok_or_else(|| broken("a part has no name"))?;
        let start = body.len() - content.len();
        parts.push(Part { name, file, content: body.slice(start..start + length) });
        let next = find(&rest[head_end + 2..], delimiter.as_bytes()).unwrap_or(0);
        at = body.len() - rest.len() + head_end + 2 + next + delimiter.len();
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The name of a part, and that of its file.
fn names(head: &str) -> Option<(String, Option<String>)> {
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    let file = parameter(disposition, "filename").map(|file| {
        let last = file.rsplit(['/', '\\']).next().unwrap_or("");
        last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
    });
    Some((name, file))
}

fn parameter(disposition: &str, wanted: &str) -> Option<String> {
    let mut rest = disposition;
    loop {
        let (_, after) = rest.split_once(';')?;
        let (name, value) = after.split_once('=')?;
        let (value, left) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.find(';').map_or((value, ""), |end| value.split_at(end)),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.trim().to_owned());
        }
        rest = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: &[(&str, &str)]) -> Bytes {
        let mut body = String::new();
        for (head, content) in parts {
            body += &format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
        }
        (body + "--X--\r\n").into()
    }

    #[test]
    fn files_come_out_as_they_went_in() {
        let body = form(&[
            ("name=\"file\"; filename=\"../../etc/a.txt\"", "one\r\n--Y\r\ntwo"),
            ("name=file; filename=b.txt", ""),
            ("name=\"note\"", "three"),
        ]);
        let found = parts(&body, "X").expect("a form");
        let shown: Vec<_> = found
            .iter()
            .map(|part| {
                (part.name.as_str(), part.file.as_deref(), std::str::from_utf8(&part.content).expect("text"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("file", Some("a.txt"), "one\r\n--Y\r\ntwo"),
                ("file", Some("b.txt"), ""),
                ("note", None, "three")
            ]
        );
    }

    #[test]
    fn what_is_no_form_is_refused() {
        let whole = form(&[("name=\"file\"; filename=\"a\"", "one")]);
        for (body, boundary) in
            [(&b""[..], "X"), (b"--X", "X"), (b"--X\r\n\r\nx", "X"), (b"--X--", ""), (b"x", "X")]
        {
            assert!(parts(&Bytes::copy_from_slice(body), boundary).is_err(), "{body:?}");
        }
        for length in 0..whole.len() - 4 {
            assert!(parts(&whole.slice(..length), "X").is_err(), "{length}");
        }
    }
}
