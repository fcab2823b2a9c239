import { reachFits, reachInWords, type Role, ROLES } from '@app/access';
import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { parseEmail } from '@app/kernel';
import { z } from 'zod';
import { choice, one, requiredLine } from '../../fields';

/** What the select for the reach of a role says for "the whole hub". */
export const WHOLE_HUB = 'hub';

const reach = choice([WHOLE_HUB, ...AUTHORITY_CODES], 'Choose the whole hub or an authority').transform((code): Council | null => (code === WHOLE_HUB ? null : code));
const role = choice(ROLES, 'Choose a role');

const fits = ({ role: asked, authority }: { readonly role: Role; readonly authority: Council | null }): boolean => reachFits(asked, authority);
const misfit = { path: ['authority'], error: (issue: { readonly input?: unknown }) => reachInWords((issue.input as { readonly role: Role }).role) };

/** A role and what it is for. */
export const roleForm = z.object({ role, authority: reach }).refine(fits, misfit);

/** Somebody to be invited, with a first role. */
export const inviteForm = z
  .object({
    name: requiredLine(120, 'Enter the name'),
    email: z.preprocess(one, z.string().trim().min(1, 'Enter the email address')).transform((text, context): string => {
      const email = parseEmail(text);
      if (email) return email;
      context.addIssue({ code: 'custom', message: 'Enter an email address, such as name@example.org' });
      return z.NEVER;
    }),
    role,
    authority: reach,
  })
  .refine(fits, misfit);

/** What the select of colleagues says for "nobody: the queue". */
export const NOBODY = 'nobody';

/** Who takes over. */
export const leaveForm = z.object({ to: z.preprocess(one, z.string().min(1, 'Choose who takes over, or nobody')).transform((id): string | null => (id === NOBODY ? null : id)) });
