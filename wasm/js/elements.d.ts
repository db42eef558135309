/** Types of the elements. The shapes of the views are those of the crate `knownfor`, as JSON. */
import type { Language, Texts } from './texts/en.js';

export { texts } from './texts/en.js';
export type { Language, Text, TextKey, Texts } from './texts/en.js';

/**
 * Adds a language by its BCP 47 tag, or replaces one: its texts, or what imports a module that exports them as
 * `texts`.
 */
export function addLanguage(tag: string, texts: Language | (() => Promise<{ texts: Language }>)): void;

/** The texts of a locale's language, or a promise of them while they load; undefined if there are none. */
export function textsOf(locale: string): Language | undefined | Promise<Language | undefined>;

/**
 * Says where the WebAssembly and the engine's worker are, for a bundler or a server that does not keep them beside the
 * script: addresses, or functions that give the WebAssembly's bytes. Call it in the script that imports the package.
 */
export function setWasm(places: { draw?: WasmPlace; engine?: WasmPlace; worker?: string | URL }): void;

/** Where the WebAssembly of a module is. */
export type WasmPlace = string | URL | (() => Promise<BufferSource>);

/** What one viewer sees of one member. */
export interface MemberView {
  version?: number;
  member: string;
  name: string;
  own: boolean;
  published: boolean;
  model?: boolean;
  standing: StandingView;
  profile?: ProfileView;
  badges: BadgesView;
  topics?: TopicView[];
  steps?: StepView[];
  declined?: DeclinedStepView[];
  challenges?: ChallengeView[];
  gains?: GainView[];
  /** What points can be spent on. No element draws these. */
  rewards?: RewardView[];
  /** What the member may give away. No element draws these. */
  allowances?: AllowanceView[];
  boards?: string[];
  audience?: AudienceView;
  claim_audience?: Audience;
  publish_audience?: Audience;
}

/** Who sees something. What a member shares reaches the company at most; only steps can be `public`. */
export type Audience = 'private' | 'team' | 'company' | 'public';

export interface AudienceView {
  points: Audience;
  badges: Audience;
  topics: Audience;
  profile: Audience;
  boards: Audience;
}

export interface RewardView {
  reward: string;
  name: string;
  description?: string;
  currency: string;
  cost: number;
  to_go: number;
  redeemed: number;
  pending?: number;
}

export interface AllowanceView {
  allowance: string;
  name: string;
  most: number;
  left: number;
}

export interface StandingView {
  points: PointsView[];
  level?: LevelView;
}

export interface PointsView {
  currency: string;
  name: string;
  /** Whether only the member sees it. */
  private?: boolean;
  total: number;
  /** What can still be spent, if there is something to spend it on. */
  spendable?: number;
  this_month?: number;
  last_month?: number;
}

export interface LevelView {
  number: number;
  of: number;
  name?: string;
  next?: NextLevelView;
}

export interface NextLevelView {
  name: string;
  /** Absent if the level is reached by goals instead of points. */
  to_go?: number;
  percent: number;
  parts: GoalPartView[];
}

export interface ProfileView {
  percent: number;
  fields: FieldView[];
  next?: NextFieldView;
}

export interface FieldView {
  field: string;
  ask: string;
  help?: string;
  section?: string;
  state: FieldState;
  percent: number;
  /** Who will see the answer. */
  audience: Audience;
  /** The answer is so old that it should be reviewed. */
  review?: boolean;
  needs?: Needs;
}

export type FieldState = 'missing' | 'done' | 'does-not-apply' | 'prefer-not-to-say';

/** What a value must meet. */
export interface Needs {
  items?: number;
  length?: number;
  link?: boolean;
}

export interface NextFieldView {
  field: string;
  ask: string;
  percent: number;
}

export interface BadgesView {
  earned: EarnedBadgeView[];
  on_the_way?: ComingBadgeView[];
}

export interface EarnedBadgeView {
  badge: string;
  name: string;
  description?: string;
  face: BadgeFace;
  times: number;
  at: string;
  /** When it expires, if it does; of several objects the earliest. */
  until?: string;
  /** If it is given for each object: when it expires for each. */
  ends?: BadgeEndView[];
  /** The member hides it from others. */
  hidden?: boolean;
  activity?: ActivityRef;
}

export interface BadgeEndView {
  object: string;
  until: string;
}

export interface ComingBadgeView {
  badge: string;
  name: string;
  description?: string;
  face: BadgeFace;
  percent: number;
  /** The object for which it is nearest. */
  object?: string;
  /** Since when it is no longer held, if it ran out. */
  expired?: string;
  parts: GoalPartView[];
}

