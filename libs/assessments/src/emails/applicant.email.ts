/** The personal link to an applicant's own page. */
export function applicantLinkEmail({ firstName, council, link, reference }: { readonly firstName: string; readonly council: string; readonly link: string; readonly reference: string }): { readonly subject: string; readonly body: string } {
  return {
    subject: `Your fostering assessment: your own page (${reference})`,
    body: `Hello ${firstName},

You can follow your assessment with ${council} on a page of your own:

${link}

Keep this link to yourself. Each time you open it we send you a code by email: nobody gets in without one. The link works for 90 days; ask your social worker for a new one after that.

Foster for East Midlands
`,
  };
}

/** The code that opens an applicant's own page. */
export function applicantCodeEmail({ firstName, code, minutes }: { readonly firstName: string; readonly code: string; readonly minutes: number }): { readonly subject: string; readonly body: string } {
  return {
    subject: 'Your code for your own page',
    body: `Hello ${firstName},

Your code is ${code.slice(0, 4)} ${code.slice(4)}

It works for ${String(minutes)} minutes. If you did not ask for it, somebody else has your link: tell your social worker, and they give you a new one.

Foster for East Midlands
`,
  };
}

/** Tells the social worker that an applicant wrote something on their page: a reference and no name. */
export const applicantCommentEmail = (reference: string): { readonly subject: string; readonly body: string } => ({
  subject: `${reference}: a comment on the report`,
  body: `An applicant commented on the report of ${reference}.\n\nSign in and open the assessment of ${reference} to read it.`,
});
