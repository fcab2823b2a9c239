import { dateInWords, type LocalDate } from '@app/kernel';
import { type Cadence, CADENCE_NAMES } from '../rules/saved-figures';

/** What the mail about a saved report says: where it is, never a figure. */
export function savedReportEmail({ cadence, of, from, to, version, link }: { readonly cadence: Cadence; readonly of: string; readonly from: LocalDate; readonly to: LocalDate; readonly version: number; readonly link: string }): { readonly subject: string; readonly body: string } {
  const what = `${CADENCE_NAMES[cadence].toLowerCase()} report of ${of}`;
  const period = `${dateInWords(from)} to ${dateInWords(to)}`;
  const text = version === 1 ? `The ${what} for ${period} is saved.` : `History that the ${what} for ${period} rests on was corrected. Version ${String(version)} shows what changed and why; the earlier one stays as it was.`;
  return {
    subject: version === 1 ? `Saved: ${what}, ${period}` : `Corrected: ${what}, ${period} (version ${String(version)})`,
    body: `${text}\n\nRead it here:\n${link}\n\nFoster for East Midlands, recruitment hub\nThis message was sent automatically. It holds no figures on purpose.\n`,
  };
}
