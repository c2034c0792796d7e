//! The facts of one version of a service on one site, before they are written.

use crate::read::Status;
use crate::types::Type;
use crate::{Ends, Number, Scalar};

/// The actions and objects of a module, each in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct ModuleFacts {
    pub(crate) actions: Vec<ActionFacts>,
    pub(crate) objects: Vec<ObjectFacts>,
}

#[derive(Debug)]
pub(crate) struct ActionFacts {
    pub(crate) name: String,
    /// Positions in the objects.
    pub(crate) request: usize,
    pub(crate) response: usize,
    pub(crate) status: Status,
    pub(crate) skip_sign: bool,
    pub(crate) streaming: bool,
    pub(crate) rate: Option<u32>,
    pub(crate) page: Option<PageFacts>,
}

#[derive(Debug)]
pub(crate) struct ObjectFacts {
    pub(crate) name: String,
    pub(crate) in_request: bool,
    pub(crate) in_response: bool,
    pub(crate) members: Vec<MemberFacts>,
}

#[derive(Debug)]
pub(crate) struct MemberFacts {
    pub(crate) name: String,
    pub(crate) ty: Type<usize>,
    pub(crate) list: bool,
    pub(crate) required: bool,
    pub(crate) output_required: bool,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) sensitive: bool,
    pub(crate) boxed: bool,
    /// An empty list clears what is there; an absent one leaves it alone.
    pub(crate) clears: bool,
    /// What this site's text says, before an example or the default contradicts it: what the dump prints.
    pub(crate) stated: LimitFacts,
    /// What this site's text says, without what is contradicted.
    pub(crate) own: LimitFacts,
    /// What both sites' texts say together.
    pub(crate) merged: LimitFacts,
    /// The description says that the numbers of pages start from 0.
    pub(crate) starts_at_zero: bool,
}

impl MemberFacts {
    /// The position of the object that a value contains in place, without a list between.
    pub(crate) fn contained(&self) -> Option<usize> {
        match self.ty {
            Type::Object(object) if !self.list => Some(object),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LimitFacts {
    pub(crate) range: Option<Ends<Number>>,
    pub(crate) items: Option<Ends<u64>>,
    pub(crate) length: Option<Ends<u64>>,
    pub(crate) default: Option<Scalar>,
    pub(crate) values: Option<Vec<Scalar>>,
}

impl LimitFacts {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PageFacts {
    Offset { offset: String, limit: String, ends: PageEnds },
    Number { number: String, size: String, first: u8, ends: PageEnds },
    Token { token: String, next: String, more: Option<String>, size: Option<String>, ends: PageEnds },
}

/// Where the answer of an action that pages has its items and their number: paths, dots between names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PageEnds {
    pub(crate) total: Option<String>,
    pub(crate) items: Option<String>,
}

/// Whether a value lies between the ends.
pub(crate) fn accepts<T: PartialOrd + Copy>((min, max): Ends<T>, value: T) -> bool {
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}
