//! News: what a page tells a member after a deed, and what it does not tell.

use crate::world::{activity, program};
use knownfor::{
    Engine, Timestamp, ViewContext,
    view::{BoardView, MemberView, Participation, Seen},
};
use serde_json::{Value, json};

const NOW: &str = "2026-12-31T12:00:00Z";

/// A company of one member, who does things.
struct Company {
    engine: Engine,
    deeds: usize,
}

impl Company {
    fn new() -> Self {
        let rules = json!({ "version": 1, "id": "p", "kinds": { "post": {}, "joined": {}, "left": {}, "published": {}, "said": {} },
            "currencies": { "points": {} }, "rules": { "post": { "on": "post", "give": { "points": 5 } } },
            "tallies": { "posts": { "count": "post" } },
            "levels": { "reader": { "min": { "points": 10 } } },
            "profile": { "on": "said", "published_by": "published", "fields": { "motto": { "ask": "Yours?" } } },
            "boards": { "all": { "of": "points", "joined_by": "joined", "left_by": "left" } },
            "badges": { "pair": { "when": { "posts": 2 }, "given": "every" },
                "writer": { "grades": { "bronze": { "posts": 1 }, "silver": { "posts": 3 } } } } });
        Self { engine: Engine::new(program(&rules)), deeds: 0 }
    }

    fn does(&mut self, kind: &str) {
        self.deeds += 1;
        let day = format!("2026-03-{:02}T09:30:00Z", self.deeds);
        let deed: Value = json!({ "id": self.deeds.to_string(), "at": day, "kind": kind, "actor": "ada" });
        let deed = activity(self.engine.program(), &deed);
        self.engine.apply(deed).expect("it is accepted");
    }

    fn context() -> ViewContext<'static> {
        ViewContext::of("ada", "en", NOW.parse::<Timestamp>().expect("a time"))
    }

    fn view(&self) -> MemberView {
        self.engine.view("ada", &Self::context()).expect("one's own view")
    }

    fn board(&self) -> BoardView {
        self.engine.board("all", &Self::context(), 5).expect("the program has the board")
    }
}

/// The badges that are news in a view, with grade and times.
fn told(view: &MemberView, before: &MemberView) -> Vec<(String, Option<String>, u32)> {
    let badges = view.news_since(before).earned.badges;
    badges.into_iter().map(|badge| (badge.badge.clone(), badge.face.grade.clone(), badge.times)).collect()
}

#[test]
fn a_badge_is_news_when_new_higher_or_more_often_and_never_when_it_falls() {
    let mut company = Company::new();
    let mut views = vec![company.view()];
    for _ in 1..=4 {
        company.does("post");
        views.push(company.view());
    }
    let writer = |grade: &str| ("writer".to_owned(), Some(grade.to_owned()), 1);
    let pair = |times| ("pair".to_owned(), None, times);
    assert_eq!(told(&views[1], &views[0]), [writer("bronze")]);
    assert_eq!(told(&views[2], &views[1]), [pair(1)]);
    assert_eq!(told(&views[3], &views[2]), [writer("silver")]);
    assert_eq!(told(&views[4], &views[3]), [pair(2)]);
    for (later, earlier) in [(4, 3), (3, 2), (2, 1), (1, 0)] {
        assert_eq!(told(&views[earlier], &views[later]), []);
    }
    let levels = views.windows(2).map(|pair| pair[1].news_since(&pair[0]).earned.level.map(|level| level.number));
    assert_eq!(levels.collect::<Vec<_>>(), [None, Some(1), None, None]);
}

#[test]
fn what_was_seen_is_told_once_even_if_it_was_lost_in_between() {
    let mut company = Company::new();
    let (mut seen, mut told) = (Seen::default(), Vec::new());
    let mut look = |company: &Company| {
        let view = company.view();
        told.extend(seen.news_in(&view).badges.iter().map(|badge| format!("{} {}", badge.badge, badge.times)));
        seen.add(&view);
    };
    for _ in 1..=4 {
        company.does("post");
    }
    look(&company);
    // An activity is void, and takes the second pair away. Another one brings it back.
    company.engine.void("wiki", "1");
    look(&company);
    company.does("post");
    look(&company);
    told.sort();
    assert_eq!(told, ["pair 2", "writer 1"]);
}

#[test]
fn a_board_tells_joining_and_leaving() {
    let mut company = Company::new();
    let mut boards = vec![company.board()];
    for kind in ["published", "joined", "left"] {
        company.does(kind);
        boards.push(company.board());
    }
    let news = boards.windows(2).map(|pair| pair[1].news_since(&pair[0]));
    assert_eq!(news.collect::<Vec<_>>(), [None, Some(Participation::Joined), Some(Participation::Left)]);
    let mut other = boards[2].clone();
    other.board = "another".into();
    assert_eq!(other.news_since(&boards[1]), None);
}