export interface GoalPartView {
  name: string;
  value: number;
  goal: number;
}

export interface BadgeFace {
  shape: Shape;
  icon: Icon;
  grade?: string;
  rank?: number;
  grades?: number;
}

export type Shape = 'circle' | 'hexagon' | 'shield' | 'square' | 'star';
export type Icon =
  | 'award'
  | 'book'
  | 'bulb'
  | 'chat'
  | 'check'
  | 'compass'
  | 'globe'
  | 'heart'
  | 'link'
  | 'megaphone'
  | 'pen'
  | 'people'
  | 'profile'
  | 'spark'
  | 'star'
  | 'video';

export interface ActivityRef {
  source: string;
  id: string;
}

export interface BoardView {
  version?: number;
  board: string;
  name: string;
  currency: string;
  joined: boolean;
  audience: Audience;
  rows: BoardRow[];
}

export interface BoardRow {
  place: number;
  member: string;
  name: string;
  total?: number;
  own: boolean;
}

export interface ChallengeView {
  challenge: string;
  name: string;
  description?: string;
  joined: boolean;
  dates?: [string, string];
  phase: Phase;
  calendar?: DayView[];
  steps: ChallengeStepView[];
  done: number;
  before?: BaselineView;
  after?: BaselineView;
}

export type Phase = 'before' | 'running' | 'over';

export interface DayView {
  date: string;
  free?: boolean;
  active?: boolean;
  today?: boolean;
}

export interface ChallengeStepView {
  step: string;
  name: string;
  done: boolean;
  declined?: boolean;
  from?: string;
  parts: GoalPartView[];
}

export interface BaselineView {
  completeness: number;
  points: number[];
}

export interface CohortView {
  challenge: string;
  name: string;
  /** At least so many take part. */
  members?: number;
  shared?: SharedGoalView[];
}

export interface SharedGoalView {
  name: string;
  goal: number;
  reached: Band;
}

/** How many of a group, or how much of a goal. No band says nobody or everybody. */
export type Band = 'few' | 'some' | 'most' | 'nearly-all';

export interface TopicView {
  topic: string;
  name: string;
  claimed: boolean;
  /** Only what others said speaks for it. */
  mentioned?: boolean;
  strength: number;
  /** How many colleagues confirm it. To others, 0 if fewer than three do. */
  confirmed: number;
  confirmers?: ConfirmerView[];
  others?: number;
  evidence: EvidenceView[];
}

/** A colleague who confirms a topic and lets others see that. */
export interface ConfirmerView {
  member: string;
  name: string;
  /** The address of a picture of them; initials are shown without one. */
  picture?: string;
}

export interface EvidenceView {
  tally: string;
  name: string;
  value: number;
  /** Whether it counts the colleagues who confirm the topic, and not what the member did. */
  confirms?: boolean;
}

export interface ExpertsView {
  topic: string;
  name: string;
  experts: ExpertView[];
}

export interface ExpertView {
  member: string;
  name: string;
  own: boolean;
  strength: number;
  confirmed: number;
  evidence: EvidenceView[];
}

/** A topic to choose from. */
export interface TopicNameView {
  topic: string;
  name: string;
}

export interface GainView {
  gain: string;
  name: string;
  value: number;
}

export interface StepView {
  target: Target;
  id: string;
  step?: string;
  name: string;
  face?: BadgeFace;
  invite: string;
  kind?: string;
  field?: string;
  audience: Audience;
  percent: number;
  missing: GoalPartView[];
  gives?: GiftView[];
  decline?: DeclineView;
}

/** How a member says that a step is not for them, and who sees a result of that. */
export interface DeclineView {
  key: string;
  audience: Audience;
}

export interface DeclinedStepView {
  key: string;
  name: string;
}

export type Target = 'field' | 'publish' | 'challenge' | 'claim' | 'topic' | 'badge' | 'level';

export interface GiftView {
  currency: string;
  name: string;
  points: number;
}

/** An entry of a member's ledger, with the name of its rule, reward, badge or level. */
export interface EntryView {
  entry: EntryLine;
  name: string;
}

export interface EntryLine {
  member: string;
  at: string;
  source: string;
  activity: string;
  kind: string;
  rule?: string;
  reward?: string;
  role?: string;
  badge?: string;
  grade?: string;
  level?: string;
  object?: string;
  currency?: string;
  amount?: number;
  times?: number;
  taken?: boolean;
  backfill?: boolean;
}

