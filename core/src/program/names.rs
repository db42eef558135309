//! Names: what a host can ask of a program: its id, its name, its fingerprint, and the names of its parts.

use super::Program;

impl Program {
    /// The id of the program.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "going-social"
    /// #     kinds = {}
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.id(), "going-social");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The program's name in a locale, or its id if it has no name.
    ///
    /// The nearest locale counts: for `de-AT` without a text of its own, the text for `de`, then the English one.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "going-social"
    ///     name = { en = "Going Social", de = "Gemeinsam sichtbar" }
    ///     kinds = {}
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.name("de-AT"), "Gemeinsam sichtbar");
    /// assert_eq!(program.name("fr"), "Going Social");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn name(&self, locale: &str) -> &str {
        self.name.or(locale, &self.id)
    }

    /// A hash of the program's content and of its zone's data. Spaces and comments do not change it; the order of
    /// rules does.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let text = r#"{"version": 1, "id": "going-social", "kinds": {}}"#;
    /// let spaced = text.replace(", ", ",\n    ");
    /// let renamed = text.replace("going-social", "first-steps");
    /// let fingerprint = |text: &str| {
    ///     let tree: Tree = serde_json::from_str(text).unwrap();
    ///     Program::check(&tree, |_| None).unwrap().fingerprint()
    /// };
    /// assert_eq!(fingerprint(text), fingerprint(&spaced));
    /// assert_ne!(fingerprint(text), fingerprint(&renamed));
    /// ```
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The names of the kinds, in the order written.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = {}, "answer.given" = {} }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.kinds().collect::<Vec<_>>(), ["blog.published", "answer.given"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.values().map(|kind| kind.name.as_str())
    }

    /// The names of the rules, in the order written.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// assert_eq!(program.rules().collect::<Vec<_>>(), ["blog"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.values().map(|rule| rule.name.as_str())
    }

    /// The names of the badges, in the order written.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "blog.published" = {} }
    /// #     tallies = { posts = { count = "blog.published" } }
    /// #     badges = { writer = { when = { posts = 1 } }, author = { when = { posts = 20 } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.badges().collect::<Vec<_>>(), ["writer", "author"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn badges(&self) -> impl Iterator<Item = &str> {
        self.badges.values().map(|badge| badge.name.as_str())
    }

    /// The names of the currencies, in the order written.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// let ada = Standing::new(&program);
    /// let totals: Vec<_> = program.currencies().map(|currency| (currency, ada.total(currency))).collect();
    /// assert_eq!(totals, [("points", Some(0))]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn currencies(&self) -> impl Iterator<Item = &str> {
        self.currencies.values().map(|currency| currency.name.as_str())
    }

    /// The names of the rewards, in the order written.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "reward.redeemed" = { attributes = { reward = "text" } } }
    /// #     currencies = { points = {} }
    /// #     redeem = { on = "reward.redeemed" }
    /// #     rewards = { mug = { cost = { points = 10 } }, lunch = { cost = { points = 50 } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.rewards().collect::<Vec<_>>(), ["mug", "lunch"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rewards(&self) -> impl Iterator<Item = &str> {
        self.rewards.values().map(|reward| reward.name.as_str())
    }

    /// The names of the boards, in the order written.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "board.left" = {} }
    /// #     currencies = { points = {} }
    /// #     boards = { month = { of = "points", per = "month", left_by = "board.left" } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.boards().collect::<Vec<_>>(), ["month"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn boards(&self) -> impl Iterator<Item = &str> {
        self.boards.values().map(|board| board.name.as_str())
    }

    /// The names of the profile fields, in the order written.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "profile.updated" = {} }
    /// #     [profile]
    /// #     on = "profile.updated"
    /// #     fields = { motto = { ask = "Your motto?" }, photo = { ask = "A photo?" } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// assert_eq!(program.fields().collect::<Vec<_>>(), ["motto", "photo"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.values().map(|field| field.name.as_str())
    }
}
