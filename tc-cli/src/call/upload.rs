//! Parameters that are bytes: files, or standard input.

use std::io::{IsTerminal, Read};

use tc_core::Upload;
use tc_spec::{ActionSpec, BodyForm, ModelSpec, Type};

use crate::args::{Given, expand};
use crate::error::{Error, arguments, configuration};

/// The name of a parameter, and its bytes.
pub(super) type File = (String, Upload);

/// Whether a parameter is bytes.
pub(super) fn is_binary(request: &ModelSpec, name: &str) -> bool {
    request.param(name).is_some_and(|param| matches!(param.ty, Type::Binary))
}

/// The bytes of the given parameters: of `@file`, of standard input (`-`), or the word itself. If an action
/// has a body and it is not given, the body is read from standard input.
pub(super) fn files(given: &[&Given], spec: &ActionSpec) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for given in given {
        let [word] = given.words.as_slice() else {
            return Err(arguments(format!("argument --{}: expected one argument", given.name)));
        };
        let upload = match word.strip_prefix('@').map(expand) {
            _ if word == "-" => Upload::new(standard_input()?),
            Some(path) => {
                let bytes = std::fs::read(&path)
                    .map_err(|error| configuration(format!("cannot read {}: {error}", path.display())))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Upload::new(bytes).file_name(name)
            }
            None => Upload::new(word.clone().into_bytes()),
        };
        files.push((given.name.clone(), upload));
    }
    if spec.body == BodyForm::OctetStream && files.is_empty() {
        let body = spec.request.params.iter().find(|param| matches!(param.ty, Type::Binary));
        files.extend(
            body.map(|body| Ok::<_, Error>((body.name.to_owned(), Upload::new(standard_input()?)))).transpose()?,
        );
    }
    Ok(files)
}

fn standard_input() -> Result<Vec<u8>, Error> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Err(arguments("Missing required input, you can use `< /path/to/file` to input your binary file."));
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes).map_err(|error| configuration(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}
