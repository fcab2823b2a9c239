import { ACTION_MEANINGS, ACTIONS, MATRIX } from './matrix';
import { ROLE_NAMES, ROLE_REACH, ROLES } from './roles';

const SIGNS = { yes: '●', hub: 'hub' } as const;

/** The matrix as a table for the README: ● allowed where the role holds, "hub" only for a role for the whole hub. */
export function matrixInMarkdown(): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...ROLES.map((role) => ROLE_NAMES[role])]),
    line(['---', ...ROLES.map(() => ':-:')]),
    line(['*is for*', ...ROLES.map((role) => `*${ROLE_REACH[role] === 'either' ? 'hub or authority' : ROLE_REACH[role]}*`)]),
    ...ACTIONS.map((action) =>
      line([
        `${ACTION_MEANINGS[action]} \`${action}\``,
        ...ROLES.map((role) => {
          const grant = MATRIX[role][action];
          return grant ? SIGNS[grant] : '';
        }),
      ]),
    ),
  ].join('\n');
}
