//! The action whose body is the bytes of a file: the metadata does not describe it, so its name is listed here, as in tccli.

use std::sync::OnceLock;

use tc_spec::{ActionSpec, BodyForm, ModelSpec, ParamSpec, Shape, Type};

/// The parameter for the body: `--Body @file`. Without it, the body is read from standard input.
const BODY: ParamSpec = ParamSpec::new("Body", "body", Type::Binary, Shape::One);

/// The spec of cls `UploadLog` with its body. `None` for other actions.
pub(super) fn of(spec: &'static ActionSpec) -> Option<&'static ActionSpec> {
    static UPLOAD_LOG: OnceLock<&'static ActionSpec> = OnceLock::new();
    if (spec.service, spec.version, spec.name) != ("cls", "2020-10-16", "UploadLog") {
        return None;
    }
    Some(UPLOAD_LOG.get_or_init(|| {
        let params: Vec<ParamSpec> = spec.request.params.iter().copied().chain([BODY]).collect();
        let mut changed = *spec;
        changed.request = Box::leak(Box::new(ModelSpec::new(spec.request.name, params.leak())));
        Box::leak(Box::new(changed.body(BodyForm::OctetStream)))
    }))
}
