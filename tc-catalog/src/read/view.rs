//! Modules, actions, objects and members of the catalog.

use super::catalog::Service;
use super::error::CatalogError;
use super::frame::{Frame, RawAction, RawMember, RawObject};
use super::index::{RawVersion, span_text};
use super::limits::Limits;
use super::missing;
use super::page::Page;
use crate::Site;
use crate::format::{action, member, reach};
use crate::types::Type;

/// A version of a service on a site, with its actions and objects.
#[derive(Debug, Clone, Copy)]
pub struct Module<'a> {
    pub(crate) service: Service<'a>,
    pub(crate) raw: &'a RawVersion,
    pub(crate) site: Site,
    pub(crate) frame: &'a Frame,
}

impl<'a> Module<'a> {
    /// The service.
    pub fn service(self) -> Service<'a> {
        self.service
    }

    /// The site.
    pub fn site(self) -> Site {
        self.site
    }

    /// The version: `2017-03-12`.
    pub fn version(self) -> &'a str {
        span_text(&self.service.catalog.file, self.raw.date)
    }

    /// The actions, in the order of their names.
    pub fn actions(self) -> impl ExactSizeIterator<Item = Action<'a>> {
        (0..self.frame.actions.len()).map(move |position| Action { module: self, position })
    }

    /// The action of this name.
    ///
    /// # Errors
    /// The module has no such action. The error names the other version or service that has it, or a similar action.
    pub fn action(self, name: &str) -> Result<Action<'a>, CatalogError> {
        match self.frame.find_action(name) {
            Some(position) => Ok(Action { module: self, position }),
            None => Err(missing::action(self, name)),
        }
    }

    /// The objects, in the order of their names: requests, responses and those nested in them.
    pub fn objects(self) -> impl ExactSizeIterator<Item = Object<'a>> {
        (0..self.frame.objects.len()).map(move |position| Object { frame: self.frame, position })
    }

    /// The object of this name.
    pub fn object(self, name: &str) -> Option<Object<'a>> {
        self.frame.find_object(name).map(|position| Object { frame: self.frame, position })
    }

    /// The documented error codes of the version, in alphabetical order. Both sites share them.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn error_codes(self) -> Result<impl Iterator<Item = &'a str>, CatalogError> {
        let part = || format!("the error codes of {} {}", self.service.name(), self.version());
        let text = match self.raw.codes {
            Some(position) => self.service.catalog.codes(position, part)?,
            None => "",
        };
        Ok(text.lines())
    }
}

/// Whether an action is still offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// It is offered.
    #[default]
    Online,
    /// It should no longer be used.
    Deprecated,
    /// It is no longer offered.
    Offline,
}

/// An action.
#[derive(Debug, Clone, Copy)]
pub struct Action<'a> {
    module: Module<'a>,
    position: usize,
}

impl<'a> Action<'a> {
    fn raw(self) -> &'a RawAction {
        // Positions are those of the frame.
        &self.module.frame.actions[self.position]
    }

    /// The position among the actions of the module.
    pub fn position(self) -> usize {
        self.position
    }

    /// The module it belongs to.
    pub fn module(self) -> Module<'a> {
        self.module
    }

    /// The name: `DescribeInstances`.
    pub fn name(self) -> &'a str {
        self.raw().name.of(&self.module.frame.text)
    }

    /// The object with the parameters.
    pub fn request(self) -> Object<'a> {
        Object { frame: self.module.frame, position: self.raw().request as usize }
    }

    /// The object with the members of the response.
    pub fn response(self) -> Object<'a> {
        Object { frame: self.module.frame, position: self.raw().response as usize }
    }

    /// Whether it is still offered.
    pub fn status(self) -> Status {
        match self.raw().bits {
            bits if bits & action::OFFLINE != 0 => Status::Offline,
            bits if bits & action::DEPRECATED != 0 => Status::Deprecated,
            _ => Status::Online,
        }
    }

    /// Whether it is sent without a signature.
    pub fn skips_signature(self) -> bool {
        self.raw().bits & action::SKIP_SIGN != 0
    }

    /// Whether its response is a stream of server-sent events.
    pub fn is_streaming(self) -> bool {
        self.raw().bits & action::STREAMING != 0
    }

    /// The documented number of calls per second.
    pub fn rate(self) -> Option<u32> {
        (self.raw().rate > 0).then_some(self.raw().rate)
    }

    /// How it pages, if it does.
    pub fn page(self) -> Option<Page<'a>> {
        Page::at(self.module.frame, self.raw().page)
    }
}

