//! Members: the calendar and leave, the profile, boards and rewards.

use super::{Check, flag_at, integer_at, text_at, words};
use crate::{
    base::{
        day::{Day, Weekday},
        id_table::{Id, Table},
        sort::sort,
        text::Text,
        time::duration_seconds,
        tree::Tree,
    },
    language::{nearest::unknown, problem::Path},
    program::{
        Attribute, Board, Definition, Field, Kind, Leave, Needs, OwnWeek, Profile, Redeem, Reward, value::AttributeType,
    },
};
use alloc::{format, vec::Vec};

impl Check<'_> {
    /// Whether each weekday is a day of rest, Monday first.
    pub(super) fn rest(&mut self) -> [bool; 7] {
        let days = self.tree.at("/week/rest").map_or(&[][..], Tree::items);
        let rest = Weekday::flags(days.iter().filter_map(Tree::as_text));
        if rest.iter().all(|rests| *rests) {
            self.found.add(&Path::Root.key("week").key("rest"), "lists all seven days; expected at most six");
        }
        rest
    }

    pub(super) fn holidays(&mut self) -> Vec<Day> {
        let dates = self.tree.get("holidays").map_or(&[][..], Tree::items);
        let mut days: Vec<_> = dates.iter().filter_map(|date| Day::parse(date.as_text()?).ok()).collect();
        sort(&mut days);
        days.dedup();
        days
    }

    pub(super) fn leave(&mut self) -> Option<Leave> {
        let tree = self.tree.get("leave")?;
        let path = Path::Root.key("leave");
        let on = self.kind_at(tree, "on", &path);
        let mut day = |key: &str| {
            let name = tree.get(key)?.as_text()?;
            self.attribute(name, &[AttributeType::Time], "a time", on.as_slice(), &path.key(key))
        };
        let (from, until) = (day("from"), day("until"));
        Some(Leave { on: on?, from: from?, until: until? })
    }

    pub(super) fn own_week(&mut self) -> Option<OwnWeek> {
        let tree = self.tree.get("own_week")?;
        let path = Path::Root.key("own_week");
        let on = self.kind_at(tree, "on", &path);
        let mut attribute = |key: &str, of, expected| {
            self.attribute(text_at(tree, key)?, &[of], expected, on.as_slice(), &path.key(key))
        };
        let rest = attribute("rest", AttributeType::Texts, "texts");
        let from = attribute("from", AttributeType::Time, "a time");
        Some(OwnWeek { on: on?, rest: rest?, from })
    }

    pub(super) fn redeem(&mut self, program: &Definition) -> Option<Redeem> {
        let path = Path::Root.key("redeem");
        let Some(tree) = self.tree.get("redeem") else {
            if !self.section("rewards").is_empty() {
                let expected = "`redeem` is missing: the kind by which members redeem rewards";
                self.found.add(&Path::Root.key("rewards"), expected);
            }
            return None;
        };
        let on: Option<Id<_>> = self.kind_at(tree, "on", &path);
        let reward = on.and_then(|on| self.reward_attribute(on, &path.key("on")));
        let approved_by = self.kind_at(tree, "approved_by", &path);
        if approved_by.is_some() && approved_by == on {
            self.found.add(&path.key("approved_by"), "is also the kind of `on`; expected another");
        }
        if tree.get("approved_by").is_none() {
            let section = Path::Root.key("rewards");
            for reward in program.rewards.values().filter(|reward| reward.approval) {
                let message = "needs `approved_by` in `redeem`: the kind by which a redemption is approved";
                self.found.add(&section.key(&reward.name).key("approval"), message);
            }
        }
        Some(Redeem { on: on?, reward: reward?, approved_by })
    }

    /// The attribute that names the redeemed reward.
    fn reward_attribute(&mut self, on: Id<Kind>, path: &Path<'_>) -> Option<Id<Attribute>> {
        let (kind, tree) = self.section("kinds").get(on.index())?;
        match tree.at("/attributes/reward").and_then(Tree::as_text) {
            Some("text") => Id::new(*self.attribute_names.get("reward")?),
            other => {
                let has = other.map_or("has none".into(), |other| format!("has one of type {other}"));
                let expected = "expected an attribute `reward` of type text, which names the reward";
                self.found.add(path, format_args!("{expected}; kind `{kind}` {has}"));
                None
            }
        }
    }

    pub(super) fn rewards(&mut self) -> Table<Reward> {
        let mut rewards = Table::new();
        let section = Path::Root.key("rewards");
        for (name, tree) in self.section("rewards") {
            let path = section.key(name);
            let Some((currency, cost)) = self.amount_of(tree.get("cost"), &path.key("cost")) else { continue };
            rewards.push(Reward {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                description: words(tree.get("description")),
                currency,
                cost,
                stock: integer_at(tree, "stock").and_then(|stock| u32::try_from(stock).ok()),
                approval: flag_at(tree, "approval"),
            });
        }
        rewards
    }

    pub(super) fn fields(&mut self) -> Table<Field> {
        let mut fields = Table::new();
        for (name, tree) in self.tree.at("/profile/fields").map_or(&[][..], Tree::entries) {
            let number = |pointer: &str| {
                tree.at(pointer).and_then(Tree::as_integer).and_then(|number| u32::try_from(number).ok())
            };
            fields.push(Field {
                name: Text::from(&**name),
                ask: words(tree.get("ask")),
                help: words(tree.get("help")),
                section: words(tree.get("section")),
                weight: number("/weight").unwrap_or(1),
                needs: Needs {
                    items: number("/needs/items"),
                    length: number("/needs/length"),
                    link: tree.at("/needs/link").and_then(Tree::as_flag).unwrap_or(false),
                },
                review: text_at(tree, "review").and_then(duration_seconds),
            });
        }
        fields
    }

    pub(super) fn profile(&mut self) -> Option<Profile> {
        let tree = self.tree.get("profile")?;
        let path = Path::Root.key("profile");
        if matches!(tree.get("fields"), Some(Tree::Table(entries)) if entries.is_empty()) {
            self.found.add_missing(&path.key("fields"), "is empty; expected at least one field");
        }
        let on = self.kind_at(tree, "on", &path);
        let published_by = self.kind_at(tree, "published_by", &path);
        let hidden_by = self.kind_at(tree, "hidden_by", &path);
        if published_by.is_some() && published_by == hidden_by {
            self.found.add(&path.key("hidden_by"), "is also the kind of `published_by`; expected another");
        }
        let first = text_at(tree, "first").and_then(|name| {
            let fields = tree.get("fields").map_or(&[][..], Tree::entries);
            let index = fields.iter().position(|(field, _)| *field == *name);
            if index.is_none() {
                let message = unknown("field", name, fields.iter().map(|(field, _)| &**field));
                self.found.add(&path.key("first"), message);
            }
            Id::new(index?)
        });
        Some(Profile { on: on?, published_by, hidden_by, first })
    }

    pub(super) fn boards(&mut self) -> Table<Board> {
        let mut boards = Table::new();
        let section = Path::Root.key("boards");
        for (name, tree) in self.section("boards") {
            let path = section.key(name);
            let currency = self.id_at("currencies", "currency", tree, "of", &path);
            let joined_by = self.kind_at(tree, "joined_by", &path);
            let left_by = self.kind_at(tree, "left_by", &path);
            if joined_by.is_some() && joined_by == left_by {
                self.found.add(&path.key("left_by"), "is also the kind of `joined_by`; expected another");
            }
            let (Some(currency), Some(left_by)) = (currency, left_by) else { continue };
            let per_month = text_at(tree, "per") == Some("month");
            boards.push(Board {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                currency,
                per_month,
                joined_by,
                left_by,
            });
        }
        boards
    }
}
