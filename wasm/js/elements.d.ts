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
  standing: { points: PointsView[]; level?: LevelView };
  profile?: ProfileView;
  badges: { earned: EarnedBadgeView[]; on_the_way?: ComingBadgeView[] };
}

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
  parts: { name: string; value: number; goal: number }[];
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
  /** Whether this source can say why a badge was given. */
  readonly explains: boolean;
  /** Reads everything again. */
  refresh(): Promise<void>;
  /** Why the member has a badge. */
  why(badge: string): Promise<unknown>;
  /** Calls `changed` whenever there is something new to show, until the function it gives is called. */
  watch(changed: () => void): () => void;
}

/** What the drawn elements share. */
export class KnownForElement extends HTMLElement {
  readonly source: KnownForSource | undefined;
  texts: Texts | undefined;
}

export class KnownForStanding extends KnownForElement {}
export class KnownForProfile extends KnownForElement {}
export class KnownForBadges extends KnownForElement {}
export class KnownForBoard extends KnownForElement {}

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
  /** The viewer wants to be on the board. */
  'known-for-join': CustomEvent<{ board: string }>;
  /** The viewer wants to leave the board. */
  'known-for-leave': CustomEvent<{ board: string }>;
}

declare global {
  interface HTMLElementEventMap extends KnownForEvents {}
  interface HTMLElementTagNameMap {
    'known-for-source': KnownForSource;
    'known-for-standing': KnownForStanding;
    'known-for-profile': KnownForProfile;
    'known-for-badges': KnownForBadges;
    'known-for-board': KnownForBoard;
  }
}
