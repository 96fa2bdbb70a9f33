//! What the programs share.

mod marks {
    #[link(wasm_import_module = "bench")]
    extern "C" {
        pub fn start();
        pub fn end();
    }
}

/// Runs the part of a program that is measured, and prints what it gives.
pub fn measure(work: impl FnOnce() -> u64) {
    unsafe { marks::start() };
    let result = work();
    unsafe { marks::end() };
    println!("{}", result);
}

/// A linear congruential generator: the same numbers everywhere.
pub struct Random(pub u32);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1664525).wrapping_add(1013904223);
        self.0 >> 8
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }
}

/// A checksum of what cannot be printed as a whole.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(14695981039346656037, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(1099511628211))
}

const WORDS: [&str; 24] = [
    "the", "engine", "compiles", "a", "module", "to", "code", "of", "machine", "which", "runs", "lines", "and", "memory",
    "grows", "by", "pages", "when", "program", "asks", "for", "more", "than", "there",
];

/// Text in words, of about the given number of bytes.
pub fn text(random: &mut Random, length: usize) -> String {
    let mut text = String::with_capacity(length + 20);
    while text.len() < length {
        text.push_str(WORDS[random.below(WORDS.len())]);
        text.push_str(match random.below(12) {
            0 => ",\n",
            1 => ". ",
            _ => " ",
        });
    }
    text
}
