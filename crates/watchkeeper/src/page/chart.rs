//! A series as a row of blocks.

/// Blocks from nought to full.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// A bound that is open.
const OPEN: char = '·';

/// No value is drawn wider.
const WIDEST_STEP: usize = 6;

/// The series as steps of one width, one a value, in at most so many columns. `None` is a bound that is open there.
/// Heights are of `scale`. Of more values than columns some are passed over, never the last.
pub fn steps(series: &[Option<u64>], scale: u64, columns: usize) -> String {
    let shown = series.len().min(columns);
    let width = (columns / shown.max(1)).clamp(1, WIDEST_STEP);
    (1..=shown)
        .filter_map(|step| series.get(step * series.len() / shown - 1))
        .flat_map(|value| {
            let drawn = value.map_or(OPEN, |value| block(value, scale));
            std::iter::repeat_n(drawn, width)
        })
        .collect()
}

fn block(value: u64, scale: u64) -> char {
    let full = BLOCKS.len() - 1;
    let height = (u128::from(value) * full as u128).div_ceil(u128::from(scale.max(1)));
    BLOCKS.get(usize::try_from(height).unwrap_or(full)).copied().unwrap_or(BLOCKS[full])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_a_step() {
        assert_eq!(steps(&[Some(10), None, Some(40), Some(80)], 80, 8), "▁▁··▄▄██");
        assert_eq!(steps(&[Some(10), Some(80)], 80, 60), "▁▁▁▁▁▁██████");
    }

    #[test]
    fn odd_series_are_drawn_too() {
        assert_eq!(steps(&[], 10, 5), "");
        assert_eq!(steps(&[Some(0)], 0, 3), "   ");
        assert_eq!(steps(&[Some(u64::MAX), None], u64::MAX, 2), "█·");
        assert_eq!(steps(&[Some(1), Some(2), Some(3), Some(4)], 4, 2), "▄█");
        assert_eq!(steps(&[Some(1)], 1, 0), "");
    }
}
