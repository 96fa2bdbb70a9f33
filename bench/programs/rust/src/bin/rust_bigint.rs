//! num-bigint: digits of pi, and a power modulo a number.
use num_bigint::BigUint;
use programs::{checksum, measure};

/// By Machin's formula: 16 arctan(1/5) - 4 arctan(1/239).
fn pi(digits: u32) -> BigUint {
    let one = BigUint::from(10u32).pow(digits + 10);
    let arctan = |divisor: u32| {
        let square = divisor * divisor;
        let mut power = &one / divisor;
        let (mut plus, mut minus) = (power.clone(), BigUint::from(0u32));
        for n in 1.. {
            power /= square;
            let term = &power / (2 * n + 1) as u32;
            if term == BigUint::from(0u32) {
                break;
            }
            *(if n % 2 == 1 { &mut minus } else { &mut plus }) += term;
        }
        plus - minus
    };
    (arctan(5) * 16u32 - arctan(239) * 4u32) / BigUint::from(10u32).pow(10)
}

fn main() {
    measure(|| {
        let pi = pi(2000);
        let modulus = BigUint::from(2u32).pow(1279) - 1u32;
        let power = BigUint::from(3u32).modpow(&(&modulus - 1u32), &modulus);
        checksum(pi.to_str_radix(10).as_bytes()) ^ checksum(&power.to_bytes_le())
    });
}
