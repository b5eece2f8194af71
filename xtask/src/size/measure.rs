//! Bytes of a file, as they lie on disk and as they travel.

use std::io::Write;
use std::ops::Add;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Bytes {
    pub(super) raw: usize,
    /// Level 9.
    pub(super) gzip: usize,
    /// Quality 11.
    pub(super) brotli: usize,
}

impl Bytes {
    pub(super) fn of(content: &[u8]) -> Result<Self> {
        Ok(Self { raw: content.len(), gzip: gzip(content)?, brotli: brotli(content)? })
    }
}

/// Files are compressed one by one, so their sizes add up.
impl Add for Bytes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(content: &[u8]) -> Result<usize> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn compression_is_measured() {
        let bytes = Bytes::of("the same words again. ".repeat(500).as_bytes()).unwrap();
        assert_eq!(bytes.raw, 11_000);
        assert!(bytes.gzip < 200, "{bytes:?}");
        assert!(bytes.brotli < bytes.gzip, "{bytes:?}");
    }

    #[test]
    fn nothing_weighs_next_to_nothing() {
        let bytes = Bytes::of(b"").unwrap();
        assert_eq!(bytes.raw, 0);
        assert!(bytes.gzip <= 20 && bytes.brotli <= 2, "{bytes:?}");
    }

    #[test]
    fn sizes_add_up() {
        let one = Bytes { raw: 1, gzip: 2, brotli: 3 };
        assert_eq!(one + Bytes { raw: 10, gzip: 20, brotli: 30 }, Bytes { raw: 11, gzip: 22, brotli: 33 });
    }
}
