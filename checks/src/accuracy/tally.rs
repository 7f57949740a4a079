//! What was found on some inputs of a function.

use serde_json::{Value, json};

/// Counts and the worst input. Tallies of parts add up to that of the whole, in any order.
#[derive(Clone, PartialEq, Debug)]
pub struct Tally {
    /// Inputs.
    pub count: u64,
    /// The largest error, in units of the last place; infinite where a result is of another kind than it should be.
    pub units: f64,
    /// The bits of the input with that error, the lowest of several.
    pub worst: u64,
    /// Results that are not the number nearest to the value.
    pub misrounded: u64,
    /// The bits of the first input with such a result.
    pub first_misrounded: Option<u64>,
    /// Inputs that `std`'s function did not decide.
    pub filtered: u64,
    /// Inputs that sums of two doubles did not decide, either.
    pub ties: u64,
    /// Those of which nothing decided whether they are rounded well: the arbitrary-precision library was left out.
    pub undecided: u64,
    /// Results that go the wrong way from those of the next smaller argument, of a function that never falls or never rises.
    pub falls: u64,
    /// Results that are not those of the negative argument, of an even or odd function.
    pub asymmetric: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Tally {
            count: 0,
            units: 0.0,
            worst: u64::MAX,
            misrounded: 0,
            first_misrounded: None,
            filtered: 0,
            ties: 0,
            undecided: 0,
            falls: 0,
            asymmetric: 0,
        }
    }
}

impl Tally {
    /// Counts the error of one input.
    pub fn error(&mut self, units: f64, bits: u64) {
        self.count += 1;
        if units > self.units || units == self.units && bits < self.worst {
            (self.units, self.worst) = (units, bits);
        }
    }

    /// Counts a result that is not the nearest number.
    pub fn misrounds(&mut self, bits: u64) {
        self.misrounded += 1;
        self.first_misrounded = Some(self.first_misrounded.map_or(bits, |first| first.min(bits)));
    }

    /// This and another part.
    pub fn join(&mut self, other: &Tally) {
        let count = self.count + other.count;
        self.error(other.units, other.worst);
        self.count = count;
        self.misrounded += other.misrounded;
        self.first_misrounded = [self.first_misrounded, other.first_misrounded].into_iter().flatten().min();
        self.filtered += other.filtered;
        self.ties += other.ties;
        self.undecided += other.undecided;
        self.falls += other.falls;
        self.asymmetric += other.asymmetric;
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        let units = if self.units.is_finite() { json!(self.units) } else { json!("inf") };
        json!({
            "count": self.count, "max_ulp": units, "worst_input": format!("0x{:x}", self.worst),
            "misrounded": self.misrounded,
            "first_misrounded": self.first_misrounded.map(|bits| format!("0x{bits:x}")),
            "filtered": self.filtered, "ties": self.ties, "undecided": self.undecided, "falls": self.falls,
            "asymmetric": self.asymmetric,
        })
    }

    /// From what [`Tally::to_json`] made.
    pub fn from_json(json: &Value) -> Option<Tally> {
        let number = |key: &str| json[key].as_u64();
        let bits = |value: &Value| u64::from_str_radix(value.as_str()?.strip_prefix("0x")?, 16).ok();
        Some(Tally {
            count: number("count")?,
            units: if json["max_ulp"] == "inf" { f64::INFINITY } else { json["max_ulp"].as_f64()? },
            worst: bits(&json["worst_input"])?,
            misrounded: number("misrounded")?,
            first_misrounded: bits(&json["first_misrounded"]),
            filtered: number("filtered")?,
            ties: number("ties")?,
            undecided: number("undecided")?,
            falls: number("falls")?,
            asymmetric: number("asymmetric")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        let (mut a, mut b, mut all) = (Tally::default(), Tally::default(), Tally::default());
        for (i, units) in [0.25, 0.75, 0.5, 0.75].into_iter().enumerate() {
            let part = if i < 2 { &mut a } else { &mut b };
            for tally in [part, &mut all] {
                tally.error(units, i as u64);
                if units > 0.5 {
                    tally.misrounds(i as u64);
                }
            }
        }
        let mut joined = b.clone();
        joined.join(&a);
        assert_eq!(joined, all);
        assert_eq!((all.count, all.units, all.worst, all.misrounded), (4, 0.75, 1, 2));
        assert_eq!(all.first_misrounded, Some(1));
    }

    #[test]
    fn json_keeps_everything() {
        let mut tally = Tally::default();
        tally.error(f64::INFINITY, 7);
        tally.misrounds(7);
        assert_eq!(Tally::from_json(&tally.to_json()), Some(tally));
        assert_eq!(Tally::from_json(&json!({ "count": 3 })), None);
    }
}
