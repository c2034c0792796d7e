//! The value of `--waiter`: JSON, or the single-quoted form of a Python dictionary, which is read and never evaluated.

use serde_json::{Map, Number, Value};

/// Reads JSON, or a Python literal of dictionaries, lists, texts, numbers, `True`, `False` and `None`.
///
/// # Errors
/// The text is neither; the message gives the place.
pub fn parse(text: &str) -> Result<Value, String> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value()?;
    reader.blanks();
    if reader.at < text.len() { Err(reader.unexpected("the end")) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Value, String> {
        self.blanks();
        match self.peek() {
            Some('{') => self.nested(Self::dictionary),
            Some('[') => self.nested(|reader| reader.list(']')),
            Some('(') => self.nested(|reader| reader.list(')')),
            Some('\'' | '"') => self.string().map(Value::String),
            Some(first) if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') => self.number(),
            Some(first) if first.is_alphabetic() => self.word(),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth == 64 {
            return Err("nested more than 64 deep".to_owned());
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn dictionary(&mut self) -> Result<Value, String> {
        let mut members = Map::new();
        loop {
            self.blanks();
            if self.take('}') {
                return Ok(Value::Object(members));
            }
            let name = match self.value()? {
                Value::String(name) => name,
                other => other.to_string(),
            };
            self.blanks();
            if !self.take(':') {
                return Err(self.unexpected("`:`"));
            }
            let value = self.value()?;
            members.insert(name, value);
            self.blanks();
            if !self.take(',') && self.peek() != Some('}') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    fn list(&mut self, end: char) -> Result<Value, String> {
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.take(end) {
                return Ok(Value::Array(items));
            }
            items.push(self.value()?);
            self.blanks();
            if !self.take(',') && self.peek() != Some(end) {
                return Err(self.unexpected(&format!("`,` or `{end}`")));
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("a text is not closed".to_owned()),
                end if end == quote => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(other) => text.push(other),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let digits = match self.next() {
            Some('n') => return Ok('\n'),
            Some('t') => return Ok('\t'),
            Some('r') => return Ok('\r'),
            Some(same @ ('\\' | '\'' | '"')) => return Ok(same),
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            _ => return Err(self.unexpected("an escape such as `\\n`")),
        };
        let code = self.text.get(self.at..self.at + digits).ok_or_else(|| self.unexpected("hexadecimal digits"))?;
        let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        let character = character.ok_or_else(|| self.unexpected("hexadecimal digits"))?;
        self.at += digits;
        Ok(character)
    }

    fn number(&mut self) -> Result<Value, String> {
        let text = self.run(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '+' | '.'));
        let integer = text.parse::<i128>().ok().and_then(Number::from_i128);
        let number = integer.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
        number.map(Value::Number).ok_or_else(|| format!("`{text}` is not a number"))
    }

    fn word(&mut self) -> Result<Value, String> {
        match self.run(|character| character.is_alphanumeric() || character == '_') {
            "True" | "true" => Ok(Value::Bool(true)),
            "False" | "false" => Ok(Value::Bool(false)),
            "None" | "null" => Ok(Value::Null),
            other => Err(format!("`{other}` is not a value; put texts in quotes")),
        }
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let len = rest.find(|character| !belongs(character)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn blanks(&mut self) {
        self.run(char::is_whitespace);
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, character: char) -> bool {
        let is_next = self.peek() == Some(character);
        if is_next {
            self.at += character.len_utf8();
        }
        is_next
    }

    fn unexpected(&self, expected: &str) -> String {
        match self.peek() {
            Some(found) => format!(
                "`{found}` at character {}, where {expected} is expected",
                self.text[..self.at].chars().count() + 1
            ),
            None => format!("it ends where {expected} is expected"),
        }
    }
}