/**
 * What a page can set on every element, as an attribute or as a property: `edit-href` is `editHref`. Null, undefined
 * and false remove it.
 */
export interface ElementProps {
  /** A selector of the element's source. */
  source?: string | null;
  /** 1 to 6 makes the title a heading of this level. */
  headingLevel?: number | string | null;
  texts?: Texts | null;
}

/** What a page can set on `<known-for-source>`. */
export interface SourceProps {
  /** The view to show, or its address. */
  view?: MemberView | string | null;
  /** The board to show, or its address; with `program`, its id. */
  board?: BoardView | string | null;
  texts?: Texts | null;
  live?: string | null;
  why?: string | null;
  whyNot?: string | null;
  entries?: string | null;
  experts?: string | null;
  topics?: string | null;
  cohort?: string | null;
  deeds?: string | null;
  program?: string | null;
  feed?: string | null;
  member?: string | null;
  viewer?: string | null;
  kudos?: string | null;
  now?: string | null;
}

export interface ProfileProps extends ElementProps {
  editHref?: string | null;
}

export interface BoardProps extends ElementProps {
  hideJoin?: boolean | null;
}

export interface StepsProps extends ElementProps {
  editHref?: string | null;
  doHref?: string | null;
}

export interface TopicsProps extends ElementProps {
  lead?: boolean | null;
}

export interface ExpertsProps extends ElementProps {
  personHref?: string | null;
}

export interface ChallengeProps extends ElementProps {
  challenge?: string | null;
}

export interface KudosProps extends ElementProps {
  to?: string | null;
  name?: string | null;
  /** Who sees the viewer's name beside the topic if the viewer lets others see it; without it, they are not asked. */
  naming?: Audience | null;
}

/** What a page can set on each element, by the names of the properties. */
export interface KnownForProps {
  'known-for-source': SourceProps;
  'known-for-standing': ElementProps;
  'known-for-profile': ProfileProps;
  'known-for-badges': ElementProps;
  'known-for-board': BoardProps;
  'known-for-steps': StepsProps;
  'known-for-topics': TopicsProps;
  'known-for-experts': ExpertsProps;
  'known-for-challenge': ChallengeProps;
  'known-for-kudos': KudosProps;
  'known-for-celebration': ElementProps;
  'known-for-gains': ElementProps;
}

