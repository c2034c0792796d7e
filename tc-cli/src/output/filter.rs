//! JMESPath queries, with the results of the Python library that tccli uses.

use std::fmt;
use std::sync::LazyLock;

use jpx_core::ast::Ast;
use jpx_core::functions::Function;
use jpx_core::{Context, ErrorReason, JmespathError, Runtime, RuntimeError, SearchResult};
use serde_json::{Number, Value};

use super::functions;

/// A compiled query.
///
/// Members keep the order in which the query or the answer names them, and integers stay exact.
pub struct Filter(jpx_core::Expression<'static>);

impl Filter {
    /// Compiles a query.
    ///
    /// # Errors
    /// The text is not a JMESPath expression, or it calls a function that does not exist, or with another number of arguments.
    pub fn new(expression: &str) -> Result<Self, FilterError> {
        let compiled = RUNTIME.compile(expression).map_err(|error| FilterError(plain(&error.to_string())))?;
        functions::check(compiled.as_ast()).map_err(FilterError)?;
        Ok(Self(compiled))
    }

    /// What the query finds in `value`; null if nothing.
    ///
    /// # Errors
    /// A function gets an argument of a type that it does not accept.
    pub fn search(&self, value: &Value) -> Result<Value, FilterError> {
        self.0.search(value).map_err(|error| FilterError(error.to_string()))
    }

    /// The syntax tree.
    pub(crate) fn ast(&self) -> &Ast {
        self.0.as_ast()
    }

    /// The member that the query begins with; `None` if it begins with something else, such as a function.
    pub(crate) fn first_name(&self) -> Option<&str> {
        let mut ast = self.ast();
        loop {
            ast = match ast {
                Ast::Field { name, .. } => return Some(name),
                Ast::Subexpr { lhs, .. } | Ast::Projection { lhs, .. } => lhs,
                Ast::Flatten { node, .. } => node,
                _ => return None,
            };
        }
    }
}

/// A message of the parser without the names of its functions and tokens.
fn plain(message: &str) -> String {
    let plain = [(" nud token", " token"), (" led token", " token"), ("found Eof", "found the end")];
    plain.into_iter().fold(message.to_owned(), |message, (word, text)| message.replace(word, text))
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({})", self.0.as_str())
    }
}

/// Why a query cannot be compiled or evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError(String);

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

impl std::error::Error for FilterError {}

pub(super) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = Runtime::new();
    runtime.register_builtin_functions();
    // These give a float for integers: 6.0 where Python gives 6, and a wrong digit beyond 2^53.
    runtime.register_function("sum", Box::new(Sum));
    runtime.register_function("abs", Box::new(Rounded("abs", i128::abs, f64::abs)));
    runtime.register_function("ceil", Box::new(Rounded("ceil", |same| same, f64::ceil)));
    runtime.register_function("floor", Box::new(Rounded("floor", |same| same, f64::floor)));
    runtime
});

struct Sum;

impl Function for Sum {
    fn evaluate(&self, args: &[Value], ctx: &mut Context<'_>) -> SearchResult {
        let [Value::Array(items)] = args else { return Err(refused(ctx, "one array of numbers", args)) };
        let mut whole = Some(0_i128);
        let mut sum = 0.0;
        for item in items {
            let Value::Number(number) = item else { return Err(refused(ctx, "one array of numbers", args)) };
            whole = whole.zip(number.as_i128()).and_then(|(whole, number)| whole.checked_add(number));
            sum += number.as_f64().unwrap_or(f64::NAN);
        }
        Ok(whole.and_then(Number::from_i128).or_else(|| Number::from_f64(sum)).map_or(Value::Null, Value::Number))
    }
}

/// A function of one number, which is exact for integers and gives an integer if it rounds.
struct Rounded(&'static str, fn(i128) -> i128, fn(f64) -> f64);

impl Function for Rounded {
    fn evaluate(&self, args: &[Value], ctx: &mut Context<'_>) -> SearchResult {
        let Self(name, whole, fraction) = *self;
        let [Value::Number(number)] = args else {
            return Err(refused(ctx, "one number", args));
        };
        if let Some(integer) = number.as_i128() {
            return Ok(Number::from_i128(whole(integer)).map_or(Value::Null, Value::Number));
        }
        let result = fraction(number.as_f64().unwrap_or(f64::NAN));
        if name != "abs" && result.abs() < 9_007_199_254_740_992.0 {
            // Exact: a whole number below 2^53.
            #[allow(clippy::cast_possible_truncation)]
            return Ok(Value::from(result as i64));
        }
        Ok(Number::from_f64(result).map_or(Value::Null, Value::Number))
    }
}

fn refused(ctx: &Context<'_>, expected: &str, args: &[Value]) -> JmespathError {
    let actual = Value::from(args).to_string();
    let reason = RuntimeError::InvalidType { expected: expected.to_owned(), actual, position: 0 };
    JmespathError::from_ctx(ctx, ErrorReason::Runtime(reason))
}
