//! Grown: things by their key, mostly few, that may grow with the record. A tree has room for eleven from the first on; into a long list
//! it would take ever longer to put something. A page, whose record is short, loads no tree.

#[cfg(target_arch = "wasm32")]
pub(crate) use crate::base::map::Map as Grown;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::Grown;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use crate::base::map::{Many, Map};

    #[derive(Clone, Debug)]
    pub(crate) enum Grown<K, V> {
        Short(Map<K, V>),
        Long(Many<K, V>),
    }

    impl<K: Ord, V> Grown<K, V> {
        /// More are a tree.
        pub(super) const SHORT: usize = 24;

        pub(crate) fn len(&self) -> usize {
            match self {
                Self::Short(short) => short.len(),
                Self::Long(long) => long.len(),
            }
        }

        /// All entries in order.
        pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
            let (short, long) = match self {
                Self::Short(short) => (Some(short), None),
                Self::Long(long) => (None, Some(long)),
            };
            let short = short.into_iter().flat_map(Map::iter).map(|(key, value)| (key, value));
            short.chain(long.into_iter().flatten())
        }

        /// Puts a value under a key.
        pub(crate) fn insert(&mut self, key: K, value: V) {
            match self {
                Self::Short(short) => drop(short.insert(key, value)),
                Self::Long(long) => drop(long.insert(key, value)),
            }
            if let Self::Short(short) = self
                && short.len() > Self::SHORT
            {
                *self = Self::Long(short.take_all().into_iter().collect());
            }
        }

        pub(crate) fn retain(&mut self, stays: impl FnMut(&K, &mut V) -> bool) {
            match self {
                Self::Short(short) => short.retain(stays),
                Self::Long(long) => long.retain(stays),
            }
        }
    }

    impl<K: Ord, V> Default for Grown<K, V> {
        fn default() -> Self {
            Self::Short(Map::new())
        }
    }

    impl<K: Ord, V: PartialEq> PartialEq for Grown<K, V> {
        // One that was long once may be as short as one that never was.
        fn eq(&self, other: &Self) -> bool {
            self.iter().eq(other.iter())
        }
    }

    impl<K: Ord, V: Eq> Eq for Grown<K, V> {}

    impl<K: Ord, V> Extend<(K, V)> for Grown<K, V> {
        fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
            entries.into_iter().for_each(|(key, value)| self.insert(key, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_in_order_however_long() {
        for count in [1, Grown::<usize, usize>::SHORT, Grown::<usize, usize>::SHORT + 1, 100] {
            let mut grown = Grown::default();
            for number in (0..count).rev() {
                grown.insert(number, 0);
                grown.insert(number, number * 2);
            }
            assert_eq!(grown.len(), count);
            assert!(grown.iter().map(|(key, value)| (*key, *value)).eq((0..count).map(|number| (number, number * 2))));
        }
    }

    #[test]
    fn what_was_long_is_the_same_as_what_never_was() {
        let (mut grown, mut short) = (Grown::default(), Grown::default());
        grown.extend((0..100).map(|number| (number, number)));
        grown.retain(|key, _| key % 10 == 0);
        short.extend((0..10).map(|number| (number * 10, number * 10)));
        assert_eq!(grown, short);
        short.insert(0, 1);
        assert_ne!(grown, short);
    }
}
