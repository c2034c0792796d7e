//! An exact decimal number: limits and defaults are written in decimal, and `0.1` has no exact binary form.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The greatest number of digits after the point that a [`Number`] can have.
const MAX_SCALE: u8 = 18;

/// An exact decimal number.
///
/// ```
/// use tc_catalog::Number;
///
/// let number: Number = "0.50".parse()?;
/// assert_eq!(number.to_string(), "0.5");
/// assert!(number < Number::from(1));
/// # Ok::<(), tc_catalog::ParseNumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    // The value is `digits / 10^scale`; `digits` does not end in 0 unless `scale` is 0, so equal numbers are equal
    // in both fields.
    digits: i128,
    scale: u8,
}

impl Number {
    /// Creates the number `digits / 10^scale`; `None` if `scale` is greater than 18.
    pub const fn decimal(digits: i128, scale: u8) -> Option<Self> {
        if scale > MAX_SCALE {
            return None;
        }
        let (mut digits, mut scale) = (digits, scale);
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Some(Self { digits, scale })
    }

    /// The number as a whole number; `None` if it has a fraction.
    pub const fn as_int(self) -> Option<i128> {
        if self.scale == 0 { Some(self.digits) } else { None }
    }

    /// The digits without the decimal point, and how many of them stand after it.
    pub const fn parts(self) -> (i128, u8) {
        (self.digits, self.scale)
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Self {
        Self { digits: value, scale: 0 }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.digits.cmp(&other.digits);
        }
        let (unit, other_unit) = (10_i128.pow(self.scale.into()), 10_i128.pow(other.scale.into()));
        let whole = self.digits.div_euclid(unit).cmp(&other.digits.div_euclid(other_unit));
        // Both remainders are below 10^18, so neither product overflows.
        whole.then_with(|| {
            (self.digits.rem_euclid(unit) * other_unit).cmp(&(other.digits.rem_euclid(other_unit) * unit))
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return self.digits.fmt(f);
        }
        let (digits, places) = (self.digits.unsigned_abs(), usize::from(self.scale));
        let unit = 10_u128.pow(self.scale.into());
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:0places$}", digits / unit, digits % unit)
    }
}

impl FromStr for Number {
    type Err = ParseNumberError;

    /// Reads a decimal number: digits with an optional sign and an optional fraction.
    ///
    /// # Errors
    /// The text has another form, has more than 18 digits after the point, or does not fit.
    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let has_point = text.contains('.');
        if unsigned.is_empty() || !digits_only(unsigned) || !digits_only(fraction) || (has_point && fraction.is_empty())
        {
            return Err(ParseNumberError(()));
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| ParseNumberError(()))?;
        let digits = format!("{whole}{fraction}").parse().map_err(|_| ParseNumberError(()))?;
        Self::decimal(digits, scale).ok_or(ParseNumberError(()))
    }
}

/// The error of parsing a [`Number`] from a text that is not a decimal number, or has too many digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseNumberError(());

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of at most 18 digits after the point, for example 100 or 0.5")
    }
}

impl std::error::Error for ParseNumberError {}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_number_is_written_in_its_shortest_form() {
        for (text, shortest) in
            [("0", "0"), ("-0", "0"), ("007", "7"), ("1.50", "1.5"), ("-0.05", "-0.05"), ("2.000", "2"), ("+3", "3")]
        {
            assert_eq!(number(text).to_string(), shortest);
        }
        let largest = i128::MAX.to_string();
        assert_eq!(number(&largest).to_string(), largest);
    }

    #[test]
    fn text_that_is_not_a_decimal_number_is_an_error() {
        for text in ["", "-", ".5", "5.", "1e3", "0x10", "1 ", "१", "1.2.3", "--1", "0.1234567890123456789"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
        assert!(format!("{}0", i128::MAX).parse::<Number>().is_err());
    }

    #[test]
    fn numbers_are_ordered_by_value_whatever_their_number_of_digits() {
        let ordered =
            ["-170141183460469231731687303715884105728", "-1.5", "-1.25", "-1", "0", "0.09", "0.1", "1", "10"];
        for pair in ordered.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert_eq!(number("0.10"), number("0.1"));
    }
}
