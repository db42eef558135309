/** Types of the elements. The shapes of the views are those of the crate `knownfor`, as JSON. */

/** A text, or its plural forms as `Intl.PluralRules` names them. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
/** Texts by key; see `texts.js` for the keys. */
export type Texts = Record<string, Text>;
/** The English texts. */
export const texts: Texts;

/** What one viewer sees of one member. */
export interface MemberView {
  member: string;
  name: string;
  own: boolean;
  published: boolean;
  model?: boolean;
  standing: { points: PointsView[]; level?: LevelView };
  profile?: ProfileView;
  badges: { earned: EarnedBadgeView[]; on_the_way?: ComingBadgeView[] };
  topics?: TopicView[];
  steps?: StepView[];
  challenges?: ChallengeView[];
  gains?: { gain: string; name: string; value: number }[];
  boards?: string[];
  audience?: Record<'points' | 'badges' | 'topics' | 'profile' | 'boards', Exclude<Audience, 'public'>>;
}

/** Before whom something is done or shown. */
export type Audience = 'private' | 'team' | 'company' | 'public';

export interface PointsView {
  currency: string;
  name: string;
  total: number;
  this_month?: number;
  last_month?: number;
}

export interface LevelView {
  number: number;
  of: number;
  name?: string;
  next?: { name: string; at: number; to_go: number; percent: number };
}

export interface ProfileView {
  percent: number;
  fields: FieldView[];
  next?: { field: string; ask: string; percent: number };
}

export interface FieldView {
  field: string;
  ask: string;
  help?: string;
  section?: string;
  state: 'missing' | 'done' | 'does-not-apply' | 'prefer-not-to-say';
  percent: number;
  needs?: { items?: number; length?: number; link?: boolean };
}

export interface BadgeFace {
  shape: 'circle' | 'hexagon' | 'shield' | 'square' | 'star';
  icon: string;
  grade?: 'bronze' | 'silver' | 'gold';
}

export interface EarnedBadgeView {
  badge: string;
  name: string;
  description?: string;
  face: BadgeFace;
  times: number;
  at: string;
  activity?: { source: string; id: string };
}

export interface ComingBadgeView {
  badge: string;
  name: string;
  description?: string;
  face: BadgeFace;
  percent: number;
  parts: GoalPart[];
}

export interface GoalPart {
  name: string;
  value: number;
  goal: number;
}

export interface Evidence {
  tally: string;
  name: string;
  value: number;
}

export interface TopicView {
  topic: string;
  name: string;
  claimed: boolean;
  strength: number;
  confirmed: number;
  evidence: Evidence[];
}

/** A topic to choose from. */
export interface TopicName {
  topic: string;
  name: string;
}

export interface ExpertsView extends TopicName {
  experts: { member: string; name: string; own: boolean; strength: number; confirmed: number; evidence: Evidence[] }[];
}

export interface StepView {
  toward: 'field' | 'publish' | 'challenge' | 'claim' | 'topic' | 'badge' | 'level';
  id: string;
  step?: string;
  name: string;
  face?: BadgeFace;
  invite: string;
  kind?: string;
  field?: string;
  comfort: Audience;
  percent: number;
  missing: GoalPart[];
  gives?: { currency: string; name: string; points: number }[];
}

export interface ChallengeView {
  challenge: string;
  name: string;
  description?: string;
  joined: boolean;
  dates?: [string, string];
  phase: 'before' | 'running' | 'over';
  calendar?: { date: string; free?: boolean; active?: boolean; today?: boolean }[];
  steps: { step: string; name: string; done: boolean; from?: string; parts: GoalPart[] }[];
  done: number;
  before?: PilotView;
  after?: PilotView;
}

export interface PilotView {
  completeness: number;
  points: number[];
}

export interface CohortView {
  challenge: string;
  name: string;
  members?: number;
  shared?: GoalPart[];
  before?: PilotView;
  after?: PilotView;
}

export interface BoardView {
  board: string;
  name: string;
  currency: string;
  joined: boolean;
  rows: { place: number; member: string; name: string; total: number; own: boolean }[];
}

/** `<known-for-source>`: where the other elements get what they show. */
export class KnownForSource extends HTMLElement {
  view: MemberView | null;
  boardView: BoardView | null;
  texts: Texts | undefined;
  /** Whether there is somebody to answer questions of this name. */
  canAsk(name: Question['ask']): boolean;
  /** The answer to a question; null where there is none. */
  ask(question: Question): Promise<unknown>;
  /** Reads everything again. The promise ends when what has come is shown. */
  refresh(): Promise<void>;
  /** Sends what a member has done on the page to where it belongs, and ends when what it changes is shown; false where that failed. */
  send(deed: Deed): Promise<boolean>;
  /** Calls `changed` whenever there is something new to show, until the function it gives is called. */
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
  | { deed: 'thank'; detail: { to: string; topic: string | null } }
  | { deed: 'join' | 'leave'; detail: { board: string } | { challenge: string } }
  | { deed: 'publish'; detail: Record<string, never> };

/** What the drawn elements share. */
export class KnownForElement extends HTMLElement {
  readonly source: KnownForSource | undefined;
  texts: Texts | undefined;
}

export class KnownForStanding extends KnownForElement {}
export class KnownForProfile extends KnownForElement {}
export class KnownForBadges extends KnownForElement {}
export class KnownForBoard extends KnownForElement {}
export class KnownForSteps extends KnownForElement {}
export class KnownForTopics extends KnownForElement {}
export class KnownForExperts extends KnownForElement {}
export class KnownForChallenge extends KnownForElement {}
export class KnownForKudos extends KnownForElement {}
export class KnownForCelebration extends KnownForElement {}
export class KnownForGains extends KnownForElement {}

/** The events, all of which bubble and cross shadow roots. */
export interface KnownForEvents {
  /** A source has something new to show. */
  'known-for-change': CustomEvent<{ view: MemberView | null; board: BoardView | null }>;
  /** A badge or a level has come since the last view. */
  'known-for-earned': CustomEvent<{ badges: EarnedBadgeView[]; level?: LevelView }>;
  /** Something went wrong. */
  'known-for-error': CustomEvent<{ error: Error & { problems?: { path: string; message: string }[] } }>;
  /** A profile field was chosen; where its link was followed, `preventDefault()` stops that. */
  'known-for-field': CustomEvent<{ field: string }>;
  /** The way to what a step asks for was chosen; `preventDefault()` keeps its link from being followed. */
  'known-for-step': CustomEvent<{ kind: string }>;
  /** The viewer wants to be known for these, and nothing else. `preventDefault()` keeps this and the following from the source. */
  'known-for-claim': CustomEvent<{ topics: string[] }>;
  /** The viewer thanks a colleague, for a topic or for nothing in particular. */
  'known-for-thank': CustomEvent<{ to: string; topic: string | null }>;
  /** The viewer wants to be on the board, or in the challenge. */
  'known-for-join': CustomEvent<{ board: string } | { challenge: string }>;
  /** The viewer wants to leave the board, or the challenge. */
  'known-for-leave': CustomEvent<{ board: string } | { challenge: string }>;
  /** The viewer wants to publish their profile. */
  'known-for-publish': CustomEvent<Record<string, never>>;
}

declare global {
  interface HTMLElementEventMap extends KnownForEvents {}
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