/// An object: a request, a response, or one nested in them.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) position: usize,
}

impl<'a> Object<'a> {
    fn raw(self) -> &'a RawObject {
        // Positions are checked when a frame is decoded.
        &self.frame.objects[self.position]
    }

    /// The name: `DescribeInstancesRequest`, `Filter`.
    pub fn name(self) -> &'a str {
        self.raw().name.of(&self.frame.text)
    }

    /// The position among the objects of the module.
    pub fn position(self) -> usize {
        self.position
    }

    /// Whether a request contains it, directly or nested.
    pub fn is_in_request(self) -> bool {
        self.raw().reach & reach::REQUEST != 0
    }

    /// Whether a response contains it, directly or nested.
    pub fn is_in_response(self) -> bool {
        self.raw().reach & reach::RESPONSE != 0
    }

    /// The members, in the order of the metadata.
    pub fn members(self) -> impl ExactSizeIterator<Item = Member<'a>> {
        let (first, len) = (self.raw().first as usize, self.raw().len as usize);
        self.frame.members[first..first + len].iter().map(move |raw| Member {
            frame: self.frame,
            raw,
            is_in_request: self.is_in_request(),
        })
    }

    /// The member of this name.
    pub fn member(self, name: &str) -> Option<Member<'a>> {
        self.members().find(|member| member.name() == name)
    }
}

/// A member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    frame: &'a Frame,
    raw: &'a RawMember,
    is_in_request: bool,
}

impl<'a> Member<'a> {
    fn has(self, bit: u16) -> bool {
        self.raw.bits & bit != 0
    }

    /// The name on the wire: `InstanceIds`.
    pub fn name(self) -> &'a str {
        self.raw.name.of(&self.frame.text)
    }

    /// The type; of a list, of each of its items.
    pub fn ty(self) -> Type<Object<'a>> {
        self.raw.ty.map(|position| Object { frame: self.frame, position: position as usize })
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.has(member::LIST)
    }

    /// Whether a request must have it.
    pub fn is_required(self) -> bool {
        self.has(member::REQUIRED)
    }

    /// Whether a response always has it.
    pub fn is_output_required(self) -> bool {
        self.has(member::OUTPUT_REQUIRED)
    }

    /// Whether the member may be absent, so that a struct needs an `Option` for it, unless it is a list.
    ///
    /// In an object of a request, this is a member that is not required. Elsewhere, it is a member that a response may lack
    /// or have as null. There, a time is always optional: it has no empty value, so a response without it could not be read.
    pub fn is_optional(self) -> bool {
        if self.is_in_request {
            return !self.is_required();
        }
        matches!(self.ty(), Type::DateTimeIso)
            || self.is_nullable()
            || !(self.is_output_required() || self.is_required())
    }

    /// Whether it may be null in a response.
    pub fn is_nullable(self) -> bool {
        self.has(member::NULLABLE)
    }

    /// Whether it should no longer be used.
    pub fn is_deprecated(self) -> bool {
        self.has(member::DEPRECATED)
    }

    /// Whether it contains a secret, by its name: a password, a private key, an access token.
    pub fn is_sensitive(self) -> bool {
        self.has(member::SENSITIVE)
    }

    /// Whether its object contains itself through this member without a list, so that a struct needs a `Box` for it.
    pub fn is_boxed(self) -> bool {
        self.has(member::BOXED)
    }

    /// Whether an empty list clears the stored list and an absent one leaves it unchanged, so that a struct needs an
    /// `Option<Vec<_>>` for it. A required list is always sent, so a `Vec` is enough for it.
    pub fn clears_when_empty(self) -> bool {
        self.has(member::CLEARS) && !self.is_required()
    }

    /// Its limits and default. If both sites document a limit, the wider one.
    pub fn limits(self) -> Limits<'a> {
        Limits::at(self.frame, self.raw.limits)
    }

    /// Its limits and default as this site documents them, even those that an official example or the default contradicts.
    pub fn own_limits(self) -> Limits<'a> {
        Limits::at(self.frame, if self.has(member::OWN) { self.raw.own } else { self.raw.limits })
    }
}

/// The name.
impl std::fmt::Display for Object<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
