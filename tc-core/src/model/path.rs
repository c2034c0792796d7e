//! The path of a member, such as `Filters.0.Values`, while the members are visited.

/// Adds a name to a path. Returns the length before, to which the caller truncates the path afterwards.
pub(crate) fn push_name(path: &mut String, name: &str) -> usize {
    let len = path.len();
    if len > 0 {
        path.push('.');
    }
    path.push_str(name);
    len
}

/// A path whose text is written only when it is needed.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// The struct that is visited.
    Root,
    /// A member, after the path of its struct.
    Name(&'a Path<'a>, &'a str),
    /// An item, after the path of its list.
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// Returns the text. That of the root is empty.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Name(outer, name) => {
                outer.write(text);
                push_name(text, name);
            }
            Self::Item(outer, index) => {
                outer.write(text);
                push_name(text, itoa::Buffer::new().format(*index));
            }
        }
    }
}
