//! Undoes compression, told by its first bytes, within bounds.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, errors::FrameDecoderError};

use crate::LONGEST_REPORT_BYTES;
use crate::rejection::Reason;

/// Real text shrinks to a tenth, seldom to a fiftieth.
const MOST_GROWTH: u64 = 100;
/// Enough bytes to tell every format by its beginning.
const MAGIC_BYTES: usize = 32;

/// Text of an error that [`reason_of`] turns back into [`Reason::Bomb`].
#[derive(Debug)]
struct Grows;

impl std::fmt::Display for Grows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Reason::Bomb.fmt(f)
    }
}

impl std::error::Error for Grows {}

/// A kind of compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zlib,
    Zstd,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // Two bytes that may begin a text as well ("x^2"); packed data is not printable.
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, rest @ ..] => {
                let unprintable = rest.iter().filter(|b| !(0x20..0x7f).contains(*b)).count();
                (unprintable * 4 > rest.len()).then_some(Self::Zlib)
            }
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zlib => "deflate",
            Self::Zstd => "zstd",
        }
    }
}

/// An input without its compression.
pub(crate) struct Unpacked<'a> {
    /// The data.
    pub(crate) data: Box<dyn BufRead + 'a>,
    packing: Option<Packing>,
}

impl<'a> Unpacked<'a> {
    /// Bytes that have no compression.
    pub(crate) fn plain(bytes: &'a [u8]) -> Self {
        Self { data: Box::new(bytes), packing: None }
    }

    /// What an error while reading means.
    pub(crate) fn reason_of(&self, error: &io::Error) -> Reason {
        if error.get_ref().is_some_and(|inner| inner.is::<Grows>()) {
            return Reason::Bomb;
        }
        match self.packing {
            Some(packing) => Reason::Damaged { format: packing.name(), message: error.to_string() },
            None => Reason::Io(error.to_string()),
        }
    }
}

/// Undoes the compression of `input`, if it has one.
pub(crate) fn unpack<'a>(mut input: impl Read + 'a) -> io::Result<Unpacked<'a>> {
    let mut head = Vec::with_capacity(MAGIC_BYTES);
    input.by_ref().take(MAGIC_BYTES as u64).read_to_end(&mut head)?;
    let packing = Packing::of(&head);
    let whole = Cursor::new(head).chain(input);
    let Some(packing) = packing else {
        return Ok(Unpacked { data: Box::new(BufReader::new(whole)), packing: None });
    };
    let taken = Rc::new(Cell::new(0));
    let packed = BufReader::new(Counted { inner: whole, taken: Rc::clone(&taken) });
    let plain: Box<dyn Read + 'a> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Zlib => Box::new(ZlibDecoder::new(packed)),
        Packing::Zstd => Box::new(ZstdFrames { source: packed, decoder: FrameDecoder::new(), open: false }),
    };
    let data = Box::new(BufReader::new(Bounded { inner: plain, taken, given: 0 }));
    Ok(Unpacked { data, packing: Some(packing) })
}

/// Counts the bytes that were taken from a reader.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// Fails where unpacked data outgrows the packed data by far.
struct Bounded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        if self.given > LONGEST_REPORT_BYTES as u64 + MOST_GROWTH * self.taken.get() {
            return Err(io::Error::other(Grows));
        }
        Ok(read)
    }
}

/// Reads all frames of a Zstandard stream; the decoder alone stops after the first.
struct ZstdFrames<R> {
    source: R,
    decoder: FrameDecoder,
    open: bool,
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.open && self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.open && !self.decoder.is_finished() {
                let decoded =
                    self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1));
                decoded.map_err(io::Error::other)?;
                continue;
            }
            if self.source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.next_frame()?;
        }
    }
}

impl<R: BufRead> ZstdFrames<R> {
    fn next_frame(&mut self) -> io::Result<()> {
        use ruzstd::decoding::errors::ReadFrameHeaderError::SkipFrame;
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(SkipFrame { length, .. })) => {
                self.open = false;
                io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).expect("memory");
        encoder.finish().expect("memory")
    }

    fn read(packed: &[u8]) -> Result<Vec<u8>, Reason> {
        let mut unpacked = unpack(packed).expect("memory");
        let mut plain = Vec::new();
        match unpacked.data.read_to_end(&mut plain) {
            Ok(_) => Ok(plain),
            Err(error) => Err(unpacked.reason_of(&error)),
        }
    }

    #[test]
    fn every_packing_is_undone() {
        let text = "Rain fell on the harbour.\n".repeat(50);
        let zlib = {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(text.as_bytes()).expect("memory");
            encoder.finish().expect("memory")
        };
        let zstd =
            ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
        for packed in [gzip(text.as_bytes()), zlib, zstd.clone(), text.clone().into_bytes()] {
            assert_eq!(read(&packed).as_deref(), Ok(text.as_bytes()));
        }
        let members = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(read(&members).as_deref(), Ok(&b"one two"[..]));
        assert_eq!(read(&[zstd.clone(), zstd].concat()).map(|plain| plain.len()), Ok(text.len() * 2));
    }

    #[test]
    fn a_bomb_ends_early() {
        let bomb = gzip(&vec![b' '; LONGEST_REPORT_BYTES + LONGEST_REPORT_BYTES / 3]);
        assert_eq!(read(&bomb), Err(Reason::Bomb));
    }

    #[test]
    fn damage_is_told() {
        let packed = gzip("Rain fell on the harbour, all day long.".as_bytes());
        assert!(matches!(read(&packed[..packed.len() - 9]), Err(Reason::Damaged { format: "gzip", .. })));
        assert!(matches!(
            read(&[0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff]),
            Err(Reason::Damaged { format: "zstd", .. })
        ));
    }

    #[test]
    fn a_text_that_begins_like_packed_data_stays_text() {
        assert_eq!(read(b"x^2 marks the place").as_deref(), Ok(&b"x^2 marks the place"[..]));
    }
}
