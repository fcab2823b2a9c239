import type { CountedFacts } from './counted-facts';

type Group<Kind extends keyof CountedFacts> = CountedFacts[Kind][number];
type Groups = { [Kind in keyof CountedFacts]: Map<string | number, { readonly group: Omit<Group<Kind>, 'month' | 'count'>; count: number }> };

/** What tells the groups of each kind apart, besides their month. */
const KEYS: { readonly [Kind in keyof CountedFacts]: (group: Group<Kind>) => string | number } = {
  contacts: ({ authority }) => authority,
  excluded: ({ authority, excludedAs }) => `${authority} ${excludedAs}`,
  enquiries: (group) => `${group.authority} ${group.furthest} ${group.standing} ${group.standing === 'closed' ? `${group.closedBy} ${group.closedReason}` : group.standing === 'open' ? String(group.pastSixMonths) : ''}`,
  times: ({ authority, days, ending }) => compact(authority, ending, days),
  approvals: ({ authority, turnaroundDays, withinSixMonths, processing, heldDays }) =>
    `${authority} ${String(turnaroundDays)} ${String(withinSixMonths)} ${processing === null ? '' : `${String(processing.days)} ${String(processing.withinEightMonths)}`} ${String(heldDays)}`,
  responses: ({ authority, withinStandard, workingMinutes }) => compact(authority, withinStandard ? 'within' : 'missed', workingMinutes ?? -1),
};

/** Each word that tells groups apart has a number. There are few. */
const numbers = new Map<string, number>();
const MOST_WORDS = 32;
const OFFSET = 2 ** 19;

function numberOf(word: string): number {
  const known = numbers.get(word) ?? numbers.size;
  if (known === numbers.size) numbers.set(word, known);
  return known;
}

/** The kinds with most groups are told apart by small numbers, which takes a fifth of the time of words. */
function compact(authority: string, word: string, amount: number): string | number {
  const [first, second] = [numberOf(authority), numberOf(word)];
  if (first >= MOST_WORDS || second >= MOST_WORDS || Math.abs(amount) >= OFFSET) return `${authority} ${word} ${String(amount)}`;
  return (first * MOST_WORDS + second) * OFFSET * 2 + amount + OFFSET;
}

/** Adds facts together whatever month they are of: however many months, what is kept is small. */
export class FactsWithoutMonths {
  private readonly groups: Groups = { contacts: new Map(), excluded: new Map(), enquiries: new Map(), times: new Map(), approvals: new Map(), responses: new Map() };

  add(facts: CountedFacts): void {
    this.addKind('contacts', facts.contacts);
    this.addKind('excluded', facts.excluded);
    this.addKind('enquiries', facts.enquiries);
    this.addKind('times', facts.times);
    this.addKind('approvals', facts.approvals);
    this.addKind('responses', facts.responses);
  }

  /** All that was added. */
  facts(): CountedFacts {
    return { contacts: this.kind('contacts'), excluded: this.kind('excluded'), enquiries: this.kind('enquiries'), times: this.kind('times'), approvals: this.kind('approvals'), responses: this.kind('responses') };
  }

  private addKind<Kind extends keyof CountedFacts>(kind: Kind, facts: readonly Group<Kind>[]): void {
    const groups = this.groups[kind];
    for (const fact of facts) {
      const key = KEYS[kind](fact);
      const known = groups.get(key);
      if (known !== undefined) {
        known.count += fact.count;
        continue;
      }
      const { month, count, ...group } = fact;
      groups.set(key, { group, count });
    }
  }

  private kind<Kind extends keyof CountedFacts>(kind: Kind): Group<Kind>[] {
    return [...this.groups[kind].values()].map(({ group, count }) => ({ ...group, count }));
  }
}
