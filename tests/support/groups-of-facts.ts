import type { CountedFacts } from '@app/reports';

/** Groups of facts in one order, equal ones added up: two countings agree when these are equal. */
export function groupsOf(counted: readonly CountedFacts[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    (['approvals', 'contacts', 'enquiries', 'excluded', 'responses', 'times'] as const).map((kind) => {
      const sums: Record<string, number> = {};
      for (const { count, ...group } of counted.flatMap((facts): readonly { readonly count: number }[] => facts[kind])) {
        const key = JSON.stringify(Object.entries(group).sort(([left], [right]) => (left < right ? -1 : 1)));
        sums[key] = (sums[key] ?? 0) + count;
      }
      return [kind, Object.fromEntries(Object.entries(sums).sort(([left], [right]) => (left < right ? -1 : 1)))];
    }),
  );
}
