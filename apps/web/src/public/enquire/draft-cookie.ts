/**
 * The cookie that holds the secret of an unfinished enquiry: nothing else finds the draft. With https, browsers bind a
 * `__Host-` cookie to this very host.
 */
export const draftCookieName = (publicUrl: string): string => (publicUrl.startsWith('https:') ? '__Host-hub-enquiry' : 'hub-enquiry');
