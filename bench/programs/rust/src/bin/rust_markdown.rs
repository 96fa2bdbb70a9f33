//! pulldown-cmark: a text in Markdown becomes HTML.
use programs::{checksum, measure, text, Random};
use pulldown_cmark::{html, Options, Parser};

fn input() -> String {
    let mut random = Random(5);
    let mut input = String::new();
    for section in 0..400 {
        input.push_str(&format!("## Section {}\n\n{} *emphasis* and `code`, **strong** [link](https://example.org/{}).\n\n",
            section, text(&mut random, 500), section));
        for _ in 0..5 {
            input.push_str(&format!("- {}\n  1. {}\n", text(&mut random, 60), text(&mut random, 40)));
        }
        input.push_str("\n| one | two |\n| --- | ---: |\n");
        for row in 0..6 {
            input.push_str(&format!("| {} | {} |\n", text(&mut random, 10).replace('\n', " "), row));
        }
        input.push_str(&format!("\n```rust\nfn f{}() {{}}\n```\n\n> {}\n\n", section, text(&mut random, 100)));
    }
    input
}

fn main() {
    let input = input();
    measure(|| {
        let mut output = String::with_capacity(input.len() * 3 / 2);
        html::push_html(&mut output, Parser::new_ext(&input, Options::all()));
        checksum(output.as_bytes())
    });
}
