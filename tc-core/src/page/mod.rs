//! Streams of pages and of items, and long lists that are sent in several calls.

mod any_action;
mod chunked;
mod items;
mod ordered_calls;
mod paged_call;
mod pages;
mod repeats;

pub use chunked::Chunked;
pub use items::Items;
pub use paged_call::PagedCall;
pub use pages::Pages;

use crate::action::Action;
use crate::call::Call;
use crate::client::{Client, PendingCall};

impl Client {
    /// Returns a stream of the pages of a call.
    ///
    /// ```no_run
    /// # mod demo {
    /// # use tc_core::{tc_action, tc_model};
    /// # #[tc_action(service = "cvm", version = "2017-03-12", response = Found, page(total = total_count, items = key_pair_set))]
    /// # #[derive(Default)]
    /// # pub struct DescribeKeyPairs { pub offset: Option<u64>, #[tc(range = ..=100)] pub limit: Option<u64> }
    /// # #[tc_model] pub struct Found { pub total_count: u64, pub key_pair_set: Vec<KeyPair> }
    /// # #[tc_model] pub struct KeyPair { pub key_id: String }
    /// # }
    /// # use demo::DescribeKeyPairs;
    /// # async fn run(client: tc_core::Client) -> Result<(), tc_core::Error> {
    /// let mut pages = client.pages(&DescribeKeyPairs::default()).read_ahead(4);
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{} of {}, request {}", page.key_pair_set.len(), page.total_count, page.request_id());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<A: PagedCall>(&self, call: &A) -> Pages<A> {
        self.call(call).pages()
    }

    /// Returns a stream of the items of all pages of a call.
    ///
    /// ```no_run
    /// # mod demo {
    /// # use tc_core::{tc_action, tc_model};
    /// # #[tc_action(service = "cvm", version = "2017-03-12", response = Found, page(total = total_count, items = key_pair_set))]
    /// # #[derive(Default)]
    /// # pub struct DescribeKeyPairs { pub offset: Option<u64>, #[tc(range = ..=100)] pub limit: Option<u64> }
    /// # #[tc_model] pub struct Found { pub total_count: u64, pub key_pair_set: Vec<KeyPair> }
    /// # #[tc_model] pub struct KeyPair { pub key_id: String }
    /// # }
    /// # use demo::DescribeKeyPairs;
    /// # async fn run(client: tc_core::Client) -> Result<(), tc_core::Error> {
    /// let mut pairs = client.items(&DescribeKeyPairs::default()).max_items(1000);
    /// while let Some(pair) = pairs.next().await {
    ///     println!("{}", pair?.key_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<A: PagedCall>(&self, call: &A) -> Items<A> {
        self.call(call).items()
    }

    /// Sends an action whose list is longer than its limit in several calls, and returns a stream of the responses in order.
    ///
    /// `list` returns the list. Each call has as many items as the documented limit `items` allows.
    ///
    /// ```no_run
    /// # mod demo {
    /// # use tc_core::{tc_action, tc_model};
    /// # #[tc_action(service = "cvm", version = "2017-03-12", response = Found)]
    /// # pub struct DescribeInstances { #[tc(items = ..=100)] pub instance_ids: Vec<String> }
    /// # #[tc_model] pub struct Found { pub total_count: u64, pub instance_set: Vec<String> }
    /// # }
    /// # use demo::DescribeInstances;
    /// # use tc_core::request;
    /// # async fn run(client: tc_core::Client, ids: Vec<String>) -> Result<(), tc_core::Error> {
    /// let every = request!(DescribeInstances { instance_ids: ids });
    /// let responses = client.chunked(&every, |action| &mut action.instance_ids).all().await?;
    /// println!("{} calls", responses.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn chunked<A: Action + Clone, I>(&self, action: &A, list: fn(&mut A) -> &mut Vec<I>) -> Chunked<A> {
        self.call(action).chunked(list)
    }
}

impl<C: Call> PendingCall<'_, C> {
    /// As [`Client::pages`]. The options of this call are used for every page.
    pub fn pages(self) -> Pages<C>
    where
        C: PagedCall,
    {
        Pages::new(self)
    }

    /// As [`Client::items`]. The options of this call are used for every page.
    pub fn items(self) -> Items<C>
    where
        C: PagedCall,
    {
        Items::new(self.pages())
    }
}

impl<A: Action + Clone> PendingCall<'_, A> {
    /// As [`Client::chunked`]. The options of this call are used for every part.
    pub fn chunked<I>(self, list: fn(&mut A) -> &mut Vec<I>) -> Chunked<A> {
        Chunked::new(self, list)
    }
}
