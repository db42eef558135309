//! English: what a data sheet says in English.

use super::texts::{CountedTexts, Subjects, Tests, Texts};

pub(super) const ENGLISH: Texts = Texts {
    title: "Data sheet: {name}",
    yes: "yes",
    no: "no",
    none: "none",
    never: "never",
    and: " and ",
    or: " or ",
    not: "not {test}",
    audiences: ["only the member", "the member’s team", "everyone in the company", "everyone, outside too"],
    actor: "who did it",
    owner: "the object’s owner",
    recipient: "the recipients",
    the_member: "the member",
    object: "the object",
    windows: ["per day", "per week", "per month", "per quarter", "per year", "per season", "in all"],
    calendar_units: ["days", "weeks", "months", "quarters", "years", "seasons", "days"],
    season_of_days: "{season} of {number} days (one begins on {date})",
    season_of_months: "{season} of {number} months (one begins on {date})",
    units: ["days", "hours", "minutes", "seconds"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    within: "within {time}",
    apart: "separately for: {key}",
    from: "from {moment}",
    until: "until {moment}",
    backfill: "earlier activities count too",
    least: "at least {n}",
    most_of: "at most {n}",
    answered: "“{question}” is answered",
    complete: "the profile is {n} % complete",
    reached_level: "level “{level}” is reached",
    has_badge: "badge “{badge}” is held",
    did_challenge: "all steps of “{challenge}” are done",
    only_if: "only if {test}",
    purpose: "What it is for, and what it is not for",
    about: "The software made this sheet from the rules that it applies. What the rules do not say is listed at the \
        end as a question for the company. A “member” is a person whom an activity names. Names in brackets are \
        those in the rules.",
    contents: "The programme counts activities by fixed rules. It has these: kinds of activities: {kinds}, rules \
        for points: {rules}, counts: {tallies}, badges: {badges}, boards: {boards}, rewards: {rewards}. All of them \
        are listed on this sheet.",
    excluded: "The software has no function for these uses:",
    excluded_uses: [
        "Rating performance or conduct: it gives no marks and makes no forecasts of a person.",
        "Recording working time or presence: it counts only the activities listed here. Each of them has a time, \
            though.",
        "Listing all members by points for a manager: none of its views does that.",
        "Reading what people write: it receives only the details listed here, and compares and counts them.",
    ],
    purpose_open: "The company’s purpose, and the uses that an agreement rules out, are not in the rules: see the \
        questions for the company. Technically, the record is suited to watching what a person does, because it \
        says who did what and when.",
    kinds: "What is recorded, and from which systems",
    each_activity: [
        "Of every activity are kept: its source and id, its time, its kind, and, if the system says so, who did it, \
            whose object it was, who received it and which object it was.",
        "Besides these, only the details listed here are kept. Other details that a system sends are dropped when \
            they are read.",
        "“Done before” says who is around where the activity happens. This software itself shows no single activity \
            to others.",
    ],
    unknown_ignored: "Activities of other kinds are ignored.",
    unknown_refused: "Activities of other kinds are refused.",
    kinds_head: ["Activity", "Details", "Done before", "Used for", "System"],
    types: ["number", "text", "yes or no", "time", "person", "list of texts"],
    uses: ["points", "counts", "consent, choices, joining and leaving", "takes back:"],
    undone_by_id: "the activity whose id it names",
    by_anyone: " (of anyone)",
    system_open: "open: the company names it",
    system_none: "no listed system: only the application itself",
    profile: "The profile asks these questions. The software learns which of them are answered, and never an \
        answer. The application that shows the profile keeps the answers. “Does not apply” and “I would rather not \
        say” count as answered.",
    fields_head: ["Question", "An answer needs", "Asked again after"],
    needs_item: "at least one item",
    needs_items: "at least {n} items",
    needs_length: "at least {n} characters",
    needs_link: "a link",
    leave: "Members record when they are away, with the first and the last day: {kind}.",
    own_week: "Members say on which weekdays they do not work, if they wish: {kind}.",
    rules: "Every rule, count and badge",
    rules_how: "Points are given by these rules. Counts serve rules, badges, topics and challenges. A badge is \
        given for a goal.",
    derived: "What is derived from it",
    derived_always: [
        "All that is derived follows from the record by the rules on this sheet. The same record always gives the \
            same result.",
        "What is derived is: points with their reasons, counts, badges, levels, how complete a profile is, and what \
            follows from these: progress, next steps, ranks on boards and figures of groups.",
    ],
    currencies_head: ["Points", "Who sees the total", "Starts at", "Never below", "Counted"],
    only_member: "only the member",
    as_points: "as the member shares points",
    as_badges: "as the member shares badges",
    no_currencies: "There are no points.",
    rules_head: ["Rule", "For", "To", "Gives", "Limits"],
    no_rules: "No rule gives points.",
    given: ["once", "once for each object or key", "each time again for every multiple", "each time anew"],
    nth: "{steps} in turn, the last from then on ({scope}):",
    by: "{times} for every {every} of “{attribute}”, at most {max}",
    best: "only what is above the best so far ({scope})",
    limit_once: "at most once ({scope})",
    limit_times: "at most {n} times ({scope})",
    limit_points: "at most {n} points ({scope})",
    shared_limit: "together with other rules (“{limit}”)",
    tallies_head: ["Count", "What is counted", "Of whom", "Period"],
    no_tallies: "Nothing is counted beyond points.",
    badges_head: ["Badge", "For", "Given", "Kept", "Who sees it"],
    no_badges: "There are no badges.",
    while_true: "only while it holds",
    while_its_badges: "while all badges that it needs are held",
    stays: "for good",
    badge_accepted: "others only after the member accepts it ({kind})",
    badge_hidden: "the member can hide it ({kind})",
    badge_secret: "not announced before it is earned",
    others_head: ["Sort", "Name", "What it is"],
    no_others: "There are no levels, topics, challenges, boards, rewards, allowances or gains.",
    sorts: [
        "level",
        "topics",
        "challenge",
        "step of a challenge",
        "shared goal",
        "board",
        "reward",
        "allowance",
        "gain for oneself",
    ],
    level_from: "from {n} {currency} on",
    level_repeated: ", then {count} more up to “{level}” from {n} on",
    strength: "strength of a topic",
    topic_names: "topics that the rules name",
    topic_strength: "the sum of: {evidence}",
    challenge: "Days: {days}. Nobody is in it who did not join ({kind}).",
    days_from_joining: "{n} from joining",
    left: "Members leave by {kind}.",
    board_month: "Members in order of this month’s {currency}.",
    board_ever: "Members in order of all {currency}.",
    board_joined: "Only those who joined ({kind}).",
    board_of_all: "Everyone who published is on it without being asked.",
    reward: "Costs {n} {currency}; stock: {stock}.",
    stock_open: "unlimited",
    approved: "Somebody has to approve it.",
    not_approved: "Nobody has to approve it.",
    allowance: "A member may give of “{tally}”: in all {most}, for each key {each}.",
    people: "Who sees what of a member",
    parts_head: ["Part", "Before publishing", "After publishing", "The member can choose otherwise"],
    parts: ["points and level", "badges", "topics that one is known for", "what the profile says", "rows on boards"],
    published_by: "Others see nothing of a member before the member publishes: {kind}.",
    never_published: "The rules have no way to publish, so others see nothing of a member but rows on boards.",
    hidden_by: "A member hides everything again at any time: {kind}.",
    gone_by: "Nobody is shown any more after: {kinds}.",
    earn_nothing: "These accounts earn nothing and are never shown: {accounts}.",
    models: "Role models are members who agreed ({kind}). Others see which steps they could take themselves, and no \
        numbers.",
    claimed_by: "Others see and find only topics that the member claims ({kind}), with the numbers that speak for \
        them. What only one or two colleagues confirm is not shown.",
    never_claimed: "Others see every topic for which something speaks, also without the member’s claim.",
    named_by: "A colleague who confirms a topic is named only if that colleague agreed and the viewer may see their \
        profile.",
    never_named: "Nobody who confirms a topic is named to others.",
    boards_seen: "Only members on a board see its rows, in their neighbourhood, and nobody is shown as last.",
    challenges_seen: "Only the member sees their own days and steps in a challenge.",
    sight: [
        "Only the member sees: the reasons for points and badges, progress, next steps, private points, gains, and \
            what they declined.",
        "The record itself, activity by activity, is in no view of others.",
        "Members speak for themselves: an activity publishes, claims, joins or chooses only for the person who did \
            it. The application has to make sure that nobody sends one in another person’s name.",
        "What colleagues received from a member, such as thanks, keeps counting for them when the member hides or \
            leaves. Whether they learn from whom it came is up to the application.",
        "The application says who belongs to which team.",
    ],
    administrators: "Besides these views, people have access through the machines:",
    access: [
        "Administrators, and everyone with access to the server, the database or its backups, can read everything \
            about everyone, also what is hidden or private. The software does not encrypt it.",
        "With the rules and the record, anyone can work out the points, badges and topics of every member, whatever \
            the members share. A command that comes with the software does it.",
        "Developers of the application can show more than these views. The software does not prevent that.",
        "The systems that send activities have them anyway.",
    ],
    managers: "What managers see, how, and what risk remains",
    no_managers: "The software has no role for managers. A manager sees of a member what every colleague in the \
        same team or company sees. People who run the programme also see figures of groups:",
    groups: "No figure is about fewer than {n} members.",
    cohort: "What everyone in a challenge reaches together is shown once {n} of them have joined and published, in \
        bands that change once a day.",
    method: [
        "Of a group they see its number of members and three bands: how many published, how many of these did \
            something last month, how many share a profile that is three quarters done.",
        "The bands are: few (fewer than a fifth), some (fewer than half), most (fewer than four fifths), nearly \
            all. No band says nobody or everybody.",
        "Only what everyone in the company can see is counted. Private deeds and words to a team change no figure. \
            A member who hides counts like one who never did anything.",
        "Figures are those with which the month began. They change once a month.",
        "Smaller groups are shown together. If they are still too few, the smallest larger group joins them. If all \
            are too few, nothing is shown. So nothing can be subtracted.",
    ],
    residual: "What risk remains:",
    residual_risks: [
        "A band can change because of one person. Somebody who knows all others of a group can then tell what that \
            person did, if it was visible to everyone in the company anyway.",
        "A company that forms other groups of the same people gives the protection away. The software cannot notice \
            it.",
        "A manager in the member’s team sees what the member shares with the team.",
    ],
    most: "The most points that one member can get",
    most_how: "These numbers follow from amounts and limits. Conditions are not looked at, so a member may never \
        reach them, but nobody gets more. What an activity that was taken back moves comes at its own time.",
    most_head: ["Points", "Who sees the total", "A day", "A week", "A month"],
    no_end: "no upper limit",
    warnings: "Open warnings",
    warnings_how: "The software looks for known mechanics that harm people, and for parts without effect. No \
        warning does not mean that a programme is harmless.",
    warnings_head: ["Where", "Why", "What to do instead"],
    no_warnings: "There are no warnings.",
    cost: "What not taking part costs",
    losses: "Rules that take points away: {names}.",
    no_losses: "No rule takes points away. Points go only if what they were for is taken back or corrected.",
    fading: "These go again, by time or when they no longer hold: {names}.",
    no_fading: "Badges and levels once reached stay.",
    reward_cost: "Only those with points can get these rewards: {names}.",
    no_reward_cost: "Points buy nothing: the rules have no rewards.",
    board_cost: "These boards have everyone who published, without being asked: {names}.",
    no_board_cost: "Nobody is on a board without having joined it.",
    cost_always: [
        "Members who never publish keep everything that they earn, and only they see it.",
        "Not taking part is not the same as not being recorded: if a system sends activities of a person, they are \
            recorded and counted, whether the person wants it or not. Only the system or the application can leave \
            them out.",
        "Whether anything else depends on taking part, such as pay or appraisal, the rules do not say.",
    ],
    retention: "How long the record and the sums are kept",
    retained_months: "Activities are kept for {n} months. Of older ones, only sums are kept: totals, levels, badges, \
        counts, and what the member answered and chose.",
    retained: [
        "The application has the sums made. The intranet that comes with the software does it once a day.",
        "What became a sum can no longer be explained, worked out again, taken back or taken out, and nothing from \
            before that time is taken in any more.",
        "A sum has no texts and no ids of activities. It has the moments of badges, and the names of what the rules \
            count one by one, such as objects, topics and colleagues.",
        "Until then, sums, badges and counts follow from the record. If an activity is taken out of the record, all \
            that followed from it goes too, to the last point.",
        "An activity that a later one takes back is kept as long as all others.",
        "The sums of people who left stay until the company erases them.",
        "Backups and copies are the company’s. The software does not know of them.",
    ],
    seasons: "These totals begin anew: {currencies}. Their activities are kept as long as all others.",
    rights: "Export, erasure and objection",
    export_and_erasure: [
        "Information: the software tells a member what counted, why each point and badge was given, and why \
            something gave nothing.",
        "Export: every activity can be written out as it is kept, and so can everything that a sum counts. The \
            application has to offer the file, as the intranet that comes with the software does.",
        "Erasure: what only this member is named in leaves the record. In the rest a pseudonym takes the member’s \
            place, because what colleagues have rests on it. The member’s sum is deleted. The company removes the \
            name from texts, ids, backups and other systems itself, and makes sure that no system sends it again. \
            The intranet that comes with the software has a command for all that its own database holds.",
        "Correction: as long as an activity is kept, it can be taken out of the record as if it had never happened.",
    ],
    objection: "What members can refuse and take back themselves:",
    objection_head: ["What", "By which activity"],
    objections: [
        "hide everything",
        "choose who sees which part",
        "decline a topic",
        "decline a step",
        "stop being a role model",
    ],
    no_objection: "not possible with these rules",
    leave_board: "leave the board “{board}”",
    leave_challenge: "leave the challenge “{challenge}”",
    taking_back: "take something back",
    looked: "Who looked",
    looked_says: [
        "The software itself keeps no log of who looked at what. Nobody can tell afterwards who saw a member’s view or \
            read the database.",
        "The application can write down who looks at the figures of groups. The intranet that comes with the software \
            does: by day, for 13 months, for everyone to read.",
    ],
    inference: "Nothing is learned or inferred",
    inference_says: [
        "There is no learning, no model, no profile of personality and no chance: every result follows from the \
            rules listed here, and every point has a reason that the member can read.",
        "The software evaluates no writing, feelings, photos or recordings, and asks no service on the internet.",
        "It decides nothing about a person that has legal effect. What people do with its results, it does not know.",
    ],
    promises: "What cannot be promised",
    promises_says: [
        "That people with access to the machines do not look, copy or evaluate: no software can promise that.",
        "That nobody uses points or badges in an appraisal, a conversation or a reference.",
        "That colleagues do not pass on what they may see.",
        "That what the systems send is true, complete and sent with the person’s knowledge.",
        "That the application shows only what these views hold, and runs these rules: compare the hash.",
        "That a figure about a group never lets anyone guess about a person who is visible anyway.",
        "That members feel free: taking part can be expected of people without any rule saying so.",
        "That texts in details, such as a title, name nobody.",
    ],
    open: "To be answered by the company",
    open_how: "No rule answers these questions. Until the company answers them, they are open.",
    open_head: ["Question", "Answer"],
    questions: [
        "What is the purpose, and how is it checked whether it is reached?",
        "Which uses does the agreement exclude: appraisal, pay, promotion, transfer, dismissal, comparison of teams?",
        "Is it ruled out to use data of the programme against a person, and what follows from a breach?",
        "What is the legal basis, and is there a works agreement (in Germany: § 87 (1) no. 6 BetrVG)?",
        "Was a data protection impact assessment made, and what was its result?",
        "Is taking part voluntary, how is consent given and withdrawn, and who makes sure that nobody is pressed?",
        "How are people left out of the record who do not want to be in it at all?",
        "Do details or answers reveal what needs particular protection, such as health, religion or union \
            membership?",
        "Are the months for which activities are kept right, how long do sums stay, and who erases them then?",
        "Who are the administrators, who has access to the database and its backups, and how is that access logged?",
        "Who runs the programme, and what does the application show them beyond the figures of groups?",
        "Which groups are the figures formed of, and is it excluded to form others of the same people?",
        "Where does it run, who processes data on behalf of the company, and does any of it leave the EU?",
        "How do members get their export, have themselves erased, and object, and how soon is that done?",
        "Who tells members about all this, when, and where is this sheet kept for them?",
        "Whom do members and the works council ask: contact and data protection officer?",
        "Who may change the rules, and does a change need the works council’s consent beforehand?",
        "How can the works council check what really runs?",
        "Which messages does the application send, to whom, and are people left alone outside working hours?",
        "Is taking part working time?",
        "When is it reviewed, and how does it end?",
        "Can everyone take part, also part-time, without a computer at work, or with a disability?",
    ],
    question_systems: "Which systems send the activities listed above, and do the people who use them know?",
    question_rewards: "What are the rewards worth, are they taxed, are they pay (in Germany: § 87 (1) no. 10 \
        BetrVG), and is it fair to those who do not take part?",
    question_profile: "Where are the answers of the profile kept, for how long, and who can read them?",
    question_public: "How does the company know of what people do in public, and how does it keep private life out?",
    question_gone: "Does what is sent about departures, absences and suspensions say more than is needed to hide a \
        person?",
    signature: "What is signed",
    hash_how: "The hash changes with every change of the rules. It finds changes and is no proof against forgery: \
        keep the text of the rules together with this sheet. Anybody who has the rules can make this sheet again and \
        compare.",
    signature_head: ["What", "Entry"],
    signed: [
        "Program",
        "Hash of the rules",
        "Version of the software",
        "Place and date",
        "For the company",
        "For the works council",
    ],
    difference: "What differs from the sheet last signed",
    difference_head: ["Section", "What", "Signed", "Now"],
    difference_none: "Nothing: the rules are the same.",
    difference_unseen: "The rules changed, but nothing that this sheet says. It may be order, languages, calendar \
        or the release of the software: ask for the difference between both texts of the rules.",
    difference_hash: "Hash of the rules: {hashes}.",
    tests: Tests {
        is: "{subject} is {value}",
        is_not: "{subject} is not {value}",
        min: "{subject} is at least {value}",
        max: "{subject} is at most {value}",
        any: "{subject} is one of: {value}",
        contains: "{subject}: among them {value}",
        only: "{subject}: only {value}",
        missing: "{subject} is not given",
        there: "{subject} is given",
        after: "{subject} is later than {value}",
        before: "{subject} is earlier than {value}",
    },
    subjects: Subjects {
        kind: "the kind",
        at: "the time",
        hour: "the hour",
        weekday: "the weekday",
        level: "the level",
        badge: "a held badge",
        field: "an answered question",
        completeness: "how complete the profile is, in percent,",
    },
    counted: CountedTexts {
        number: "number of: {kinds}",
        sum: "sum of: {what}",
        sum_of: "sum of “{what}” in: {kinds}",
        highest: "highest “{what}” in: {kinds}",
        distinct: "number of different ones ({what}) in: {kinds}",
        days: "days",
        points: "points: {what}",
        streak: "{what} in a row with: {kinds}; each needs {least} days; {grace} missed ones do not matter",
        since: "full {what} since the first of: {kinds}",
    },
};
