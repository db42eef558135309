//! German: what a data sheet says in German.

use super::texts::{CountedTexts, Subjects, Tests, Texts};

pub(super) const GERMAN: Texts = Texts {
    title: "Datenblatt: {name}",
    yes: "ja",
    no: "nein",
    none: "keine",
    never: "nie",
    and: " und ",
    or: " oder ",
    not: "nicht {test}",
    audiences: ["nur die Person selbst", "das Team der Person", "alle in der Firma", "alle, auch außerhalb"],
    actor: "die handelnde Person",
    owner: "die Person hinter dem Objekt",
    recipient: "die Empfangenden",
    the_member: "das Mitglied",
    object: "das Objekt",
    windows: ["pro Tag", "pro Woche", "pro Monat", "pro Quartal", "pro Jahr", "pro Saison", "insgesamt"],
    calendar_units: ["Tage", "Wochen", "Monate", "Quartale", "Jahre", "Saisons", "Tage"],
    season_of_days: "{season} von {number} Tagen (eine beginnt am {date})",
    season_of_months: "{season} von {number} Monaten (eine beginnt am {date})",
    units: ["Tage", "Stunden", "Minuten", "Sekunden"],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    within: "innerhalb von: {time}",
    apart: "getrennt nach: {key}",
    from: "ab {moment}",
    until: "bis {moment}",
    backfill: "frühere Aktivitäten zählen mit",
    least: "mindestens {n}",
    most_of: "höchstens {n}",
    answered: "„{question}“ ist beantwortet",
    complete: "das Profil ist zu {n} % vollständig",
    reached_level: "Stufe „{level}“ ist erreicht",
    has_badge: "Abzeichen „{badge}“ ist vorhanden",
    did_challenge: "alle Schritte von „{challenge}“ sind getan",
    only_if: "nur wenn gilt: {test}",
    purpose: "Wofür es da ist, und wofür nicht",
    about: "Die Software hat dieses Blatt aus den Regeln gemacht, die sie anwendet. Was die Regeln nicht sagen, \
        steht am Ende als Frage an die Firma. Ein „Mitglied“ ist eine Person, die eine Aktivität nennt. Namen in \
        Klammern sind die der Regeln.",
    contents: "Das Programm zählt Aktivitäten nach festen Regeln. Es hat Arten von Aktivitäten: {kinds}, Regeln für \
        Punkte: {rules}, Zählungen: {tallies}, Abzeichen: {badges}, Ranglisten: {boards}, Prämien: {rewards}. Alle \
        stehen auf diesem Blatt.",
    excluded: "Für diese Verwendungen hat die Software keine Funktion:",
    excluded_uses: [
        "Leistung oder Verhalten beurteilen: Sie vergibt keine Noten und macht keine Vorhersagen über eine Person.",
        "Arbeitszeit oder Anwesenheit erfassen: Sie zählt nur die hier genannten Aktivitäten. Jede davon hat \
            allerdings einen Zeitpunkt.",
        "Alle Mitglieder für eine Führungskraft nach Punkten auflisten: Keine ihrer Ansichten tut das.",
        "Lesen, was Menschen schreiben: Sie erhält nur die hier genannten Angaben, und vergleicht und zählt sie.",
    ],
    purpose_open: "Der Zweck der Firma und die Verwendungen, die eine Vereinbarung ausschließt, stehen nicht in den \
        Regeln: siehe die Fragen an die Firma. Technisch ist der Datenbestand geeignet, das Verhalten einer Person \
        zu überwachen, weil er sagt, wer wann was tat.",
    kinds: "Was aufgezeichnet wird, und aus welchen Systemen",
    each_activity: [
        "Von jeder Aktivität werden aufbewahrt: Quelle und Kennung, Zeitpunkt, Art und, falls das System es sagt, \
            wer sie tat, wessen Objekt es war, wer sie empfing und welches Objekt es war.",
        "Darüber hinaus werden nur die hier genannten Angaben aufbewahrt. Andere Angaben, die ein System sendet, \
            fallen beim Lesen weg.",
        "„Wird getan vor“ sagt, wer dabei ist, wo die Aktivität geschieht. Diese Software selbst zeigt anderen \
            keine einzelne Aktivität.",
    ],
    unknown_ignored: "Aktivitäten anderer Art werden übergangen.",
    unknown_refused: "Aktivitäten anderer Art werden abgelehnt.",
    kinds_head: ["Aktivität", "Angaben", "Wird getan vor", "Verwendet für", "System"],
    types: ["Zahl", "Text", "ja oder nein", "Zeitpunkt", "Person", "Liste von Texten"],
    uses: ["Punkte", "Zählungen", "Zustimmung, Auswahl, Beitritt und Austritt", "nimmt zurück:"],
    undone_by_id: "die Aktivität, deren Kennung sie nennt",
    by_anyone: " (von allen)",
    system_open: "offen: nennt die Firma",
    system_none: "kein genanntes System: nur die Anwendung selbst",
    profile: "Das Profil stellt diese Fragen. Die Software erfährt, welche beantwortet sind, und nie eine Antwort. \
        Die Anwendung, die das Profil zeigt, bewahrt die Antworten auf. „Trifft nicht zu“ und „Möchte ich nicht \
        sagen“ zählen als beantwortet.",
    fields_head: ["Frage", "Eine Antwort braucht", "Wieder gefragt nach"],
    needs_item: "mindestens ein Eintrag",
    needs_items: "mindestens {n} Einträge",
    needs_length: "mindestens {n} Zeichen",
    needs_link: "einen Link",
    leave: "Mitglieder geben an, wann sie weg sind, mit dem ersten und dem letzten Tag: {kind}.",
    own_week: "Mitglieder geben an, wenn sie möchten, an welchen Wochentagen sie nicht arbeiten: {kind}.",
    rules: "Jede Regel, jede Zählung und jedes Abzeichen",
    rules_how: "Punkte gibt es nach diesen Regeln. Zählungen dienen Regeln, Abzeichen, Themen und Challenges. Ein \
        Abzeichen gibt es für ein Ziel.",
    derived: "Was daraus abgeleitet wird",
    derived_always: [
        "Alles Abgeleitete folgt nach den Regeln auf diesem Blatt aus den Aufzeichnungen. Dieselben Aufzeichnungen \
            ergeben immer dasselbe.",
        "Abgeleitet werden: Punkte mit ihren Gründen, Zählungen, Abzeichen, Stufen, wie vollständig ein Profil ist, \
            und was daraus folgt: Fortschritt, nächste Schritte, Plätze auf Ranglisten und Angaben zu Gruppen.",
    ],
    currencies_head: ["Punkte", "Wer die Summe sieht", "Beginnt bei", "Nie unter", "Gezählt"],
    only_member: "nur die Person selbst",
    as_points: "wie das Mitglied Punkte teilt",
    as_badges: "wie das Mitglied Abzeichen teilt",
    no_currencies: "Es gibt keine Punkte.",
    rules_head: ["Regel", "Wofür", "An", "Gibt", "Grenzen"],
    no_rules: "Keine Regel gibt Punkte.",
    given: [
        "einmal",
        "einmal für jedes Objekt oder jeden Schlüssel",
        "wieder für jedes Vielfache",
        "jedes Mal von Neuem",
    ],
    nth: "der Reihe nach {steps}, dann immer das Letzte ({scope}):",
    by: "{times} für je {every} von „{attribute}“, höchstens {max}",
    best: "nur, was über dem bisher Besten liegt ({scope})",
    limit_once: "höchstens einmal ({scope})",
    limit_times: "höchstens {n}-mal ({scope})",
    limit_points: "höchstens {n} Punkte ({scope})",
    shared_limit: "zusammen mit anderen Regeln („{limit}“)",
    tallies_head: ["Zählung", "Was gezählt wird", "Für wen", "Zeitraum"],
    no_tallies: "Außer Punkten wird nichts gezählt.",
    badges_head: ["Abzeichen", "Wofür", "Vergeben", "Bleibt", "Wer es sieht"],
    no_badges: "Es gibt keine Abzeichen.",
    while_true: "nur solange es zutrifft",
    while_its_badges: "solange man alle Abzeichen hat, die es braucht",
    stays: "auf Dauer",
    badge_accepted: "andere erst, wenn das Mitglied es annimmt ({kind})",
    badge_hidden: "das Mitglied kann es verbergen ({kind})",
    badge_secret: "nicht angekündigt, bevor es verdient ist",
    others_head: ["Sorte", "Name", "Was es ist"],
    no_others: "Es gibt keine Stufen, Themen, Challenges, Ranglisten, Prämien, Budgets oder Gewinne.",
    sorts: [
        "Stufe",
        "Themen",
        "Challenge",
        "Schritt einer Challenge",
        "gemeinsames Ziel",
        "Rangliste",
        "Prämie",
        "Budget",
        "eigener Gewinn",
    ],
    level_from: "ab {n} {currency}",
    level_repeated: ", dann {count} weitere bis „{level}“ ab {n}",
    strength: "Stärke eines Themas",
    topic_names: "Themen, die die Regeln nennen",
    topic_strength: "die Summe aus: {evidence}",
    challenge: "Tage: {days}. Niemand ist dabei, ohne beizutreten ({kind}).",
    days_from_joining: "{n} ab dem Beitritt",
    left: "Austritt mit {kind}.",
    board_month: "Mitglieder nach {currency} in diesem Monat.",
    board_ever: "Mitglieder nach allen {currency}.",
    board_joined: "Nur wer beigetreten ist ({kind}).",
    board_of_all: "Alle, die veröffentlicht haben, stehen ungefragt darauf.",
    reward: "Kostet {n} {currency}; Vorrat: {stock}.",
    stock_open: "unbegrenzt",
    approved: "Jemand muss zustimmen.",
    not_approved: "Niemand muss zustimmen.",
    allowance: "Ein Mitglied darf von „{tally}“ geben: insgesamt {most}, je Schlüssel {each}.",
    people: "Wer was von einem Mitglied sieht",
    parts_head: ["Teil", "Vor dem Veröffentlichen", "Nach dem Veröffentlichen", "Das Mitglied kann anders wählen"],
    parts: [
        "Punkte und Stufe",
        "Abzeichen",
        "Themen, für die man bekannt ist",
        "was im Profil steht",
        "Zeilen auf Ranglisten",
    ],
    published_by: "Andere sehen nichts von einem Mitglied, bevor es veröffentlicht: {kind}.",
    never_published: "Die Regeln kennen kein Veröffentlichen, also sehen andere von einem Mitglied nichts außer \
        Zeilen auf Ranglisten.",
    hidden_by: "Ein Mitglied verbirgt alles jederzeit wieder: {kind}.",
    gone_by: "Niemand wird mehr gezeigt nach: {kinds}.",
    earn_nothing: "Diese Konten bekommen nichts und werden nie gezeigt: {accounts}.",
    models: "Vorbilder sind Mitglieder, die zugestimmt haben ({kind}). Andere sehen, welche Schritte sie selbst \
        gehen könnten, und keine Zahlen.",
    claimed_by: "Andere sehen und finden nur Themen, die das Mitglied selbst nennt ({kind}), mit den Zahlen, die \
        dafür sprechen. Was nur ein oder zwei andere bestätigen, wird nicht gezeigt.",
    never_claimed: "Andere sehen jedes Thema, für das etwas spricht, auch ohne dass das Mitglied es nennt.",
    named_by: "Wer ein Thema bestätigt, wird nur genannt, wenn diese Person zugestimmt hat und man ihr Profil sehen \
        darf.",
    never_named: "Wer ein Thema bestätigt, wird anderen nicht genannt.",
    boards_seen: "Nur wer auf einer Rangliste steht, sieht ihre Zeilen, und zwar die Nachbarn, und niemand wird an \
        letzter Stelle gezeigt.",
    challenges_seen: "Nur das Mitglied selbst sieht seine Tage und Schritte in einer Challenge.",
    sight: [
        "Nur das Mitglied selbst sieht: die Gründe für Punkte und Abzeichen, Fortschritt, nächste Schritte, private \
            Punkte, Gewinne, und was es abgelehnt hat.",
        "Die Aufzeichnungen selbst, Aktivität für Aktivität, stehen in keiner Ansicht für andere.",
        "Mitglieder sprechen für sich selbst: Eine Aktivität veröffentlicht, nennt Themen, tritt bei oder wählt nur \
            für die handelnde Person. Dass niemand eine im Namen anderer sendet, muss die Anwendung sicherstellen.",
        "Was andere von einem Mitglied bekamen, etwa Dank, zählt für sie weiter, wenn das Mitglied sich verbirgt \
            oder geht. Ob sie erfahren, von wem es kam, ist Sache der Anwendung.",
        "Die Anwendung sagt, wer zu welchem Team gehört.",
    ],
    administrators: "Neben diesen Ansichten haben Menschen über die Maschinen Zugang:",
    access: [
        "Administratoren und alle mit Zugang zum Server, zur Datenbank oder zu deren Sicherungen können alles über \
            alle lesen, auch Verborgenes und Privates. Die Software verschlüsselt es nicht.",
        "Mit den Regeln und den Aufzeichnungen kann jeder die Punkte, Abzeichen und Themen aller Mitglieder \
            ausrechnen, was immer die Mitglieder teilen. Ein Befehl, der zur Software gehört, tut es.",
        "Die Entwickler der Anwendung können mehr zeigen als diese Ansichten. Die Software verhindert das nicht.",
        "Die Systeme, die Aktivitäten senden, haben sie ohnehin.",
    ],
    managers: "Was Führungskräfte sehen, wie, und welches Risiko bleibt",
    no_managers: "Die Software kennt keine Rolle für Führungskräfte. Eine Führungskraft sieht von einem Mitglied, \
        was alle im selben Team oder in der Firma sehen. Wer das Programm betreut, sieht außerdem Angaben zu \
        Gruppen:",
    groups: "Keine Angabe betrifft weniger als {n} Mitglieder.",
    cohort: "Was alle in einer Challenge zusammen erreichen, wird ab {n} Mitgliedern gezeigt, die beigetreten sind \
        und veröffentlicht haben, in Stufen, die sich einmal am Tag ändern.",
    method: [
        "Von einer Gruppe sehen sie die Zahl der Mitglieder und drei Stufen: wie viele veröffentlicht haben, wie \
            viele davon im letzten Monat etwas taten, wie viele ein zu drei Vierteln fertiges Profil teilen.",
        "Die Stufen sind: wenige (unter einem Fünftel), einige (unter der Hälfte), die meisten (unter vier \
            Fünfteln), fast alle. Keine Stufe sagt niemand oder alle.",
        "Gezählt wird nur, was alle in der Firma sehen können. Privates und Worte an ein Team ändern keine Angabe. \
            Wer sich verbirgt, zählt wie jemand, der nie etwas tat.",
        "Die Angaben sind die vom Beginn des Monats. Sie ändern sich einmal im Monat.",
        "Kleinere Gruppen werden zusammen gezeigt. Sind sie noch zu wenige, kommt die kleinste größere dazu. Sind \
            alle zu wenige, wird nichts gezeigt. So lässt sich nichts abziehen.",
    ],
    residual: "Welches Risiko bleibt:",
    residual_risks: [
        "Eine Stufe kann sich durch eine Person ändern. Wer alle anderen einer Gruppe kennt, kann dann sagen, was \
            diese Person tat, sofern es ohnehin alle in der Firma sehen konnten.",
        "Eine Firma, die dieselben Menschen in andere Gruppen teilt, gibt den Schutz auf. Die Software kann das \
            nicht bemerken.",
        "Eine Führungskraft im Team des Mitglieds sieht, was das Mitglied mit dem Team teilt.",
    ],
    most: "Die meisten Punkte, die ein Mitglied bekommen kann",
    most_how: "Diese Zahlen folgen aus Beträgen und Grenzen. Bedingungen werden nicht betrachtet: Ein Mitglied \
        erreicht sie vielleicht nie, aber niemand bekommt mehr. Was eine zurückgenommene Aktivität verschiebt, \
        kommt zu seiner eigenen Zeit.",
    most_head: ["Punkte", "Wer die Summe sieht", "Am Tag", "In der Woche", "Im Monat"],
    no_end: "keine Obergrenze",
    warnings: "Offene Warnungen",
    warnings_how: "Die Software sucht nach bekannten Mechaniken, die Menschen schaden, und nach Teilen ohne \
        Wirkung. Keine Warnung heißt nicht, dass ein Programm harmlos ist. Die Gründe stehen auf Englisch, wie die \
        Prüfung sie nennt.",
    warnings_head: ["Wo", "Warum", "Was stattdessen"],
    no_warnings: "Es gibt keine Warnungen.",
    cost: "Was es kostet, nicht mitzumachen",
    losses: "Regeln, die Punkte nehmen: {names}.",
    no_losses: "Keine Regel nimmt Punkte. Punkte gehen nur, wenn zurückgenommen oder berichtigt wird, wofür es sie \
        gab.",
    fading: "Diese gehen wieder, durch Zeit oder wenn sie nicht mehr zutreffen: {names}.",
    no_fading: "Einmal erreichte Abzeichen und Stufen bleiben.",
    reward_cost: "Nur mit Punkten gibt es diese Prämien: {names}.",
    no_reward_cost: "Punkte kaufen nichts: Die Regeln kennen keine Prämien.",
    board_cost: "Auf diesen Ranglisten stehen ungefragt alle, die veröffentlicht haben: {names}.",
    no_board_cost: "Niemand steht auf einer Rangliste, ohne beigetreten zu sein.",
    cost_always: [
        "Wer nie veröffentlicht, behält alles, was es gibt, und sieht es allein.",
        "Nicht mitmachen heißt nicht, nicht aufgezeichnet zu werden: Sendet ein System Aktivitäten einer Person, \
            werden sie aufgezeichnet und gezählt, ob die Person will oder nicht. Nur das System oder die Anwendung \
            kann sie weglassen.",
        "Ob sonst etwas vom Mitmachen abhängt, etwa Entgelt oder Beurteilung, sagen die Regeln nicht.",
    ],
    retention: "Wie lange Aufzeichnungen und Summen bleiben",
    retained_months: "Aktivitäten werden {n} Monate lang aufbewahrt. Von älteren bleiben nur Summen: Punkte, Stufen, \
        Abzeichen, Zählungen und was das Mitglied beantwortet und gewählt hat.",
    retained: [
        "Die Summen bildet die Anwendung. Das Intranet, das mit der Software kommt, tut es einmal am Tag.",
        "Was Summe geworden ist, lässt sich nicht mehr begründen, nachrechnen, zurücknehmen oder entfernen, und aus \
            der Zeit davor wird nichts mehr angenommen.",
        "Eine Summe enthält weder Texte noch Kennungen von Aktivitäten. Sie enthält die Zeitpunkte von Abzeichen und \
            die Namen dessen, was die Regeln einzeln zählen, etwa Objekte, Themen und andere Mitglieder.",
        "Bis dahin folgen Summen, Abzeichen und Zählungen aus den Aufzeichnungen. Wird eine Aktivität daraus \
            entfernt, geht auch alles, was daraus folgte, bis zum letzten Punkt.",
        "Eine Aktivität, die eine spätere zurücknimmt, wird so lange aufbewahrt wie alle anderen.",
        "Die Summen ausgeschiedener Menschen bleiben, bis die Firma sie löscht.",
        "Sicherungen und Kopien sind Sache der Firma. Die Software kennt sie nicht.",
    ],
    seasons: "Diese Summen beginnen von vorn: {currencies}. Ihre Aktivitäten werden so lange aufbewahrt wie \
        alle anderen.",
    rights: "Auskunft, Löschung und Widerspruch",
    export_and_erasure: [
        "Auskunft: Die Software sagt einem Mitglied, was zählte, warum es jeden Punkt und jedes Abzeichen gab, und \
            warum etwas nichts gab.",
        "Export: Jede Aktivität lässt sich so ausgeben, wie sie aufbewahrt wird, und ebenso alles, was eine Summe \
            zählt. Die Datei anzubieten, ist Sache der Anwendung. Das Intranet, das mit der Software kommt, tut es.",
        "Löschung: Was nur dieses Mitglied nennt, verlässt die Aufzeichnungen. Im Übrigen tritt ein Pseudonym an \
            seine Stelle, weil darauf beruht, was andere haben. Die Summe des Mitglieds wird gelöscht. Die Firma \
            entfernt den Namen selbst aus Texten, Kennungen, Sicherungen und anderen Systemen und sorgt dafür, dass \
            kein System ihn wieder sendet. Das Intranet, das mit der Software kommt, hat dafür einen Befehl, soweit \
            es um seine eigene Datenbank geht.",
        "Berichtigung: Solange eine Aktivität aufbewahrt wird, lässt sie sich aus den Aufzeichnungen nehmen, als wäre \
            sie nie geschehen.",
    ],
    objection: "Was Mitglieder selbst ablehnen und zurücknehmen können:",
    objection_head: ["Was", "Mit welcher Aktivität"],
    objections: [
        "alles verbergen",
        "wählen, wer welchen Teil sieht",
        "ein Thema ablehnen",
        "einen Schritt ablehnen",
        "kein Vorbild mehr sein",
    ],
    no_objection: "mit diesen Regeln nicht möglich",
    leave_board: "die Rangliste „{board}“ verlassen",
    leave_challenge: "die Challenge „{challenge}“ verlassen",
    taking_back: "etwas zurücknehmen",
    looked: "Wer nachgesehen hat",
    looked_says: [
        "Die Software selbst führt kein Protokoll darüber, wer was angesehen hat. Niemand kann später sagen, wer die \
            Ansicht eines Mitglieds gesehen oder die Datenbank gelesen hat.",
        "Die Anwendung kann festhalten, wer die Angaben zu Gruppen ansieht. Das Intranet, das mit der Software kommt, \
            tut das: nach Tagen, 13 Monate lang, und alle können es lesen.",
    ],
    inference: "Nichts wird gelernt oder erschlossen",
    inference_says: [
        "Es gibt kein Lernen, kein Modell, kein Persönlichkeitsprofil und keinen Zufall: Jedes Ergebnis folgt aus \
            den Regeln hier, und jeder Punkt hat einen Grund, den das Mitglied lesen kann.",
        "Die Software wertet keine Texte, Gefühle, Fotos oder Tonaufnahmen aus und fragt keinen Dienst im Internet.",
        "Sie entscheidet nichts über eine Person, das rechtliche Wirkung hat. Was Menschen mit ihren Ergebnissen \
            tun, weiß sie nicht.",
    ],
    promises: "Was sich nicht versprechen lässt",
    promises_says: [
        "Dass Menschen mit Zugang zu den Maschinen nicht nachsehen, kopieren oder auswerten: Das kann keine \
            Software versprechen.",
        "Dass niemand Punkte oder Abzeichen in einer Beurteilung, einem Gespräch oder einem Zeugnis verwendet.",
        "Dass andere nicht weitergeben, was sie sehen dürfen.",
        "Dass stimmt, was die Systeme senden, dass es vollständig ist und die Person davon weiß.",
        "Dass die Anwendung nur zeigt, was diese Ansichten enthalten, und diese Regeln anwendet: Vergleichen Sie \
            die Prüfsumme.",
        "Dass eine Angabe über eine Gruppe nie etwas über eine Person vermuten lässt, die ohnehin sichtbar ist.",
        "Dass Mitglieder sich frei fühlen: Mitmachen kann erwartet werden, ohne dass eine Regel es sagt.",
        "Dass Texte in Angaben, etwa ein Titel, niemanden nennen.",
    ],
    open: "Von der Firma zu beantworten",
    open_how: "Keine Regel beantwortet diese Fragen. Bis die Firma sie beantwortet, sind sie offen.",
    open_head: ["Frage", "Antwort"],
    questions: [
        "Was ist der Zweck, und wie wird geprüft, ob er erreicht wird?",
        "Welche Verwendungen schließt die Vereinbarung aus: Beurteilung, Entgelt, Beförderung, Versetzung, \
            Kündigung, Vergleich von Teams?",
        "Ist ausgeschlossen, Daten aus dem Programm gegen eine Person zu verwerten, und was folgt aus einem Verstoß?",
        "Was ist die Rechtsgrundlage, und gibt es eine Betriebsvereinbarung (§ 87 Abs. 1 Nr. 6 BetrVG)?",
        "Wurde eine Datenschutz-Folgenabschätzung gemacht, und mit welchem Ergebnis?",
        "Ist das Mitmachen freiwillig, wie wird zugestimmt und widerrufen, und wer sorgt dafür, dass niemand \
            gedrängt wird?",
        "Wie bleiben Menschen außen vor, die gar nicht aufgezeichnet werden möchten?",
        "Verraten Angaben oder Antworten, was besonders geschützt ist, etwa Gesundheit, Religion oder Gewerkschaft?",
        "Ist die Zahl der Monate richtig, wie lange bleiben Summen, und wer löscht sie dann?",
        "Wer sind die Administratoren, wer hat Zugang zur Datenbank und zu den Sicherungen, und wie wird das \
            protokolliert?",
        "Wer betreut das Programm, und was zeigt die Anwendung diesen Menschen über die Angaben zu Gruppen hinaus?",
        "Aus welchen Gruppen bestehen die Angaben, und ist ausgeschlossen, dieselben Menschen anders zu gruppieren?",
        "Wo läuft es, wer verarbeitet Daten im Auftrag der Firma, und verlässt etwas davon die EU?",
        "Wie bekommen Mitglieder ihren Export, werden gelöscht und widersprechen, und wie schnell geschieht das?",
        "Wer unterrichtet die Mitglieder über all das, wann, und wo liegt dieses Blatt für sie?",
        "Wen fragen Mitglieder und Betriebsrat: Ansprechperson und Datenschutzbeauftragte?",
        "Wer darf die Regeln ändern, und braucht eine Änderung vorher die Zustimmung des Betriebsrats?",
        "Wie kann der Betriebsrat prüfen, was wirklich läuft?",
        "Welche Nachrichten sendet die Anwendung, an wen, und bleibt die Freizeit ungestört?",
        "Ist das Mitmachen Arbeitszeit?",
        "Wann wird es überprüft, und wie endet es?",
        "Können alle mitmachen, auch in Teilzeit, ohne Computer am Arbeitsplatz oder mit Behinderung?",
    ],
    question_systems: "Welche Systeme senden die Aktivitäten oben, und wissen das die Menschen, die sie nutzen?",
    question_rewards: "Was sind die Prämien wert, werden sie versteuert, sind sie Entgelt (§ 87 Abs. 1 Nr. 10 \
        BetrVG), und ist das gerecht gegenüber denen, die nicht mitmachen?",
    question_profile: "Wo liegen die Antworten des Profils, wie lange, und wer kann sie lesen?",
    question_public: "Woher weiß die Firma, was Menschen öffentlich tun, und wie hält sie das Privatleben heraus?",
    question_gone: "Sagt das, was über Austritte, Abwesenheiten und Freistellungen gesendet wird, mehr, als nötig \
        ist, um eine Person zu verbergen?",
    signature: "Was unterschrieben wird",
    hash_how: "Die Prüfsumme ändert sich mit jeder Änderung der Regeln. Sie findet Änderungen und ist kein Beweis \
        gegen Fälschung: Bewahren Sie den Text der Regeln zusammen mit diesem Blatt auf. Wer die Regeln hat, kann \
        dieses Blatt neu machen und vergleichen.",
    signature_head: ["Was", "Eintrag"],
    signed: [
        "Programm",
        "Prüfsumme der Regeln",
        "Version der Software",
        "Ort und Datum",
        "Für die Firma",
        "Für den Betriebsrat",
    ],
    difference: "Was sich gegenüber dem zuletzt unterschriebenen Blatt ändert",
    difference_head: ["Abschnitt", "Was", "Unterschrieben", "Jetzt"],
    difference_none: "Nichts: Die Regeln sind dieselben.",
    difference_unseen: "Die Regeln haben sich geändert, aber nichts, was dieses Blatt sagt. Es können Reihenfolge, \
        Sprachen, Kalender oder die Version der Software sein: Verlangen Sie den Unterschied der beiden Regeltexte.",
    difference_hash: "Prüfsumme der Regeln: {hashes}.",
    tests: Tests {
        is: "{subject} ist {value}",
        is_not: "{subject} ist nicht {value}",
        min: "{subject} ist mindestens {value}",
        max: "{subject} ist höchstens {value}",
        any: "{subject} ist eines von: {value}",
        contains: "{subject}: darunter {value}",
        only: "{subject}: nur {value}",
        missing: "{subject} fehlt",
        there: "{subject} ist angegeben",
        after: "{subject} ist später als {value}",
        before: "{subject} ist früher als {value}",
    },
    subjects: Subjects {
        kind: "die Art",
        at: "der Zeitpunkt",
        hour: "die Stunde",
        weekday: "der Wochentag",
        level: "die Stufe",
        badge: "ein vorhandenes Abzeichen",
        field: "eine beantwortete Frage",
        completeness: "die Vollständigkeit des Profils in Prozent",
    },
    counted: CountedTexts {
        number: "Anzahl von: {kinds}",
        sum: "Summe aus: {what}",
        sum_of: "Summe von „{what}“ in: {kinds}",
        highest: "höchster Wert von „{what}“ in: {kinds}",
        distinct: "Anzahl verschiedener ({what}) in: {kinds}",
        days: "Tage",
        points: "Punkte: {what}",
        streak: "{what} in Folge mit: {kinds}; je nötige Tage: {least}; {grace} versäumte schaden nicht",
        since: "volle {what} seit der ersten: {kinds}",
    },
};
