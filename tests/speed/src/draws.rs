//! Draws: pseudo-random numbers that are the same on every machine.

/// SplitMix64.
pub(super) struct Draws(u64);

impl Draws {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to but not including `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        ((self.next() >> 32) * end) >> 32
    }

    /// One of the items.
    pub(super) fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }
}

/// A draw from members of whom the first is twice as busy as the second and three times as the third (Zipf's law).
pub(super) struct Zipf {
    /// The cumulative sums of the weights.
    sums: Vec<u64>,
}

impl Zipf {
    pub(super) fn new(members: u64) -> Self {
        let weights = (1..=members).map(|rank| (1_u64 << 32) / rank);
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// The name of a member. Busy members are spread over the names, so neighbours in a table are not all busy.
    pub(super) fn member(&self, draws: &mut Draws) -> String {
        let members = self.sums.len();
        let drawn = draws.next() % self.sums[members - 1];
        let rank = self.sums.partition_point(|sum| *sum <= drawn);
        format!("m{:06}", (rank * 7_919 + 13) % members)
    }
}
