//! Which of the first two numbers of a date is the day, where a table writes `3/4/2021`: its other dates tell.

/// What stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order that some dates of one column have; none where they do not tell or contradict each other.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut orders =
            dates.filter_map(numbers).filter_map(|([first, second, _], _)| match (first > 12, second > 12) {
                (true, false) => Some(Self::DayFirst),
                (false, true) => Some(Self::MonthFirst),
                (true, true) | (false, false) => None,
            });
        let order = orders.next()?;
        orders.all(|other| other == order).then_some(order)
    }

    /// The date with its numbers in the order of ISO 8601; as it was where it is no such date.
    pub(super) fn rewrite(self, date: &str) -> String {
        let Some(([first, second, year], rest)) = numbers(date) else { return date.to_owned() };
        let (day, month) = match self {
            Self::DayFirst => (first, second),
            Self::MonthFirst => (second, first),
        };
        format!("{year:04}-{month:02}-{day:02}{rest}")
    }
}

/// The three numbers of a date between slashes or dashes, the year last, and what follows them.
fn numbers(date: &str) -> Option<([u16; 3], &str)> {
    let date = date.trim();
    let end = date.find(|c: char| !c.is_ascii_digit() && c != '/' && c != '-').unwrap_or(date.len());
    let (date, rest) = date.split_at(end);
    let mut parts = date.split(['/', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = first.len() <= 2 && second.len() <= 2 && year.len() == 4 && parts.next().is_none();
    Some(([first.parse().ok()?, second.parse().ok()?, year.parse().ok().filter(|_| fits)?], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_date_tells_all() {
        let american = ["3/4/2021", "", "02/13/2021 10:15", "2021-02-03"];
        assert_eq!(Order::of(american.into_iter()), Some(Order::MonthFirst));
        assert_eq!(Order::of(["3/4/2021", "25-3-2021"].into_iter()), Some(Order::DayFirst));
        assert_eq!(Order::of(["3/4/2021", "5/6/2021"].into_iter()), None);
        assert_eq!(Order::of(["13/4/2021", "5/16/2021"].into_iter()), None);
        assert_eq!(Order::MonthFirst.rewrite("3/4/2021 10:15"), "2021-03-04 10:15");
        assert_eq!(Order::DayFirst.rewrite("3/4/2021"), "2021-04-03");
        assert_eq!(Order::DayFirst.rewrite("2021-02-03"), "2021-02-03");
        assert_eq!(Order::DayFirst.rewrite("soon"), "soon");
    }
}
