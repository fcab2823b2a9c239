import { holdsOn, type Membership } from '@app/constellations';
import type { LocalDate } from '@app/kernel';
import { type Drawing, drawing, type Mark, words } from '../reports/charts/scene';

const RECENT_DAYS = 92;
const LONGEST_NAME = 22;
const dayNumber = (day: LocalDate): number => Date.parse(day) / 86_400_000;

/** How a family stands in the picture: belongs, joined lately, or left lately. */
export type Standing = 'member' | 'joined' | 'left';

/** Whether a family belongs today, joined within the last three months, or left within them; null when that is longer ago. */
export function standingOf(membership: Membership, today: LocalDate): Standing | null {
  if (holdsOn(membership, today)) return dayNumber(today) - dayNumber(membership.from) <= RECENT_DAYS ? 'joined' : 'member';
  return membership.until !== null && membership.until <= today && dayNumber(today) - dayNumber(membership.until) <= RECENT_DAYS && membership.leftWhy !== 'changed_part' ? 'left' : null;
}

const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
const SIGNS: Readonly<Record<Standing, string>> = { member: '', joined: ' (new)', left: ' (left)' };

/** The constellation as a picture: the hub home in the middle, its satellites around it, lately joined and left marked. */
export function constellationMap(memberships: readonly Membership[], today: LocalDate): Drawing {
  const shown = memberships.flatMap((membership) => { const standing = standingOf(membership, today); return standing === null ? [] : [{ ...membership, standing }]; });
  const hub = shown.find(({ role, standing }) => role === 'hub_home' && standing !== 'left');
  const around = shown.filter((membership) => membership !== hub && (membership.role === 'satellite' || membership.standing === 'left'));
  const label = `Map of the constellation: ${hub ? `${hub.name} as hub home` : 'no hub home'}, around it ${String(around.filter(({ standing }) => standing !== 'left').length)} satellite families. The list beside it names them all.`;
  return drawing(label, (width, narrow) => {
    const height = narrow ? 400 : 470;
    const [x, y] = [width / 2, height / 2];
    const [reachX, reachY] = narrow ? [105, 140] : [265, 170];
    const lines: Mark[] = [];
    const marks: Mark[] = [];
    around.forEach((family, index) => {
      const angle = (index / Math.max(around.length, 1)) * 2 * Math.PI - Math.PI / 2;
      const [atX, atY] = [x + Math.cos(angle) * reachX, y + Math.sin(angle) * reachY];
      if (hub) lines.push({ kind: 'line', x1: x, y1: y, x2: atX, y2: atY, of: family.standing === 'left' ? 'map-left-line' : 'map-line' });
      marks.push({ kind: 'circle', x: atX, y: atY, radius: narrow ? 13 : 19, of: `map-${family.standing}` });
      marks.push(words(atX, atY + (narrow ? 5 : 6), String(index + 1), 'middle', family.standing === 'left' ? 'map-number-left' : family.standing === 'joined' ? 'map-number-joined' : 'map-number'));
      if (!narrow) marks.push(words(atX, atY + 38, `${shortened(family.name)}${SIGNS[family.standing]}`, 'middle', 'map-name'));
    });
    marks.push({ kind: 'circle', x, y, radius: narrow ? 26 : 40, of: hub ? 'map-hub' : 'map-left' });
    marks.push(words(x, y + 5, 'Hub', 'middle', hub ? 'map-number' : 'map-number-left'));
    if (!narrow) marks.push(words(x, y + 60, hub ? shortened(hub.name) : 'No hub home', 'middle', 'map-name'));
    return { width, height, marks: [...lines, ...marks] };
  });
}
