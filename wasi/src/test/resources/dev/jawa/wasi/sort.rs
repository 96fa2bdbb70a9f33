//! Sorts the lines of its input into a file of a folder, by way of another folder; ends with their number.
use std::io::{self, BufRead, Write};
use std::{env, fs, process};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).expect("a folder");
    let mut lines: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    lines.sort();
    let work = format!("{folder}/work");
    fs::create_dir(&work)?;
    let mut file = fs::File::create(format!("{work}/lines"))?;
    for line in &lines {
        writeln!(file, "{line}")?;
    }
    drop(file);
    fs::rename(format!("{work}/lines"), format!("{folder}/result"))?;
    fs::remove_dir(&work)?;
    let names: Vec<_> = fs::read_dir(&folder)?.map(|entry| entry.map(|e| e.file_name())).collect::<Result<_, _>>()?;
    println!("{:?} {}", names, fs::metadata(format!("{folder}/result"))?.len());
    process::exit(lines.len() as i32)
}
