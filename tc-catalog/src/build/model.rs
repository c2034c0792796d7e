//! The data of one version of a service on one site, before it is written to the file.

use crate::read::Status;
use crate::types::Type;
use crate::{Ends, Number, Scalar};

/// The actions and objects of a module, each in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct ModuleData {
    pub(crate) actions: Vec<ActionData>,
    pub(crate) objects: Vec<ObjectData>,
}

#[derive(Debug)]
pub(crate) struct ActionData {
    pub(crate) name: String,
    /// Positions in the objects.
    pub(crate) request: usize,
    pub(crate) response: usize,
    pub(crate) status: Status,
    pub(crate) skip_sign: bool,
    pub(crate) streaming: bool,
    pub(crate) rate: Option<u32>,
    pub(crate) page: Option<PageData>,
}

#[derive(Debug)]
pub(crate) struct ObjectData {
    pub(crate) name: String,
    pub(crate) in_request: bool,
    pub(crate) in_response: bool,
    pub(crate) members: Vec<MemberData>,
}

#[derive(Debug)]
pub(crate) struct MemberData {
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
    /// The limits that this site's description states, also those that an example or the default contradicts. The dump
    /// prints them.
    pub(crate) stated: LimitData,
    /// The limits that this site's description states, without those that are contradicted.
    pub(crate) own: LimitData,
    /// The merged limits of both sites.
    pub(crate) merged: LimitData,
    /// Whether the numbers of pages start from 0, by the description.
    pub(crate) starts_at_zero: bool,
}

impl MemberData {
    /// The position of the object that a value contains in place, without a list between.
    pub(crate) fn contained(&self) -> Option<usize> {
        match self.ty {
            Type::Object(object) if !self.list => Some(object),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LimitData {
    pub(crate) range: Option<Ends<Number>>,
    pub(crate) items: Option<Ends<u64>>,
    pub(crate) length: Option<Ends<u64>>,
    pub(crate) default: Option<Scalar>,
    pub(crate) values: Option<Vec<Scalar>>,
}

impl LimitData {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PageData {
    Offset { offset: String, limit: String, ends: PageEnds },
    Number { number: String, size: String, first: u8, ends: PageEnds },
    Token { token: String, next: String, more: Option<String>, size: Option<String>, ends: PageEnds },
}

/// Where the response of an action that pages has its items and their number: paths of names separated by dots.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PageEnds {
    pub(crate) total: Option<String>,
    pub(crate) items: Option<String>,
}

/// Whether a value is between the ends.
pub(crate) fn accepts<T: PartialOrd + Copy>((min, max): Ends<T>, value: T) -> bool {
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}
