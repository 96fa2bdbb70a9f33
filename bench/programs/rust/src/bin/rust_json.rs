//! serde_json: a document is parsed, walked through, changed and written.
use programs::{checksum, measure, text, Random};
use serde_json::{json, Value};

fn document(records: usize) -> String {
    let mut random = Random(7);
    let records: Vec<Value> = (0..records)
        .map(|id| {
            json!({
                "id": id,
                "name": text(&mut random, 20),
                "scores": (0..10).map(|_| f64::from(random.next()) / 1000.0).collect::<Vec<_>>(),
                "nested": {"active": random.below(2) == 0, "parent": null, "tags": ["a", "\u{e9}\n", text(&mut random, 8)]},
            })
        })
        .collect();
    Value::from(records).to_string()
}

fn sum(value: &Value) -> f64 {
    match value {
        Value::Number(number) => number.as_f64().unwrap_or(0.0),
        Value::Array(values) => values.iter().map(sum).sum(),
        Value::Object(fields) => fields.iter().map(|(name, field)| name.len() as f64 + sum(field)).sum(),
        Value::String(text) => text.len() as f64,
        _ => 1.0,
    }
}

fn main() {
    let document = document(3000);
    measure(|| {
        let mut value: Value = serde_json::from_str(&document).expect("valid");
        let total = sum(&value);
        for record in value.as_array_mut().expect("an array") {
            record["total"] = Value::from(total);
        }
        checksum(value.to_string().as_bytes())
    });
}
