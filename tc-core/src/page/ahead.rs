//! Calls under way, their answers taken in the order in which they were sent.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::client::Sending;
use crate::error::Error;
use crate::response::Response;

/// Calls under way, each with what is known of it. However many there are, only those that were woken are polled.
pub(super) struct Ahead<K, T> {
    flights: VecDeque<Flight<K, T>>,
    /// The number of the first flight; the others are numbered from there on.
    first: usize,
    woken: Arc<Woken>,
}

/// The outcome of a call.
pub(super) type Answer<T> = Result<Response<T>, Error>;

struct Flight<K, T> {
    about: K,
    call: Call<T>,
    waker: Arc<FlightWaker>,
}

enum Call<T> {
    Under(Sending<T>),
    Landed(Answer<T>),
}

#[derive(Default)]
struct Woken(Mutex<List>);

/// The numbers of the flights that are to be polled, and who asks for their answers.
#[derive(Default)]
struct List {
    numbers: Vec<usize>,
    waker: Option<Waker>,
}

struct FlightWaker {
    number: usize,
    /// Whether its number is in the list.
    listed: AtomicBool,
    woken: Arc<Woken>,
}

impl<K, T: Send + 'static> Ahead<K, T> {
    pub(super) fn new() -> Self {
        // Flights are put before the first one too.
        Self { flights: VecDeque::new(), first: usize::MAX / 2, woken: Arc::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.flights.len()
    }

    pub(super) fn push(&mut self, about: K, call: Sending<T>) {
        let flight = self.flight(self.first.wrapping_add(self.flights.len()), about, call);
        self.flights.push_back(flight);
    }

    /// Puts a call before all the others.
    pub(super) fn push_first(&mut self, about: K, call: Sending<T>) {
        self.first = self.first.wrapping_sub(1);
        let flight = self.flight(self.first, about, call);
        self.flights.push_front(flight);
    }

    fn flight(&self, number: usize, about: K, call: Sending<T>) -> Flight<K, T> {
        self.woken.list().numbers.push(number);
        let waker = FlightWaker { number, listed: AtomicBool::new(true), woken: Arc::clone(&self.woken) };
        Flight { about, call: Call::Under(call), waker: Arc::new(waker) }
    }

    /// Gives up all calls.
    pub(super) fn clear(&mut self) {
        self.first = self.first.wrapping_add(self.flights.len());
        self.flights.clear();
    }

    /// The answer of the first call; none where there is no call.
    pub(super) fn poll_first(&mut self, context: &mut Context<'_>) -> Poll<Option<(K, Answer<T>)>> {
        for number in self.woken.take(context.waker()) {
            // A number of a flight that has left is beyond all places.
            let Some(flight) = self.flights.get_mut(number.wrapping_sub(self.first)) else { continue };
            flight.waker.listed.store(false, Ordering::Release);
            let waker = Waker::from(Arc::clone(&flight.waker));
            if let Call::Under(call) = &mut flight.call
                && let Poll::Ready(answer) = Pin::new(call).poll(&mut Context::from_waker(&waker))
            {
                flight.call = Call::Landed(answer);
            }
        }
        match self.flights.pop_front() {
            None => Poll::Ready(None),
            Some(Flight { about, call: Call::Landed(answer), .. }) => {
                self.first = self.first.wrapping_add(1);
                Poll::Ready(Some((about, answer)))
            }
            Some(under) => {
                self.flights.push_front(under);
                Poll::Pending
            }
        }
    }
}

impl Woken {
    fn list(&self) -> MutexGuard<'_, List> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The numbers listed so far; `waker` is woken when another one is.
    fn take(&self, waker: &Waker) -> Vec<usize> {
        let mut list = self.list();
        match &mut list.waker {
            Some(known) => known.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
        std::mem::take(&mut list.numbers)
    }
}

impl Wake for FlightWaker {
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
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test);
    }

    /// Calls that end when they are told to, and how often all of them were polled.
    struct Calls {
        ahead: Ahead<usize, ()>,
        ends: Vec<Option<oneshot::Sender<()>>>,
        polls: Arc<AtomicUsize>,
    }

    impl Calls {
        fn of(calls: usize) -> Self {
            let mut all = Self { ahead: Ahead::new(), ends: Vec::new(), polls: Arc::default() };
            for number in 0..calls {
                let call = all.call();
                all.ahead.push(number, call);
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

        /// Asks once: the number of the first call, if it has ended.
        async fn ask(&mut self) -> Option<usize> {
            let asked = std::future::poll_fn(|context| Poll::Ready(self.ahead.poll_first(context))).await;
            match asked {
                Poll::Ready(Some((number, _))) => Some(number),
                _ => None,
            }
        }

        fn polls(&self) -> usize {
            self.polls.swap(0, Ordering::SeqCst)
        }
    }

    #[test]
    fn only_what_was_woken_is_polled() {
        run(async {
            let mut calls = Calls::of(1000);
            assert_eq!((calls.ask().await, calls.polls()), (None, 1000));
            assert_eq!((calls.ask().await, calls.polls()), (None, 0));
            calls.end(1);
            assert_eq!((calls.ask().await, calls.polls()), (None, 1));
            calls.end(0);
            assert_eq!((calls.ask().await, calls.polls()), (Some(0), 1));
            assert_eq!((calls.ask().await, calls.polls()), (Some(1), 0));
            calls.end(999);
            calls.end(2);
            assert_eq!((calls.ask().await, calls.polls()), (Some(2), 2));
            assert_eq!(calls.ahead.len(), 997);
        });
    }

    #[test]
    fn a_call_put_before_the_others_is_the_first_and_those_given_up_wake_nobody() {
        run(async {
            let mut calls = Calls::of(2);
            let first = calls.call();
            calls.ahead.push_first(7, first);
            assert_eq!((calls.ask().await, calls.polls()), (None, 3));
            calls.end(0);
            calls.end(2);
            assert_eq!((calls.ask().await, calls.ask().await), (Some(7), Some(0)));
            calls.polls();
            calls.ahead.clear();
            let next = calls.call();
            calls.ahead.push(8, next);
            assert_eq!((calls.ask().await, calls.polls()), (None, 1));
            calls.end(3);
            assert_eq!((calls.ask().await, calls.polls()), (Some(8), 1));
        });
    }

    #[test]
    fn whoever_asks_is_woken_by_any_call() {
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
                let (found, _) = std::future::poll_fn(|context| calls.ahead.poll_first(context)).await.unwrap();
                assert_eq!(found, number);
            }
        });
    }
}
