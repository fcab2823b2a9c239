import { z } from 'zod';

/** Address and password; whether they are right is not asked here. */
export const signInForm = z.object({
  email: z.string('Enter your email address').trim().min(1, 'Enter your email address').max(254, 'Enter your email address'),
  password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'That is longer than any password here'),
});
