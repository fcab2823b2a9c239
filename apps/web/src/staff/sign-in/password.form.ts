import { z } from 'zod';

/** The address of somebody who does not know their password. */
export const forgottenPasswordForm = z.object({
  email: z.string('Enter your email address').trim().min(1, 'Enter your email address').max(254, 'Enter your email address'),
});

/** A new password. Whether it will do is asked by its rule. */
export const newPasswordForm = z.object({
  password: z.string('Choose a password').min(1, 'Choose a password'),
});
