/** Grades: how far badges have come, lowest first. */

export const GRADES = ['bronze', 'silver', 'gold'];

/** A badge's grade as a number, the higher the further; below 0 for a badge without. */
export function rank(badge) {
  return GRADES.indexOf(badge.face.grade);
}
