//! A small cache for values that many calls need and that take time to compute.

use std::fmt;
use std::sync::{PoisonError, RwLock};

/// A few values by key, found by a linear search. Any number of threads can read it at the same time.
///
/// Clones start with an empty cache, and the cache is ignored by `==`.
pub(crate) struct Cache<K, V> {
    entries: RwLock<Vec<(K, V)>>,
    capacity: usize,
    in_use: fn(&V) -> bool,
}

impl<K, V: Clone> Cache<K, V> {
    /// Creates an empty cache. When it is full, all entries are removed before the next one is added.
    pub(crate) const fn new(capacity: usize) -> Self {
        Self::with_in_use(capacity, |_| false)
    }

    /// Creates an empty cache that removes only values for which `in_use` is false. It grows beyond `capacity` if all are in use.
    pub(crate) const fn with_in_use(capacity: usize, in_use: fn(&V) -> bool) -> Self {
        Self { entries: RwLock::new(Vec::new()), capacity, in_use }
    }

    /// Returns the value whose key matches, or adds the one that `make` returns. `make` runs at most once at a time.
    ///
    /// # Errors
    /// The error of `make`. Errors are not cached.
    pub(crate) fn get<E>(
        &self,
        matches: impl Fn(&K) -> bool,
        make: impl FnOnce() -> Result<(K, V), E>,
    ) -> Result<V, E> {
        let find = |entries: &[(K, V)]| entries.iter().find(|(key, _)| matches(key)).map(|(_, value)| value.clone());
        let found = find(&self.entries.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(value) = found {
            return Ok(value);
        }
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have added it before this one got the lock.
        if let Some(value) = find(&entries) {
            return Ok(value);
        }
        let (key, value) = make()?;
        if entries.len() >= self.capacity {
            entries.retain(|(_, value)| (self.in_use)(value));
        }
        entries.push((key, value.clone()));
        Ok(value)
    }
}

impl<K, V: Clone> Clone for Cache<K, V> {
    fn clone(&self) -> Self {
        Self::with_in_use(self.capacity, self.in_use)
    }
}

impl<K, V> PartialEq for Cache<K, V> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<K, V> Eq for Cache<K, V> {}

/// Shows no entry: values may be secret.
impl<K, V> fmt::Debug for Cache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;
    use std::sync::Arc;

    use super::*;

    fn square(cache: &Cache<u32, u32>, number: u32) -> u32 {
        let Ok(value) = cache.get(|key| *key == number, || Ok::<_, Infallible>((number, number * number)));
        value
    }

    #[test]
    fn a_value_is_computed_once_per_key() {
        let (cache, computed) = (Cache::<u32, u32>::new(8), Cell::new(0));
        for number in [7, 7, 8, 9, 7, 8] {
            let value = cache.get(
                |key| *key == number,
                || {
                    computed.set(computed.get() + 1);
                    Ok::<_, ()>((number, number * number))
                },
            );
            assert_eq!(value, Ok(number * number));
        }
        assert_eq!(computed.get(), 3);
    }

    #[test]
    fn an_error_is_not_cached() {
        let cache = Cache::<u32, u32>::new(8);
        assert_eq!(cache.get(|key| *key == 1, || Err("not yet")), Err("not yet"));
        assert_eq!(cache.get(|key| *key == 1, || Ok::<_, &str>((1, 5))), Ok(5));
    }

    #[test]
    fn a_full_cache_keeps_only_entries_in_use() {
        let cache = Cache::<u32, Arc<u32>>::with_in_use(4, |value| Arc::strong_count(value) > 1);
        let get = |number: u32| {
            let Ok(value) = cache.get(|key| *key == number, || Ok::<_, Infallible>((number, Arc::new(number))));
            value
        };
        let in_use = [get(1), get(3)];
        for number in 0..100 {
            assert_eq!(*get(number), number);
            assert!(cache.entries.read().unwrap().len() <= 4);
        }
        for value in &in_use {
            assert!(Arc::ptr_eq(value, &get(**value)));
        }
        let all: Vec<_> = (0..10).map(get).collect();
        assert_eq!(all.len(), cache.entries.read().unwrap().len());
    }

    #[test]
    fn threads_that_evict_entries_of_each_other_get_the_value_of_their_key() {
        let cache = Cache::<u32, u32>::new(8);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let cache = &cache;
                scope.spawn(move || {
                    for round in 0..2_000 {
                        let number = (thread + round) % 13;
                        assert_eq!(square(cache, number), number * number);
                    }
                });
            }
        });
    }
}
