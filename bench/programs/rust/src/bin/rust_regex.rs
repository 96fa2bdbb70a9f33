//! The regex crate: several expressions are looked for in a text, and parts of it are replaced.
use programs::{checksum, measure, text, Random};
use regex::Regex;

fn input() -> String {
    let mut random = Random(11);
    let mut input = String::new();
    for line in 0..3000 {
        input.push_str(&text(&mut random, 40 + line % 50));
        input.push_str(&format!(
            " {}.{}.{}.{} user{}@example.org 20{:02}-{:02}-{:02}\n",
            random.below(256), random.below(256), random.below(256), random.below(256), random.below(1000),
            random.below(30), 1 + random.below(12), 1 + random.below(28)
        ));
    }
    input
}

fn main() {
    let input = input();
    measure(|| {
        let mut count = 0;
        for expression in [
            r"\b(\d{1,3}\.){3}\d{1,3}\b", r"[\w.]+@[\w.]+\.\w+", r"(?i)MEMORY\s+grows",
            r"(module|machine|memory|more)\W+\w*s\b",
        ] {
            count += Regex::new(expression).expect("an expression").find_iter(&input).count() as u64;
        }
        let date = Regex::new(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)").expect("an expression");
        let replaced = date.replace_all(&input, "$day/$month/$year");
        count.wrapping_add(checksum(replaced.as_bytes()))
    });
}
