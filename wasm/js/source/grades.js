/** Grades: the grades of badges, lowest first, and their order. */

export const GRADES = ['bronze', 'silver', 'gold'];

/** A badge's position in `GRADES`; -1 for a badge without a grade. */
export function rank(badge) {
  return GRADES.indexOf(badge.face.grade);
}