type Dashed<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Dashed<Rest>}`
  : Name;

/** The same by the names of the attributes. */
export type Attributes<Props> = { [Name in keyof Props as Dashed<Name & string>]?: Props[Name] };

/** What a template can write on an element: properties or attributes. */
export type Written<Props> = Props & Attributes<Props>;

/** `<known-for-source>`: loads what the other elements show. */
export class KnownForSource extends HTMLElement {
  /** The view shown. Set the data, or a string for the attribute `view`; `null` removes both. */
  get view(): MemberView | null;
  set view(view: SourceProps['view']);
  /** The board shown. Set the data, or a string for the attribute `board`; `null` removes both. */
  get board(): BoardView | null;
  set board(board: SourceProps['board']);
  texts: Texts | null | undefined;
  live: string | null;
  why: string | null;
  whyNot: string | null;
  entries: string | null;
  experts: string | null;
  topics: string | null;
  cohort: string | null;
  deeds: string | null;
  program: string | null;
  feed: string | null;
  member: string | null;
  viewer: string | null;
  kudos: string | null;
  now: string | null;
  /** Whether questions of this name can be asked. */
  canAsk(name: Question['ask']): boolean;
  /** The answer to a question; null if there is none. */
  ask(question: Question): Promise<unknown>;
  /** Loads everything again. The promise resolves once it is shown. */
  refresh(): Promise<void>;
  /** Sends a deed to the server or the engine. Resolves once it has been answered, to false if it failed. */
  send(deed: Deed): Promise<boolean>;
  /** Calls `changed` whenever there is something new to show. The function returned ends this. */
  watch(changed: () => void): () => void;
}

/** What a source can be asked. */
export type Question =
  | { ask: 'why'; badge: string }
  | { ask: 'why'; rule: string; source: string; activity: string }
  | { ask: 'why-not'; badge: string }
  | { ask: 'why-not'; source: string; activity: string }
  | { ask: 'entries' }
  | { ask: 'experts'; topic: string }
  | { ask: 'topics'; beginning: string }
  | { ask: 'cohort'; challenge: string };

/** What members do on the page. */
export type Deed =
  | { deed: 'claim'; detail: { topics: string[] } }
  | { deed: 'thank'; detail: { to: string; topic: string | null; named: boolean } }
  | { deed: 'join' | 'leave'; detail: { board: string } | { challenge: string } }
  | { deed: 'decline'; detail: { steps: string[] } }
  | { deed: 'publish'; detail: Record<string, never> };

/** The class that all elements but the source extend. */
export class KnownForElement extends HTMLElement {
  /** The source shown. Set a selector: it becomes the attribute `source`. */
  get source(): KnownForSource | undefined;
  set source(selector: ElementProps['source']);
  /** The attribute `heading-level`. */
  get headingLevel(): string | null;
  set headingLevel(level: ElementProps['headingLevel']);
  texts: Texts | null | undefined;
}

export class KnownForStanding extends KnownForElement {}
export class KnownForProfile extends KnownForElement {
  editHref: string | null;
}
export class KnownForBadges extends KnownForElement {}
export class KnownForBoard extends KnownForElement {
  hideJoin: boolean;
}
export class KnownForSteps extends KnownForElement {
  editHref: string | null;
  doHref: string | null;
}
export class KnownForTopics extends KnownForElement {
  lead: boolean;
}
export class KnownForExperts extends KnownForElement {
  personHref: string | null;
}
export class KnownForChallenge extends KnownForElement {
  challenge: string | null;
}
export class KnownForKudos extends KnownForElement {
  to: string | null;
  name: string | null;
  naming: string | null;
}
export class KnownForCelebration extends KnownForElement {}
export class KnownForGains extends KnownForElement {}

/** The events, all of which bubble and cross shadow roots. */
export interface KnownForEvents {
  /** A source has something new to show. */
  'known-for-change': CustomEvent<{ view: MemberView | null; board: BoardView | null }>;
  /** A badge or a level rose since the last view of the same member. */
  'known-for-earned': CustomEvent<{ badges: EarnedBadgeView[]; level?: LevelView }>;
  /** A source without a server has recorded more of its feed; in bytes. */
  'known-for-progress': CustomEvent<{ loaded: number; total: number }>;
  /** Something went wrong. */
  'known-for-error': CustomEvent<{ error: Error & { problems?: { path: string; message: string }[] } }>;
  /** A profile field was chosen. `preventDefault()` keeps its link from being followed. */
  'known-for-field': CustomEvent<{ field: string }>;
  /** The activity of a step was chosen. `preventDefault()` keeps its link from being followed. */
  'known-for-step': CustomEvent<{ kind: string }>;
  /**
   * The viewer wants to be known for exactly these topics. `preventDefault()` keeps the source from sending this
   * deed; the same holds for the deeds below.
   */
  'known-for-claim': CustomEvent<{ topics: string[] }>;
  /** The viewer thanks a colleague, for a topic or in general (`null`). `named` lets others see the viewer's name. */
  'known-for-thank': CustomEvent<{ to: string; topic: string | null; named: boolean }>;
  /** The viewer wants to be on the board, or in the challenge. */
  'known-for-join': CustomEvent<{ board: string } | { challenge: string }>;
  /** The viewer wants to leave the board, or the challenge. */
  'known-for-leave': CustomEvent<{ board: string } | { challenge: string }>;
  /** Exactly these steps are not for the viewer, as `decline.key` of a step in the view calls them. */
  'known-for-decline': CustomEvent<{ steps: string[] }>;
  'known-for-accept': CustomEvent<{ badge: string }>;
  /** The viewer wants to publish their profile. */
  'known-for-publish': CustomEvent<Record<string, never>>;
}

declare global {
  interface HTMLElementEventMap extends KnownForEvents {}
  interface ShadowRootEventMap extends KnownForEvents {}
  interface DocumentEventMap extends KnownForEvents {}
  interface WindowEventMap extends KnownForEvents {}
  interface HTMLElementTagNameMap {
    'known-for-source': KnownForSource;
    'known-for-standing': KnownForStanding;
    'known-for-profile': KnownForProfile;
    'known-for-badges': KnownForBadges;
    'known-for-board': KnownForBoard;
    'known-for-steps': KnownForSteps;
    'known-for-topics': KnownForTopics;
    'known-for-experts': KnownForExperts;
    'known-for-challenge': KnownForChallenge;
    'known-for-kudos': KnownForKudos;
    'known-for-celebration': KnownForCelebration;
    'known-for-gains': KnownForGains;
  }
}
