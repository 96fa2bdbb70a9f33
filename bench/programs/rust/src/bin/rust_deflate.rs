//! miniz_oxide: a text is compressed at two levels and extracted again.
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec};
use programs::{checksum, measure, text, Random};

fn main() {
    let input = text(&mut Random(3), 400_000).into_bytes();
    measure(|| {
        let mut result = 0;
        for level in [1, 6] {
            let compressed = compress_to_vec(&input, level);
            result ^= checksum(&compressed) ^ checksum(&decompress_to_vec(&compressed).expect("deflated data"));
        }
        result
    });
}
