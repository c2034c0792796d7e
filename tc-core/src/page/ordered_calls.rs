//! Concurrent calls whose responses are returned in the order of the calls.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::client::Sending;
use crate::error::Error;
use crate::response::Response;

/// Concurrent calls, each with a key. Only calls that were woken are polled.
pub(super) struct OrderedCalls<K, T> {
    calls: VecDeque<Entry<K, T>>,
    /// The number of the first call; the numbers of the others follow it.
    first: usize,
    woken: Arc<WokenCalls>,
}

/// The result of a call.
pub(super) type CallResult<T> = Result<Response<T>, Error>;

struct Entry<K, T> {
    key: K,
    state: CallState<T>,
    waker: Arc<CallWaker>,
}

enum CallState<T> {
    Pending(Sending<T>),
    Done(CallResult<T>),
}

#[derive(Default)]
struct WokenCalls(Mutex<WokenList>);

/// The numbers of the calls to poll, and the waker of the task that polls them.
#[derive(Default)]
struct WokenList {
    numbers: Vec<usize>,
    waker: Option<Waker>,
}

/// The waker of one call.
struct CallWaker {
    number: usize,
    /// Whether the number is in the list.
    listed: AtomicBool,
    woken: Arc<WokenCalls>,
}

impl<K, T: Send + 'static> OrderedCalls<K, T> {
    pub(super) fn new() -> Self {
        // Calls are also inserted before the first one.
        Self { calls: VecDeque::new(), first: usize::MAX / 2, woken: Arc::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn push(&mut self, key: K, call: Sending<T>) {
        let entry = self.entry(self.first.wrapping_add(self.calls.len()), key, call);
        self.calls.push_back(entry);
    }

    /// Inserts a call before all others.
    pub(super) fn push_first(&mut self, key: K, call: Sending<T>) {
        self.first = self.first.wrapping_sub(1);
        let entry = self.entry(self.first, key, call);
        self.calls.push_front(entry);
    }

    fn entry(&self, number: usize, key: K, call: Sending<T>) -> Entry<K, T> {
        self.woken.list().numbers.push(number);
        let waker = CallWaker { number, listed: AtomicBool::new(true), woken: Arc::clone(&self.woken) };
        Entry { key, state: CallState::Pending(call), waker: Arc::new(waker) }
    }

    /// Drops all calls.
    pub(super) fn clear(&mut self) {
        self.first = self.first.wrapping_add(self.calls.len());
        self.calls.clear();
    }

    /// Polls the calls that were woken, and returns the result of the first call when it is done. `None` if there are no calls.
    pub(super) fn poll_first(&mut self, context: &mut Context<'_>) -> Poll<Option<(K, CallResult<T>)>> {
        for number in self.woken.take(context.waker()) {
            // The number of a call that was removed is out of range.
            let Some(entry) = self.calls.get_mut(number.wrapping_sub(self.first)) else { continue };
            entry.waker.listed.store(false, Ordering::Release);
            let waker = Waker::from(Arc::clone(&entry.waker));
            if let CallState::Pending(call) = &mut entry.state
                && let Poll::Ready(result) = Pin::new(call).poll(&mut Context::from_waker(&waker))
            {
                entry.state = CallState::Done(result);
            }
        }
        match self.calls.pop_front() {
            None => Poll::Ready(None),
            Some(Entry { key, state: CallState::Done(result), .. }) => {
                self.first = self.first.wrapping_add(1);
                Poll::Ready(Some((key, result)))
            }
            Some(pending) => {
                self.calls.push_front(pending);
                Poll::Pending
            }
        }
    }
}

impl WokenCalls {
    fn list(&self) -> MutexGuard<'_, WokenList> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes and returns the numbers. `waker` is woken when another one is added.
    fn take(&self, waker: &Waker) -> Vec<usize> {
        let mut list = self.list();
        match &mut list.waker {
            Some(current) => current.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
        std::mem::take(&mut list.numbers)
    }
}

impl Wake for CallWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.listed.swap(true, Ordering::AcqRel) {
            let mut list = self.woken.list();
            list.numbers.push(self.number);
            let waker = list.waker.clone();
            drop(list);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::oneshot;

    use super::*;

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test);
    }

    /// Calls that the test completes, and the number of polls of all calls.
    struct Calls {
        ordered: OrderedCalls<usize, ()>,
        ends: Vec<Option<oneshot::Sender<()>>>,
        polls: Arc<AtomicUsize>,
    }

    impl Calls {
        fn of(calls: usize) -> Self {
            let mut all = Self { ordered: OrderedCalls::new(), ends: Vec::new(), polls: Arc::default() };
            for number in 0..calls {
                let call = all.call();
                all.ordered.push(number, call);
            }
            all
        }

        fn call(&mut self) -> Sending<()> {
            let (end, mut ended) = oneshot::channel();
            self.ends.push(Some(end));
            let polls = Arc::clone(&self.polls);
            Sending::test(Box::pin(std::future::poll_fn(move |context| {
                polls.fetch_add(1, Ordering::SeqCst);
                Pin::new(&mut ended).poll(context).map(|_| Err(Error::configuration("ended")))
            })))
        }

        fn end(&mut self, number: usize) {
            self.ends[number].take().unwrap().send(()).unwrap();
        }

        /// Polls once, and returns the number of the first call if it is done.
        async fn poll(&mut self) -> Option<usize> {
            let polled = std::future::poll_fn(|context| Poll::Ready(self.ordered.poll_first(context))).await;
            match polled {
                Poll::Ready(Some((number, _))) => Some(number),
                _ => None,
            }
        }

        fn polls(&self) -> usize {
            self.polls.swap(0, Ordering::SeqCst)
        }
    }

    #[test]
    fn only_calls_that_were_woken_are_polled() {
        run(async {
            let mut calls = Calls::of(1000);
            assert_eq!((calls.poll().await, calls.polls()), (None, 1000));
            assert_eq!((calls.poll().await, calls.polls()), (None, 0));
            calls.end(1);
            assert_eq!((calls.poll().await, calls.polls()), (None, 1));
            calls.end(0);
            assert_eq!((calls.poll().await, calls.polls()), (Some(0), 1));
            assert_eq!((calls.poll().await, calls.polls()), (Some(1), 0));
            calls.end(999);
            calls.end(2);
            assert_eq!((calls.poll().await, calls.polls()), (Some(2), 2));
            assert_eq!(calls.ordered.len(), 997);
        });
    }

    #[test]
    fn a_call_inserted_before_the_others_is_first_and_dropped_calls_wake_no_task() {
        run(async {
            let mut calls = Calls::of(2);
            let first = calls.call();
            calls.ordered.push_first(7, first);
            assert_eq!((calls.poll().await, calls.polls()), (None, 3));
            calls.end(0);
            calls.end(2);
            assert_eq!((calls.poll().await, calls.poll().await), (Some(7), Some(0)));
            calls.polls();
            calls.ordered.clear();
            let next = calls.call();
            calls.ordered.push(8, next);
            assert_eq!((calls.poll().await, calls.polls()), (None, 1));
            calls.end(3);
            assert_eq!((calls.poll().await, calls.polls()), (Some(8), 1));
        });
    }

    #[test]
    fn the_task_is_woken_by_every_call() {
        run(async {
            let mut calls = Calls::of(3);
            let ends: Vec<_> = calls.ends.iter_mut().filter_map(Option::take).collect();
            tokio::spawn(async move {
                for end in ends.into_iter().rev() {
                    tokio::task::yield_now().await;
                    end.send(()).unwrap();
                }
            });
            for number in 0..3 {
                let (found, _) = std::future::poll_fn(|context| calls.ordered.poll_first(context)).await.unwrap();
                assert_eq!(found, number);
            }
        });
    }
}
