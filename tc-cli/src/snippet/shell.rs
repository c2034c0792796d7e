//! JSON in a POSIX shell, with variables for sensitive values.

use super::literal::Literal;

/// A function that prints the variable it names as JSON text. The value is never an argument of a program.
pub(super) const JSON_FUNCTION: &str =
    "json() { perl -MJSON::PP -e 'print JSON::PP->new->allow_nonref->encode($ENV{$ARGV[0]} // \"\")' \"$1\"; }\n";

/// A word that is this value as compact JSON: text in single quotes, and calls of `json` for variables.
pub(super) fn json_word(literal: &Literal) -> String {
    let mut word = String::from("'");
    push(&mut word, literal);
    word.push('\'');
    word
}

fn push(word: &mut String, literal: &Literal) {
    match literal {
        Literal::Null => word.push_str("null"),
        Literal::Bool(value) => word.push_str(if *value { "true" } else { "false" }),
        Literal::Number(number) => word.push_str(&number.to_string()),
        Literal::Text(text) => push_text(word, text),
        Literal::Variable(name) => {
            for piece in ["'\"$(json ", name, ")\"'"] {
                word.push_str(piece);
            }
        }
        Literal::List(items) => {
            word.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    word.push(',');
                }
                push(word, item);
            }
            word.push(']');
        }
        Literal::Object(members) => {
            word.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    word.push(',');
                }
                push_text(word, name);
                word.push(':');
                push(word, value);
            }
            word.push('}');
        }
    }
}

fn push_text(word: &mut String, text: &str) {
    word.push_str(&serde_json::Value::from(text).to_string().replace('\'', r"'\''"));
}
