/** Types of the engine: what goes in and comes out, beside the views of the elements. */
import type { ActivityRef, EntryLine } from '../elements.js';

export type {
  ActivityRef, BoardView, CohortView, EntryLine, EntryView, ExpertsView, FieldState, MemberView, TopicNameView,
} from '../elements.js';

/** Who asks, in which language, about which moment. */
export interface ViewContext {
  /** The member who looks; by default nobody, who sees what is public. */
  viewer?: string;
  /** The members of the viewer's team. */
  team?: string[];
  /** The language of names, as a BCP 47 tag. */
  locale: string;
  /** RFC 3339. */
  now: string;
}

/** Which entry is meant: that of a badge, or of a rule and an activity. If several fit, the latest. */
export interface EntryQuery {
  badge?: string;
  rule?: string;
  source?: string;
  activity?: string;
}

/** Where it is in a program's text: the line, and the column in characters; both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What is wrong in a program. */
export interface Problem {
  position?: Position;
  /** A JSON Pointer (RFC 6901) into the program; empty for the program as a whole. */
  path: string;
  message: string;
}

/** What `Program.fromJson` and `Program.fromToml` throw. */
export interface BadProgram extends Error {
  problems: Problem[];
}

/** What in a program may harm the people it is for, or has no effect. */
export interface Warning {
  path: string;
  reason: string;
  fix: string;
}

/** The most points that a rule can give one member; `null` where nothing in the program limits them. */
export interface RuleBounds {
  rule: string;
  currency: string;
  day: number | null;
  week: number | null;
  month: number | null;
  ever: number | null;
}

/** A line of a feed: an activity as JSON to be stored, a void, or a kind that the program does not count. */
export type Line = { activity: string; members: string[] } | { void: ActivityRef } | { ignored: string };

/** What became of an activity or a void, and whether the record lacks it, so that the host writes it. */
export interface Admission {
  status: Status;
  isNew: boolean;
}

/** One member after all activities. */
export interface Folded {
  standing: Uint8Array;
  ledger: EntryLine[];
}

/** One member after a batch: the standing to store, and how the ledger differs from before. */
export interface Settled {
  standing: Uint8Array;
  added: EntryLine[];
  taken: EntryLine[];
}

/** What changed for one member. */
export interface MemberChanges {
  member: string;
  added: EntryLine[];
  taken: EntryLine[];
}

/** Whether an activity or void was new, and what changed for whom. */
export interface Outcome {
  status: Status;
  members: MemberChanges[];
}

export type Status = 'applied' | 'duplicate' | 'voided' | 'awaited' | 'ignored' | 'sealed';

/** A line of a feed that was refused; lines count from 1. */
export interface RefusedLine {
  line: number;
  message: string;
}

/** What differs for one member between two programs. */
export interface MemberChange {
  member: string;
  points: PointsChange[];
  badges: BadgeChange[];
  level_before: string | null;
  level_after: string | null;
  sealed_before?: string;
}

export interface PointsChange {
  currency: string;
  before: number;
  after: number;
}

export interface BadgeChange {
  badge: string;
  object: string | null;
  before: BadgeHeld | null;
  after: BadgeHeld | null;
}

export interface BadgeHeld {
  grade: string | null;
  times: number;
}

/** Why an entry was given. */
export interface Explanation {
  entry: EntryLine;
  name: string;
  text: string;
  counted: number;
  activities: ActivityLine[];
  parts?: PartLine[];
  limits?: LimitLine[];
  cuts?: Cut[];
  sealed_before?: string;
}

export interface ActivityLine {
  source: string;
  id: string;
  name: string;
  at: string;
}

export interface PartLine {
  name: string;
  value: number;
  goal: number;
  at_most?: boolean;
  counted: number;
  activities: ActivityLine[];
}

export interface LimitLine {
  limit: string;
  per: Window;
  within_seconds?: number;
  key?: string;
  times?: number;
  points?: number;
  used: number;
}

/** A stretch of civil time. */
export type Window = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'season' | 'ever';

export interface Cut {
  from: number;
  to: number;
  limit?: string;
  floor?: number;
  best?: number;
}

/** The parts of a badge's next goal, or the rules that gave nothing for an activity. */
export type WhyNot = { parts: PartLine[] } | { skips: SkippedRule[] };

export interface SkippedRule {
  rule: string;
  name: string;
  role: string;
  because: SkipReason;
  text: string;
}

export type SkipReason =
  | { condition: FailedTest[] }
  | { limit: LimitLine }
  | { absent: { attribute: string } }
  | { floor: { floor: number } }
  | 'version'
  | 'amount'
  | 'balanced'
  | 'best'
  | 'account';

export interface FailedTest {
  path: string;
  found?: string;
  absent?: string;
}
