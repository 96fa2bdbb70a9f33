//! The standard library's collections: words are counted in a hash map, sorted, and kept in a tree.
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, VecDeque};

use programs::{checksum, measure, text, Random};

/// The length of the shortest ways from one corner of a grid with walls to all fields, in sum: a queue and a set.
fn ways(random: &mut Random, size: i32) -> u64 {
    let walls: HashSet<(i32, i32)> =
        (0..size * size / 4).map(|_| (random.below(size as usize) as i32, random.below(size as usize) as i32)).collect();
    let mut lengths = HashMap::from([((0, 0), 0u64)]);
    let mut queue = VecDeque::from([(0, 0)]);
    while let Some((x, y)) = queue.pop_front() {
        let length = lengths[&(x, y)];
        for next in [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)] {
            let inside = next.0 >= 0 && next.1 >= 0 && next.0 < size && next.1 < size;
            if inside && !walls.contains(&next) && !lengths.contains_key(&next) {
                lengths.insert(next, length + 1);
                queue.push_back(next);
            }
        }
    }
    lengths.values().sum()
}

fn main() {
    let mut random = Random(23);
    let input = text(&mut random, 300_000);
    measure(|| {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (index, word) in input.split_whitespace().enumerate() {
            *counts.entry(format!("{}{}", word, index % 97)).or_default() += 1;
        }
        let mut tree = BTreeMap::new();
        for (word, count) in &counts {
            tree.entry(*count).or_insert_with(Vec::new).push(word.as_str());
        }
        let mut heap = BinaryHeap::new();
        for (count, words) in &mut tree {
            words.sort_unstable();
            heap.extend(words.iter().map(|word| (*count, *word)));
        }
        let mut order = String::new();
        while let Some((count, word)) = heap.pop() {
            order.push_str(&format!("{} {}\n", count, word));
        }
        checksum(order.as_bytes()).wrapping_add(ways(&mut random, 200))
    });
}
